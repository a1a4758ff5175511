import type { CacheWithGroups } from "../aws/records/cache-records.ts";
import type { Looked } from "../aws/records/looked.ts";
import type { Group, Simulated, User, World } from "../judge/world.ts";
import type { Target } from "../target/kinds.ts";

/** What was looked up; null is not looked up, and then nothing is judged by it. */
export interface LookedUp {
  readonly cache: Looked<CacheWithGroups | null> | null;
  /** Of other caches, where this one is not there. */
  readonly names: readonly string[] | null;
  readonly users: readonly User[] | null;
  readonly groups: readonly Group[] | null;
  readonly simulated: Simulated | null;
}

/** The world that the judge judges. Of a user that is not known it takes that it is as it should be. */
export function worldOf(
  target: Target,
  user: string,
  endpoint: World["target"]["endpoint"],
  accountId: string | null,
  { cache, names, users, groups, simulated }: LookedUp,
): World {
  const { service, kind, name, region } = target;
  return {
    target: { service, kind, name, region, endpoint, accountId },
    cache: cache === null || cache.failure !== null ? undefined : (cache.found?.record ?? null),
    otherCaches: names,
    groups,
    users: users ?? [{ id: user, name: user, authentication: "iam", enabled: true }],
    keys: [],
    simulated,
  };
}
