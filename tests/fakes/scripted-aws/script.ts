import type { Failure } from "./failures.ts";

/**
 * What the scripted AWS has and says. What is absent has an ordinary value. Records without a region or an
 * account are in those of the caller.
 */
export interface Script {
  readonly caller: Caller;
  /** Of access keys that are somebody else's, by their id. */
  readonly otherCallers?: Readonly<Record<string, Caller>>;
  readonly roles?: readonly ScriptedPrincipal[];
  readonly iamUsers?: readonly ScriptedPrincipal[];
  readonly caches?: readonly ScriptedCache[];
  readonly users?: readonly ScriptedUser[];
  readonly groups?: readonly ScriptedGroup[];
  /** By the ARN of the resource; on others nothing is allowed. One that depends on the context that is handed in is worked out. */
  readonly simulated?: Readonly<Record<string, ScriptedDecision | ((context: ScriptedContext) => ScriptedDecision)>>;
  /** By the ARN of a cache or a user; others have none. */
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** IAM documents two places for the decision on a resource: a result each, or inside of one result. */
  readonly simulatedForm?: "result-each" | "within-one";
  /** By `elasticache:DescribeUsers`, `elasticache:*` or `*`: the first that is there counts. */
  readonly failures?: Readonly<Record<string, Failure>>;
  /** How far AWS's clock is ahead of the one here. */
  readonly clockAheadMs?: number;
  /** Whether requests that are signed at another time than AWS's are refused, as they are. */
  readonly refusesSkew?: boolean;
  /** Records in one answer, whatever was asked for. */
  readonly pageSize?: number;
}

export interface Caller {
  readonly arn: string;
  readonly userId: string;
  readonly account: string;
  readonly region: string;
}

interface Placed {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

export interface ScriptedEndpoint {
  readonly host: string;
  readonly port: number;
}

/** A role or a user of IAM. */
export interface ScriptedPrincipal {
  readonly name: string;
  /** `/` or `/service-role/`. */
  readonly path: string;
  /** The ARN of the policy. */
  readonly boundary?: string | undefined;
}

export interface ScriptedCache extends Placed {
  readonly kind: "replication-group" | "serverless-cache" | "memorydb-cluster";
  readonly name: string;
  readonly status?: string | undefined;
  /** Null is not said: ElastiCache tells the engine of a replication group since a short while only. */
  readonly engine?: string | null | undefined;
  /** `7.1.0`; of serverless caches the major version alone, and in full. */
  readonly version?: string | undefined;
  readonly tls?: "required" | "preferred" | "off" | undefined;
  readonly clusterMode?: boolean | undefined;
  readonly endpoint?: ScriptedEndpoint | undefined;
  readonly reader?: ScriptedEndpoint | undefined;
  readonly nodes?: readonly ScriptedEndpoint[] | undefined;
  /** Serverless caches and MemoryDB have one at most. */
  readonly groups?: readonly string[] | undefined;
  readonly groupsToAdd?: readonly string[] | undefined;
  readonly groupsToRemove?: readonly string[] | undefined;
}

export interface ScriptedUser extends Placed {
  /** MemoryDB's users have a name alone. */
  readonly service: "elasticache" | "memorydb";
  readonly id: string;
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly engine?: string | undefined;
  readonly access?: string | undefined;
  readonly authentication?: "iam" | "password" | "no-password" | undefined;
}

/** MemoryDB calls them ACLs. */
export interface ScriptedGroup extends Placed {
  readonly service: "elasticache" | "memorydb";
  readonly id: string;
  readonly status?: string | undefined;
  readonly engine?: string | undefined;
  readonly users: readonly string[];
  readonly usersToAdd?: readonly string[] | undefined;
  readonly usersToRemove?: readonly string[] | undefined;
}

/** Condition keys with their values, as they were handed in. */
export type ScriptedContext = Readonly<Record<string, readonly string[]>>;

export interface ScriptedDecision {
  readonly decision: "allowed" | "implicitDeny" | "explicitDeny";
  /** Ids of the policies whose statements matched. */
  readonly policies?: readonly string[] | undefined;
  readonly missingKeys?: readonly string[] | undefined;
  readonly allowedByBoundary?: boolean | undefined;
  readonly allowedByOrganisation?: boolean | undefined;
}
