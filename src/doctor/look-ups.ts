/** All look-ups about a login, begun together: each check waits for its own. */

import type { CallerIdentity } from "../aws/caller-identity.ts";
import type { AwsRecords } from "../aws/records/aws-records.ts";
import type { CacheWithGroups } from "../aws/records/cache-records.ts";
import type { Looked } from "../aws/records/looked.ts";
import type { Group, User } from "../judge/world.ts";
import type { Target } from "../target/kinds.ts";
import { lookAtPolicies, type PolicyLook } from "./look-at-policies.ts";

export interface LookUps {
  readonly cache: Promise<Looked<CacheWithGroups | null>>;
  /** Of the caches that are there, where this one is not. */
  readonly names: Promise<Looked<readonly string[]>>;
  readonly users: Promise<Looked<readonly User[]>>;
  readonly groups: Promise<Looked<readonly Group[]>>;
  readonly policies: Promise<PolicyLook>;
}

const nobody: Looked<readonly string[]> = { found: [], failure: null };

/** None of them rejects. */
export function beginLookUps(
  records: AwsRecords,
  identity: Promise<Looked<CallerIdentity>>,
  target: Target,
  user: string,
): LookUps {
  const caches = records.caches();
  const cache = caches.then(async (service) => withVersion(await service.cache(target), service));
  return {
    cache,
    names: caches.then(async (service) => {
      const { found, failure } = await cache;
      return found === null && failure === null ? service.names(target) : nobody;
    }),
    users: caches.then((service) => service.users()),
    groups: caches.then(async (service) => service.groups(target, (await cache).found)),
    policies: lookAtPolicies(records, caches, identity, target, user),
  };
}

/** Where it could not be looked up, the version is just not known. */
async function withVersion(
  looked: Looked<CacheWithGroups | null>,
  service: Awaited<ReturnType<AwsRecords["caches"]>>,
): Promise<Looked<CacheWithGroups | null>> {
  const { found } = looked;
  if (found === null || found.record.version !== null) return looked;
  const version = await service.version(found);
  if (version.found === null) return looked;
  const record = {
    ...found.record,
    version: version.found.version,
    engine: found.record.engine ?? version.found.engine,
  };
  return { found: { ...found, record }, failure: null };
}
