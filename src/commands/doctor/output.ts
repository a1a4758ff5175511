import * as z from "zod/mini";
import { nodes, repeat } from "../beyond-output.ts";
import { endpoint, finding, kind, notices, service, time } from "../output-parts.ts";

const milliseconds = z.number().check(z.minimum(0));
const status = z.enum(["ok", "warn", "failed", "skipped", "unknown"]);
const text = z.nullable(z.string());

/** One check; `detail` is what it learnt, null where that is nothing. `unknown` is "could not look". */
function check<Name extends string, Detail extends z.core.$ZodType>(name: Name, detail: Detail) {
  return z.strictObject({
    name: z.literal(name),
    status,
    startedAtMs: milliseconds,
    durationMs: milliseconds,
    detail: z.nullable(detail),
    findings: z.array(finding),
  });
}

/** A stage of the probe that a check is made of; `probe --json` says what stands in its detail. */
const stage = z.strictObject({
  name: z.string(),
  status,
  durationMs: milliseconds,
  detail: z.nullable(z.record(z.string(), z.unknown())),
});

const checks = z.tuple([
  check(
    "credentials",
    z.strictObject({
      source: z.string(),
      accessKeyId: z.string(),
      account: text,
      arn: text,
      expiresAt: z.nullable(time),
    }),
  ),
  check("clock", z.strictObject({ skewMs: z.number() })),
  check(
    "token",
    z.strictObject({
      from: z.enum(["credentials", "token"]),
      accessKeyId: text,
      expiresAt: z.nullable(time),
      signature: z.enum(["match", "mismatch", "not-checked"]),
    }),
  ),
  check("network", z.strictObject({ host: z.string(), port: z.int(), stages: z.array(stage) })),
  check("login", z.strictObject({ stages: z.array(stage), nodes, repeat })),
  check(
    "cache",
    z.strictObject({
      status: z.string(),
      engine: text,
      version: text,
      tls: z.nullable(z.enum(["required", "preferred", "off"])),
      endpoints: z.array(endpoint),
      groups: z.array(z.string()),
    }),
  ),
  check(
    "user",
    z.strictObject({
      id: text,
      name: text,
      authentication: z.nullable(z.enum(["iam", "password", "no-password"])),
      status: text,
      access: text,
      groups: z.nullable(z.array(z.strictObject({ id: z.string(), attached: z.boolean() }))),
    }),
  ),
  check(
    "policy",
    z.strictObject({
      principal: z.string(),
      cache: z.enum(["allowed", "implicit-deny", "explicit-deny"]),
      user: z.enum(["allowed", "implicit-deny", "explicit-deny"]),
      notEvaluated: z.array(z.string()),
    }),
  ),
]);

/** `doctor --json`. */
export const doctorOutput = z.strictObject({
  ok: z.boolean(),
  target: z.nullable(
    z.strictObject({
      service,
      kind,
      name: z.string(),
      region: z.string(),
      partition: z.string(),
      endpoint: z.nullable(endpoint),
    }),
  ),
  user: z.string(),
  endpoint: z.nullable(endpoint),
  verdict: z.strictObject({ summary: z.string(), causes: z.array(finding) }),
  checks,
  notices,
});
