import { policyNames } from "../policy/policy-names.ts";
import type { Kind } from "../target/kinds.ts";
import type { Engine, Names } from "./choices.ts";

/** Versions that have IAM authentication, which Valkey has from 7.2 and Redis OSS from 7.0, and that AWS offers. */
const versions: Readonly<Record<Kind, Readonly<Record<Engine, string>>>> = {
  "replication-group": { valkey: "8.0", redis: "7.1" },
  // A serverless cache has a major version alone.
  "serverless-cache": { valkey: "8", redis: "7" },
  "memorydb-cluster": { valkey: "7.2", redis: "7.1" },
};

/** The smallest, for they cost money from the first hour; null where nodes are not for the user to choose. */
const nodeTypes: Readonly<Record<Kind, string>> = {
  "replication-group": "cache.t4g.micro",
  "serverless-cache": "",
  "memorydb-cluster": "db.t4g.small",
};

export function defaultVersion(kind: Kind, engine: Engine): string {
  return versions[kind][engine];
}

export function defaultNodeType(kind: Kind): string {
  return nodeTypes[kind];
}

/**
 * @example
 * ```ts
 * defaultNames("my-cache", "my-user").role; // "connect-my-cache-as-my-user"
 * ```
 */
export function defaultNames(cache: string, user: string): Names {
  const { name } = policyNames(cache, user);
  return {
    group: `${cache}-users`,
    defaultUser: `${cache}-default`,
    role: name,
    policy: name,
    subnetGroup: `${cache}-subnets`,
  };
}
