import type { Kind } from "../target/kinds.ts";

/** What is set up, with every choice made: names, sizes, whom the role trusts, what is there already. */
export interface Choices {
  readonly target: { readonly kind: Kind; readonly name: string; readonly region: string; readonly partition: string };
  /** ElastiCache: id and name of the user; MemoryDB: its name. */
  readonly user: string;
  readonly engine: Engine;
  readonly engineVersion: string;
  /** Of a serverless cache it means nothing. */
  readonly nodeType: string;
  /** The access string; null where nobody asked for one. */
  readonly access: string | null;
  readonly names: Names;
  readonly existing: readonly Part[];
  readonly trust: { readonly services: readonly string[]; readonly arns: readonly string[] };
  /** Null: that of whoever runs it. */
  readonly accountId: string | null;
  readonly network: {
    /** A subnet group that is there. */
    readonly subnetGroup: string | null;
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
  };
  /** Of the AWS files, for the commands; null: whatever is at hand. */
  readonly profile: string | null;
}

export const engines = ["valkey", "redis"] as const;
export type Engine = (typeof engines)[number];

/** What may exist before. */
export const parts = ["cache", "user", "group", "role"] as const;
export type Part = (typeof parts)[number];

export interface Names {
  /** The user group, or MemoryDB's ACL. */
  readonly group: string;
  /** The id of the group's user named default, which lets nobody in. */
  readonly defaultUser: string;
  readonly role: string;
  readonly policy: string;
  /** Made of the subnets that were named. */
  readonly subnetGroup: string;
}

/** All that a user may do, as in AWS's own walk. */
export const openAccess = "on ~* +@all";

/** Nobody gets in by it: it is off, and may do nothing. AWS's own user named default may do all without a password. */
export const closedAccess = "off ~* -@all";

/** A user group of the engine redis must have a user named default; a new group gets one of its own. */
export function needsDefaultUser({ target, engine, existing }: Choices): boolean {
  return target.kind !== "memorydb-cluster" && engine === "redis" && !existing.includes("group");
}

/** Of these subnets a group is made; a serverless cache takes them as they are. */
export function makesSubnetGroup({ target, network, existing }: Choices): boolean {
  return target.kind !== "serverless-cache" && network.subnetIds.length > 0 && !existing.includes("cache");
}

/** Of the cache and its subnet group. */
export const cacheDescription = "IAM logins, set up by cacheauth";

/** Of the role and its policy; that a role has it tells that it was made for this. */
export function describe({ target, user }: Choices): string {
  return `Connects to ${target.name} as ${user}`;
}
