import { policyNames } from "../policy/policy-names.ts";
import type { Kind } from "../target/kinds.ts";
import type { Engine, Names } from "./choices.ts";

/**
 * Versions that have IAM authentication (src/judge/engine-version.ts), and that AWS lists in its guides' pages "Engine versions":
 * Valkey 7.2, 8.0, 8.1, 8.2, 9.0 and 9.1 and Redis OSS up to 7.1 for ElastiCache, which takes major and minor version alone;
 * Valkey 7.2 and 7.3 and Redis OSS up to 7.1 for MemoryDB. A cache can go up from its version at any time, and never down: so
 * neither the newest major version, which came to some regions later, nor an old minor one. MemoryDB's 7.3 adds clusters over
 * several regions, which these are not.
 */
const versions: Readonly<Record<Kind, Readonly<Record<Engine, string>>>> = {
  "replication-group": { valkey: "8.2", redis: "7.1" },
  // A serverless cache has a major version alone, and the newest minor one of it.
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
