import * as z from "zod/mini";

/** `token --json`, and what `createToken` resolves to. Times are RFC 3339 in UTC. */
const time = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/));

export const tokenOutput = z.strictObject({
  token: z.nullable(z.string()),
  file: z.nullable(z.string()),
  user: z.string(),
  target: z.strictObject({
    service: z.enum(["elasticache", "memorydb"]),
    kind: z.enum(["replication-group", "serverless-cache", "memorydb-cluster"]),
    name: z.string(),
    region: z.string(),
    partition: z.string(),
    endpoint: z.nullable(z.strictObject({ host: z.string(), port: z.int().check(z.minimum(1), z.maximum(65535)) })),
  }),
  issuedAt: time,
  expiresAt: time,
  tokenExpiresAt: time,
  credentialsExpireAt: z.nullable(time),
  credentials: z.strictObject({ source: z.string(), accessKeyId: z.string() }),
  notices: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});
