import type { Likelihood } from "../../../src/findings/finding.ts";
import type { FindingId } from "../../../src/findings/ids.ts";
import type { CacheRecord, Group, Key, User, World } from "../../../src/judge/world.ts";
import type { Cause } from "../situations.ts";

/** What refuses the login. */
export function refused(rule: FindingId, fix: RegExp, likelihood: Likelihood = "certain"): Cause {
  return { rule, severity: "error", likelihood, fix };
}

/** What lets it in, and is told. */
export function warned(rule: FindingId, fix: RegExp, likelihood: Likelihood = "possible"): Cause {
  return { rule, severity: "warning", likelihood, fix };
}

export function cache(changes: Partial<CacheRecord>): (world: World) => World {
  return (world) => ({ ...world, cache: world.cache ? { ...world.cache, ...changes } : null });
}

/** The user that logs in differs so. */
export function user(changes: Partial<User>): (world: World) => World {
  return (world) => ({
    ...world,
    users: world.users.map((one) => (one.id === "my-user" ? { ...one, ...changes } : one)),
  });
}

export function defaultUser(changes: Partial<User>): (world: World) => World {
  return (world) => ({
    ...world,
    users: world.users.map((one) => (one.id === "default" ? { ...one, ...changes } : one)),
  });
}

/** The group that has the user differs so. */
export function group(changes: Partial<Group>): (world: World) => World {
  return (world) => ({
    ...world,
    groups: (world.groups ?? []).map((one) => (one.id === "my-group" ? { ...one, ...changes } : one)),
  });
}

/** Who signs differs so. */
export function key(changes: Partial<Key> | ((world: World) => Partial<Key>)): (world: World) => World {
  return (world) => ({
    ...world,
    keys: world.keys.map((one) => ({ ...one, ...(typeof changes === "function" ? changes(world) : changes) })),
  });
}

export function all(...changes: readonly ((world: World) => World)[]): (world: World) => World {
  return (world) => changes.reduce((changed, change) => change(changed), world);
}
