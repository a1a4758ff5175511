import type { Script } from "./script.ts";

const account = "123456789012";
const arn = (resource: string) => `arn:aws:elasticache:us-east-1:${account}:${resource}`;

/** An account whose role `app` may connect to each of three caches as my-user. */
export const goodScript: Script = {
  caller: {
    arn: `arn:aws:sts::${account}:assumed-role/app/session`,
    userId: "AROAEXAMPLEEXAMPLE123:session",
    account,
    region: "us-east-1",
  },
  roles: [{ name: "app", path: "/service/" }],
  caches: [
    {
      kind: "replication-group",
      name: "my-cache",
      endpoint: { host: "master.my-cache.abc123.use1.cache.amazonaws.com", port: 6379 },
      reader: { host: "replica.my-cache.abc123.use1.cache.amazonaws.com", port: 6379 },
      groups: ["my-group"],
    },
    {
      kind: "serverless-cache",
      name: "my-serverless",
      endpoint: { host: "my-serverless-abc123.serverless.use1.cache.amazonaws.com", port: 6379 },
      reader: { host: "my-serverless-abc123.serverless.use1.cache.amazonaws.com", port: 6380 },
      groups: ["my-group"],
    },
    {
      kind: "memorydb-cluster",
      name: "my-cluster",
      endpoint: { host: "clustercfg.my-cluster.abc123.memorydb.us-east-1.amazonaws.com", port: 6379 },
      groups: ["my-acl"],
    },
  ],
  users: [
    { service: "elasticache", id: "my-user" },
    { service: "elasticache", id: "default", access: "off ~* -@all", authentication: "no-password" },
    { service: "memorydb", id: "my-user" },
  ],
  groups: [
    { service: "elasticache", id: "my-group", engine: "valkey", users: ["default", "my-user"] },
    { service: "memorydb", id: "my-acl", users: ["my-user"] },
  ],
  simulated: {
    [arn("replicationgroup:my-cache")]: { decision: "allowed", policies: ["connect"] },
    [arn("user:my-user")]: { decision: "allowed", policies: ["connect"] },
  },
};
