import type { Situation } from "../situations.ts";
import { all, cache, group, refused, warned } from "./make.ts";

const atHost =
  (host: string, port = 6379): Situation["change"] =>
  (world) => ({
    ...world,
    target: { ...world.target, endpoint: { host, port } },
  });

export const cacheSituations: readonly Situation[] = [
  {
    name: "there is no such cache here",
    change: (world) => ({ ...world, cache: null }),
    cause: refused(
      "cache-not-found",
      /lists what is there: `aws (elasticache|memorydb) describe-.* --region us-east-1`/,
    ),
  },
  {
    name: "the endpoint of an earlier cache of that name",
    kinds: ["replication-group"],
    change: atHost("master.my-cache.zzz999.use1.cache.amazonaws.com"),
    cause: refused("cache-endpoint-differs", /Connect to master\.my-cache\.abc123\.use1\.cache\.amazonaws\.com:6379/),
  },
  {
    name: "the endpoint of an earlier cache of that name",
    kinds: ["serverless-cache"],
    change: atHost("my-cache-zzz999.serverless.use1.cache.amazonaws.com"),
    cause: refused("cache-endpoint-differs", /Connect to my-cache-abc123\.serverless\.use1/),
  },
  {
    name: "the endpoint of an earlier cache of that name",
    kinds: ["memorydb-cluster"],
    change: atHost("clustercfg.my-cache.zzz999.memorydb.us-east-1.amazonaws.com"),
    cause: refused("cache-endpoint-differs", /Connect to clustercfg\.my-cache\.abc123\.memorydb/),
  },
  {
    name: "another port",
    change: (world) => atHost(world.target.endpoint?.host ?? "", 6390)(world),
    cause: refused("cache-endpoint-differs", /Connect to .*abc123.*:6379/),
  },
  {
    name: "a name of the user's own for the endpoint",
    change: atHost("cache.example.com"),
    cause: null,
  },
  {
    name: "being created",
    change: cache({ status: "creating" }),
    cause: refused("cache-not-available", /Wait until this says available: `aws /),
  },
  {
    name: "being deleted",
    change: cache({ status: "deleting" }),
    cause: refused("cache-not-available", /create it anew/),
  },
  {
    name: "that could not be created",
    change: cache({ status: "create-failed" }),
    cause: refused("cache-not-available", /create it anew/),
  },
  {
    name: "being modified",
    change: cache({ status: "modifying" }),
    cause: warned("cache-not-available", /Wait until this says available/),
  },
  {
    name: "in the middle of a snapshot",
    kinds: ["replication-group", "memorydb-cluster"],
    change: cache({ status: "snapshotting" }),
    cause: warned("cache-not-available", /Wait until this says available/),
  },
  {
    name: "no encryption in transit",
    kinds: ["replication-group"],
    change: cache({ tls: "off" }),
    cause: refused("tls-off", /--transit-encryption-enabled --transit-encryption-mode preferred/),
  },
  {
    name: "no encryption in transit",
    kinds: ["memorydb-cluster"],
    change: cache({ tls: "off" }),
    cause: refused("tls-off", /restore a snapshot into a new cluster/),
  },
  {
    name: "clear text is taken beside TLS",
    kinds: ["replication-group"],
    change: cache({ tls: "preferred" }),
    cause: null,
  },
  {
    name: "Redis OSS 6.2",
    kinds: ["replication-group", "memorydb-cluster"],
    change: all(cache({ engine: "redis", version: "6.2.6" }), group({ engine: "redis" })),
    cause: refused("engine-too-old", /--engine-version/),
  },
  {
    name: "Redis OSS 5.0",
    kinds: ["replication-group"],
    change: all(cache({ engine: "redis", version: "5.0.6" }), group({ engine: "redis" })),
    cause: refused(
      "engine-too-old",
      /modify-replication-group --replication-group-id my-cache .*--engine-version 7\.1/,
    ),
  },
  {
    name: "Redis OSS 7.0, the first with IAM",
    kinds: ["replication-group", "memorydb-cluster"],
    change: all(cache({ engine: "redis", version: "7.0.7" }), group({ engine: "redis" })),
    cause: null,
  },
  {
    name: "a major version alone",
    kinds: ["serverless-cache"],
    change: cache({ version: "7" }),
    cause: null,
  },
];
