import { isOn } from "../judge/is-on.ts";
import type { Key, User, World } from "../judge/world.ts";
import { kinds, type Target } from "../target/kinds.ts";
import type { TargetWords } from "../target/resolve-target.ts";
import type { UsersFile } from "./users-file.ts";

/** What is made up where nothing is said. */
export const usual = { user: "my-user", cache: "my-cache", region: "us-east-1" } as const;

/** The cache that a users file names, in the words that flags would have; the usual one where it names none. */
export function cacheWords(file: UsersFile | null): TargetWords {
  const { kind, name } = file?.cache ?? { kind: "replication-group", name: usual.cache };
  return { [kinds[kind].option]: name };
}

/** A user that may log in by IAM. */
export function iamUser(name: string): User {
  return { id: name, name, authentication: "iam", enabled: true };
}

export function composeWorld(
  { service, kind, name, region, endpoint }: Target,
  users: readonly User[],
  keys: readonly Key[],
  file: UsersFile | null,
): World {
  const accountId = file?.cache?.accountId ?? null;
  const cache = file?.cache?.record ?? undefined;
  const target = { service, kind, name, region, endpoint, accountId };
  return { target, cache, groups: file?.groups ?? null, users, keys };
}

/** Whether whoever connects is this user, without logging in. */
export function letsInAll(user: User): boolean {
  return user.name === "default" && isOn(user) && user.authentication === "no-password";
}

/** Whom to log in as to try it: the first that may by its record. */
export function firstUser({ users }: World): string {
  const usable = users.find((user) => user.authentication === "iam" && isOn(user));
  return (usable ?? users[0])?.name ?? "";
}
