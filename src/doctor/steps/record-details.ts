import type { CacheWithGroups } from "../../aws/records/cache-records.ts";
import type { Group, Simulated, User } from "../../judge/world.ts";

/** What the checks of AWS's records learnt, for their `detail`. */

export function cacheDetail({ record, groupIds }: CacheWithGroups) {
  const { status, engine, version, tls, endpoints } = record;
  return { status, engine, version, tls, endpoints, groups: groupIds };
}

export function userDetail(user: string, users: readonly User[] | null, groups: readonly Group[] | null) {
  const found = users?.find(({ id, name }) => id === user || name === user);
  return {
    id: found?.id ?? null,
    name: found?.name ?? null,
    authentication: found?.authentication ?? null,
    status: found?.status ?? null,
    access: found?.access ?? null,
    groups:
      groups
        ?.filter((group) => group.users.includes(found?.id ?? user))
        .map(({ id, attached }) => ({ id, attached })) ?? null,
  };
}

/** What the simulation cannot see is named: a session's own policies, those of resources, what conditions ask for. */
export function policyDetail({ principal, cache, user }: Simulated) {
  const missing = [...new Set([...cache.missingKeys, ...user.missingKeys])];
  return {
    principal,
    cache: cache.decision,
    user: user.decision,
    notEvaluated: ["session policies", "resource control policies", ...missing],
  };
}
