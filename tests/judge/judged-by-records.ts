import type { Finding } from "../../src/findings/finding.ts";
import { judgeCache, judgePolicies, judgeUser } from "../../src/judge/judge-records.ts";
import type { SimulatedDecision, World } from "../../src/judge/world.ts";
import { connectAction, connectArns } from "../../src/policy/connect-arns.ts";
import { simulate } from "../fakes/scripted-aws/simulate.ts";

/** What AWS's records alone say of my-user's logins, by the check of doctor's that says it. */
export function judgedByCheck(world: World): Readonly<Record<"cache" | "user" | "policy", readonly Finding[]>> {
  const seen = withSimulation(world);
  return { cache: judgeCache(seen), user: judgeUser("my-user", seen), policy: judgePolicies("my-user", seen) };
}

/** All of it; what refuses a login first. */
export function judgedByRecords(world: World): readonly Finding[] {
  const all = Object.values(judgedByCheck(world)).flat();
  return [...all.filter(({ severity }) => severity === "error"), ...all.filter(({ severity }) => severity !== "error")];
}

/** What is known where nobody has the policies themselves, only the simulator's word. */
function withSimulation(world: World): World {
  const { target, keys } = world;
  const [key] = keys;
  if (!key) return world;
  const arns = connectArns(target, "my-user", target.accountId ?? "");
  const decided = (resource: string): SimulatedDecision => {
    const told = simulate(key, connectAction(target.kind), resource);
    return {
      decision: decisions[told.decision],
      policies: told.policies ?? [],
      missingKeys: told.missingKeys ?? [],
      allowedByBoundary: told.allowedByBoundary ?? null,
      allowedByOrganisation: told.allowedByOrganisation ?? null,
    };
  };
  return {
    ...world,
    simulated: {
      principal: "arn:aws:iam::123456789012:role/app",
      cache: decided(arns.cache),
      user: decided(arns.user),
    },
  };
}

const decisions = { allowed: "allowed", implicitDeny: "implicit-deny", explicitDeny: "explicit-deny" } as const;
