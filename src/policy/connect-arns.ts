import { type Kind, kinds } from "../target/kinds.ts";
import { partitionOf } from "../target/regions.ts";

/** The cache that is connected to, as far as ARNs go. */
export interface ConnectTarget {
  readonly kind: Kind;
  readonly name: string;
  readonly region: string;
}

/** The two resources of a connection: what a policy must allow the action on. */
export type Role = "cache" | "user";
export type ConnectArns = Readonly<Record<Role, string>>;

/**
 * How each kind names its two resources (service authorization reference of ElastiCache and of MemoryDB). MemoryDB
 * separates type and name by a slash, ElastiCache by a colon.
 */
export const arnForms: Readonly<
  Record<Kind, { readonly cache: string; readonly user: "user"; readonly separator: ":" | "/" }>
> = {
  "replication-group": { cache: "replicationgroup", user: "user", separator: ":" },
  "serverless-cache": { cache: "serverlesscache", user: "user", separator: ":" },
  "memorydb-cluster": { cache: "cluster", user: "user", separator: "/" },
};

/** `elasticache:Connect`, for serverless caches too, or `memorydb:Connect`. */
export function connectAction(kind: Kind): string {
  return `${kinds[kind].service}:Connect`;
}

/**
 * @param user ElastiCache: the user's id; MemoryDB: its name
 * @example
 * ```ts
 * const target = { kind: "memorydb-cluster", name: "my-cluster", region: "us-east-1" } as const;
 * connectArns(target, "my-user", "123456789012").user; // "arn:aws:memorydb:us-east-1:123456789012:user/my-user"
 * ```
 */
export function connectArns({ kind, name, region }: ConnectTarget, user: string, accountId: string): ConnectArns {
  const form = arnForms[kind];
  const arn = (type: string, id: string) =>
    `arn:${partitionOf(region)}:${kinds[kind].service}:${region}:${accountId}:${type}${form.separator}${id}`;
  return { cache: arn(form.cache, name), user: arn(form.user, user) };
}
