import { type Judgement, judge } from "../judge/judge.ts";
import type { Login, World } from "../judge/world.ts";
import type { Hash, Host } from "../runtime.ts";
import type { SigningKeys } from "../token/signing-key.ts";
import { createBudget } from "./budget.ts";

/** How many searches there are at once, and a second: each takes as long as a thousand logins or more. */
const searchesAtOnce = 20;
const searchesPerSecond = 2;

/**
 * Judges logins against one world, now. For the mistake that reproduces a wrong signature it searches as long as few logins
 * are wrong: whoever sends them without end holds up nobody.
 */
export function createJudging(
  world: World,
  hash: Hash,
  ports: Pick<Host, "now" | "elapsedMs">,
): (login: Login) => Judgement {
  const keys: SigningKeys = new Map();
  const searches = createBudget(searchesAtOnce, searchesPerSecond, ports.elapsedMs);
  return (login) => {
    const at = ports.now();
    const judged = judge(login, world, at, hash, { keys, search: false });
    const isWrong = judged.findings.some(({ rule }) => rule === "signature-mismatch");
    return isWrong && searches.take() ? judge(login, world, at, hash, { keys, search: true }) : judged;
  };
}
