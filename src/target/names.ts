import { CacheauthError, type Notice, shown } from "../errors.ts";
import type { Naming } from "../naming.ts";
import { type Kind, kinds } from "./kinds.ts";

/** A name made ready for signing: lower case, with a notice where that or anything else is worth saying. */
export interface CheckedName {
  readonly value: string;
  readonly notices: readonly Notice[];
}

const cacheName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const hostLabel = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const elastiCacheUser = /^(default\.)?[a-z][a-z0-9-]*$/;
const memoryDbUser = /^[a-z][a-z0-9-]*$/;

/**
 * Checks the name of a cache against AWS's syntax. AWS documents 1 to 40 characters for a replication group, no length
 * for a serverless cache, and no pattern at all for a MemoryDB cluster: there only what no host label can be is refused.
 *
 * @example
 * ```ts
 * import { optionNaming } from "../../../src/naming.ts";
 * checkCacheName("replication-group", "My-Cache", optionNaming).value; // "my-cache"
 * ```
 */
export function checkCacheName(kind: Kind, name: string, naming: Naming): CheckedName {
  const { label, option } = kinds[kind];
  const value = lowerCase(name);
  const isMemoryDb = kind === "memorydb-cluster";
  if (value === "") {
    throw new CacheauthError(
      "name-missing",
      `The name of the ${label} is empty.`,
      `Give it with ${naming.option(option, "NAME")}.`,
    );
  }
  if (!(isMemoryDb ? hostLabel : cacheName).test(value)) {
    throw new CacheauthError(
      "name-invalid",
      `${shown(name)} cannot be the name of the ${label}.`,
      nameHint(name, naming.option(option), naming),
    );
  }
  if (kind === "replication-group" && value.length > 40) {
    throw new CacheauthError(
      "name-invalid",
      `${shown(name)} has ${value.length} characters; the id of a replication group has at most 40.`,
      "Copy the id from the ElastiCache console, or from describe-replication-groups.",
    );
  }
  const notices = lowered("name", name, value);
  if (isMemoryDb && (value.length > 40 || !cacheName.test(value))) {
    notices.push({
      code: "name-unusual",
      message: `${shown(value)} is unusual for a MemoryDB cluster (1 to 40 letters, digits and single hyphens).`,
    });
  }
  return { value, notices };
}

/** Checks the user (ElastiCache: user id, which equals the user name; MemoryDB: user name). */
export function checkUser(kind: Kind, user: string): CheckedName {
  const value = lowerCase(user);
  if (value === "") {
    throw new CacheauthError("user-missing", "The user is empty.", "Give the user to log in as.");
  }
  const isMemoryDb = kind === "memorydb-cluster";
  if (!isUserName(kind, value)) {
    throw new CacheauthError(
      "user-invalid",
      `${shown(user)} cannot be the user of ${isMemoryDb ? "a MemoryDB cluster" : "an ElastiCache cache"}.`,
      userHint(user, isMemoryDb),
    );
  }
  const notices = lowered("user", user, value);
  if (value === "default") notices.push(defaultUser);
  return { value, notices };
}

/** Every cache has it, made by AWS; with IAM a user's id and name must be the same, and this id is taken. */
const defaultUser: Notice = {
  code: "user-default",
  message: "The user named default has no IAM authentication: AWS refuses every token for it. Log in as another user.",
};

/** Whether a cache of any kind may be called so, its length apart. */
export function isCacheName(name: string): boolean {
  return cacheName.test(name);
}

/** Whether a user of such a cache may be called so. */
export function isUserName(kind: Kind, user: string): boolean {
  return (kind === "memorydb-cluster" ? memoryDbUser : elastiCacheUser).test(user);
}

/** ASCII alone: other letters must stay what they are and be refused (the Kelvin sign would become a k). */
export function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function lowered(what: "name" | "user", given: string, value: string): Notice[] {
  if (given === value) return [];
  return [
    {
      code: `${what}-lowercased`,
      message: `AWS stores the ${what} in lower case: ${value} counts, not ${shown(given)}.`,
    },
  ];
}

function nameHint(name: string, option: string, naming: Naming): string {
  if (/^arn:/i.test(name)) return `This is an ARN; ${option} takes only the name, its last part.`;
  if (name.includes(".")) {
    const { endpointPlace } = naming;
    return `This looks like an endpoint: give it as ${endpointPlace}, or with ${naming.option("endpoint")}, not with ${option}.`;
  }
  if (name.trim() !== name) return "Take away the white space around it.";
  return "Allowed: letters, digits and single hyphens; the first is a letter, the last is no hyphen.";
}

function userHint(user: string, isMemoryDb: boolean): string {
  if (/^arn:/i.test(user)) return "This is an ARN; the user is only its last part.";
  if (user.trim() !== user) return "Take away the white space around it.";
  const start = isMemoryDb ? "" : '; "default." may stand before it';
  return `Allowed: letters, digits and hyphens, beginning with a letter${start}.`;
}
