import * as z from "zod/mini";
import { findingIds } from "../findings/ids.ts";

/** The zod schemas that the outputs of several commands share. Times are RFC 3339 in UTC. */
export const time = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/));

export const notices = z.array(z.strictObject({ code: z.string(), message: z.string() }));

const service = z.enum(["elasticache", "memorydb"]);
const kind = z.enum(["replication-group", "serverless-cache", "memorydb-cluster"]);
export const endpoint = z.strictObject({ host: z.string(), port: z.int().check(z.minimum(1), z.maximum(65535)) });

export const target = z.strictObject({
  service,
  kind,
  name: z.string(),
  region: z.string(),
  partition: z.string(),
  endpoint: z.nullable(endpoint),
});

const place = z.strictObject({
  text: z.string(),
  from: z.int().check(z.minimum(0)),
  to: z.int().check(z.minimum(0)),
});

export const finding = z.strictObject({
  rule: z.enum(Object.keys(findingIds) as [string, ...string[]]),
  severity: z.enum(["error", "warning", "info"]),
  likelihood: z.enum(["certain", "likely", "possible"]),
  message: z.string(),
  fix: z.string(),
  parameter: z.nullable(z.string()),
  docs: z.string(),
  place: z.nullable(place),
});

/** How a step of a walk ended; `unknown` is "could not look". */
export const status = z.enum(["ok", "warn", "failed", "skipped", "unknown"]);
export const milliseconds = z.number().check(z.minimum(0));

/** A stage of `probe` or a check of `doctor`; `detail` is what it learnt, null where that is nothing. */
export function step<Name extends string, Detail extends z.core.$ZodType>(name: Name, detail: Detail) {
  return z.strictObject({
    name: z.literal(name),
    status,
    startedAtMs: milliseconds,
    durationMs: milliseconds,
    detail: z.nullable(detail),
    findings: z.array(finding),
  });
}

export const decodedFields = {
  service: z.nullable(service),
  kind: z.nullable(kind),
  name: z.nullable(z.string()),
  region: z.nullable(z.string()),
  user: z.nullable(z.string()),
  action: z.nullable(z.string()),
  resourceType: z.nullable(z.string()),
  algorithm: z.nullable(z.string()),
  accessKeyId: z.nullable(z.string()),
  accessKeyKind: z.enum(["long-term", "temporary", "unknown"]),
  accountId: z.nullable(z.string().check(z.regex(/^\d{12}$/))),
  scope: z.nullable(
    z.strictObject({ date: z.string(), region: z.string(), service: z.string(), terminator: z.string() }),
  ),
  issuedAt: z.nullable(time),
  expiresAt: z.nullable(time),
  lifetimeSeconds: z.nullable(z.int()),
  secondsLeft: z.nullable(z.int()),
  status: z.enum(["valid", "expired", "not-yet-valid", "unknown"]),
  signedHeaders: z.array(z.string()),
  sessionToken: z.strictObject({ present: z.boolean(), bytes: z.int(), value: z.nullable(z.string()) }),
  bytes: z.int(),
  parameterOrder: z.array(z.string()),
  signature: z.nullable(z.string()),
};

/** What lint and verify have in common. */
export const judgedFields = {
  ok: z.boolean(),
  at: time,
  expected: z.nullable(
    z.strictObject({
      target: z.nullable(
        z.strictObject({
          service: z.nullable(service),
          kind: z.nullable(kind),
          name: z.nullable(z.string()),
          region: z.nullable(z.string()),
          partition: z.nullable(z.string()),
          endpoint: z.nullable(endpoint),
        }),
      ),
      user: z.nullable(z.string()),
      accountId: z.nullable(z.string()),
    }),
  ),
  counts: z.strictObject({ error: z.int(), warning: z.int(), info: z.int() }),
  findings: z.array(finding),
  decoded: z.nullable(z.strictObject(decodedFields)),
};
