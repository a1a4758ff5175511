import { CacheauthError } from "../errors.ts";
import type { CacheRecord, Group, Key, User } from "../judge/world.ts";
import { jsonFault } from "../policy/json-fault.ts";
import type { Kind } from "../target/kinds.ts";
import { parseTime } from "../token/time.ts";
import { checkAccess } from "./users-file-access.ts";
import { readCache } from "./users-file-cache.ts";
import { issueError, malformed } from "./users-file-errors.ts";
import { readPolicies } from "./users-file-policies.ts";
import { checkReferences } from "./users-file-references.ts";
import { usersFile } from "./users-file-schema.ts";

/** What a users file says; null where it says nothing. */
export interface UsersFile {
  readonly cache: UsersFileCache | null;
  readonly users: readonly User[];
  readonly groups: readonly Group[] | null;
  readonly keys: readonly Key[] | null;
}

export interface UsersFileCache {
  readonly kind: Kind;
  readonly name: string;
  readonly region: string | null;
  readonly accountId: string | null;
  /** Null where the file says nothing of how it is. */
  readonly record: CacheRecord | null;
}

/**
 * Reads the file of `emulate --users`: who may log in, with which keys, and what their policies allow. Only `users` must
 * be there. No message has a secret of the file in it.
 *
 * @param text JSON
 * @param file what it is called in messages
 * @throws CacheauthError with code `users-file-malformed`, or `users-file-inconsistent` where one part names what another
 *   does not have, or two are the same
 * @example
 * ```ts
 * const file = readUsersFile(`{
 *   "cache": { "replicationGroupId": "my-cache", "region": "us-east-1", "accountId": "123456789012" },
 *   "users": ["app", { "id": "batch", "access": "off ~batch:* +@all" }, { "id": "default", "authentication": "no-password" }],
 *   "groups": [
 *     { "id": "my-group", "users": ["app", "default"] },
 *     { "id": "other-group", "users": ["batch"], "attached": false }
 *   ],
 *   "keys": [
 *     {
 *       "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
 *       "secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
 *       "policies": [
 *         {
 *           "Version": "2012-10-17",
 *           "Statement": [
 *             {
 *               "Sid": "OnlyTheCache",
 *               "Effect": "Allow",
 *               "Action": "elasticache:Connect",
 *               "Resource": "arn:aws:elasticache:us-east-1:123456789012:replicationgroup:my-cache"
 *             }
 *           ]
 *         }
 *       ]
 *     },
 *     {
 *       "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
 *       "secretAccessKey": "another/secret",
 *       "sessionToken": "its/session/token",
 *       "expiresAt": "2030-01-31T12:00:00Z"
 *     }
 *   ]
 * }`);
 * file.users[0]?.authentication; // "iam"
 * file.groups?.[1]?.attached; // false
 * file.keys?.[0]?.policies?.[0]?.statements[0]?.sid; // "OnlyTheCache"
 * file.keys?.[1]?.policies; // null
 * ```
 */
export function readUsersFile(text: string, file = "the users file"): UsersFile {
  const fault = jsonFault(text);
  if (fault !== null) {
    throw malformed(
      `${file} is no JSON: in line ${fault.line}, column ${fault.column} there is ${text.trim() === "" ? "nothing" : fault.what}.`,
      'Mend it at that place; the least it needs is { "users": ["NAME"] }.',
    );
  }
  const read = usersFile.safeParse(JSON.parse(text));
  if (!read.success) throw issueError(file, read.error.issues);
  const { cache, users, groups, keys } = read.data;
  checkReferences(file, read.data);
  for (const [index, user] of users.entries()) if (typeof user !== "string") checkAccess(file, user, index);
  return {
    cache: cache === undefined ? null : readCache(file, cache),
    users: users.map((given) => userOf(typeof given === "string" ? { id: given } : given)),
    groups: groups?.map(({ attached = true, ...group }) => ({ ...group, attached })) ?? null,
    keys: keys?.map((given, index) => keyOf(file, given, index)) ?? null,
  };
}

type Given = NonNullable<ReturnType<typeof usersFile.safeParse>["data"]>;
type GivenUser = Exclude<Given["users"][number], string>;
type GivenKey = NonNullable<Given["keys"]>[number];

function userOf({ id, name = id, authentication = "iam", enabled = true, access, status }: GivenUser): User {
  return { id, name, authentication, enabled, access, ...(status === undefined ? {} : { status }) };
}

function keyOf(file: string, given: GivenKey, index: number): Key {
  const { accessKeyId, secretAccessKey, sessionToken = null, expiresAt = null, active = true, context = {} } = given;
  const policies = (name: "policies" | "boundary" | "organisation") =>
    given[name] == null ? null : readPolicies(file, given[name], `keys[${index}].${name}`);
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    expiresAt: expiresAt === null ? null : timeOf(file, expiresAt, index),
    active,
    policies: policies("policies"),
    boundary: policies("boundary"),
    organisation: policies("organisation"),
    context,
  };
}

function timeOf(file: string, text: string, index: number): Date {
  try {
    return parseTime(text);
  } catch (error) {
    if (!(error instanceof CacheauthError)) throw error;
    throw malformed(`In ${file}, keys[${index}].expiresAt is no time.`, error.hint);
  }
}
