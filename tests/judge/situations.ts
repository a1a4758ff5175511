import type { Likelihood } from "../../src/findings/finding.ts";
import type { FindingId } from "../../src/findings/ids.ts";
import type { World } from "../../src/judge/world.ts";
import { allKinds, type Kind } from "../../src/target/kinds.ts";
import { cacheSituations } from "./situations/caches.ts";
import { groupSituations } from "./situations/groups.ts";
import { policySituations } from "./situations/policies.ts";
import { sessionSituations } from "./situations/sessions.ts";
import { userSituations } from "./situations/users.ts";

/** One thing that AWS's side has, in an otherwise good world, and what is said of it. */
export interface Situation {
  readonly name: string;
  /** All of them, where it says nothing. */
  readonly kinds?: readonly Kind[];
  change(world: World): World;
  /** Null where it refuses nobody and nothing is said of it. */
  readonly cause: Cause | null;
  /** Where AWS's records tell it in another way than the policies themselves do, which IAM's simulator does not show. */
  readonly byRecords?: Cause;
  /** Who can tell: a look at the records alone knows no token, and who judges a login makes no remarks. */
  readonly only?: "login" | "records";
}

export interface Cause {
  readonly rule: FindingId;
  readonly severity: "error" | "warning";
  readonly likelihood: Likelihood;
  /** The remedy reads so. */
  readonly fix: RegExp;
}

const situations: readonly Situation[] = [
  ...cacheSituations,
  ...userSituations,
  ...groupSituations,
  ...policySituations,
  ...sessionSituations,
];

/** Each for each kind that it can happen to. */
export const situationsByKind: readonly (Situation & { readonly kind: Kind; readonly title: string })[] =
  situations.flatMap((situation) =>
    (situation.kinds ?? allKinds).map((kind) => ({ ...situation, kind, title: `${kind}: ${situation.name}` })),
  );
