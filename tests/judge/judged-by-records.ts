import type { Finding } from "../../src/findings/finding.ts";
import { judgeCache, judgePolicies, judgeUser } from "../../src/judge/judge-records.ts";
import type { SimulatedDecision, World } from "../../src/judge/world.ts";
import { connectAction, connectArns } from "../../src/policy/connect-arns.ts";
import { simulate } from "../fakes/scripted-aws/simulate.ts";
import { tagIn, tagPrefix, withoutTags } from "../fakes/scripted-aws/tags.ts";

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

/** What is known where nobody has the policies themselves, only the simulator's word, and the tags that it asks for. */
function withSimulation(world: World): World {
  const { target, keys } = world;
  const [key] = keys;
  if (!key) return world;
  const arns = connectArns(target, "my-user", target.accountId ?? "");
  const action = connectAction(target.kind);
  // What is not there has no tags to read.
  const decided = (resource: string, isThere: boolean): SimulatedDecision => {
    const context = key.context ?? {};
    const first = simulate({ ...key, context: withoutTags(context) }, action, resource);
    const asked = isThere ? (first.missingKeys ?? []).filter((one) => one.startsWith(tagPrefix)) : [];
    const told = asked.length === 0 ? first : simulate(key, action, resource);
    return {
      ...(asked.length === 0 ? {} : { tags: asked.map((one) => ({ key: one, value: tagIn(context, one) })) }),
      decision: decisions[told.decision],
      policies: told.policies ?? [],
      missingKeys: (told.missingKeys ?? []).filter((one) => !asked.includes(one)),
      allowedByBoundary: told.allowedByBoundary ?? null,
      allowedByOrganisation: told.allowedByOrganisation ?? null,
    };
  };
  return {
    ...world,
    simulated: {
      principal: "arn:aws:iam::123456789012:role/app",
      cache: decided(arns.cache, world.cache !== null),
      user: decided(
        arns.user,
        world.users.some(({ id }) => id === "my-user"),
      ),
    },
  };
}

const decisions = { allowed: "allowed", implicitDeny: "implicit-deny", explicitDeny: "explicit-deny" } as const;
