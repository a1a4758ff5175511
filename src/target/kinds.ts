/** The three things a token can be for, and what follows from each. */

export type Service = "elasticache" | "memorydb";
export type Kind = "replication-group" | "serverless-cache" | "memorydb-cluster";

/** Where a token is good. The shape of `target` in every JSON output. */
export interface Target {
  readonly service: Service;
  readonly kind: Kind;
  /** Lower case, as it is signed. */
  readonly name: string;
  readonly region: string;
  readonly partition: string;
  /** Where to connect; null where only a name was given. */
  readonly endpoint: { readonly host: string; readonly port: number } | null;
}

interface KindFacts {
  readonly service: Service;
  /** In a person's words. */
  readonly label: string;
  /** The option that names it. */
  readonly option: "replicationGroupId" | "serverlessCacheName" | "memorydbCluster";
  /** The value of the ResourceType parameter, where the service demands one. */
  readonly resourceType: "ServerlessCache" | null;
}

export const kinds: Readonly<Record<Kind, KindFacts>> = {
  "replication-group": {
    service: "elasticache",
    label: "ElastiCache replication group",
    option: "replicationGroupId",
    resourceType: null,
  },
  "serverless-cache": {
    service: "elasticache",
    label: "ElastiCache serverless cache",
    option: "serverlessCacheName",
    resourceType: "ServerlessCache",
  },
  "memorydb-cluster": {
    service: "memorydb",
    label: "MemoryDB cluster",
    option: "memorydbCluster",
    resourceType: null,
  },
};

export const allKinds: readonly Kind[] = ["replication-group", "serverless-cache", "memorydb-cluster"];
