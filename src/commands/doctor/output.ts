import * as z from "zod/mini";
import { nodes, repeat } from "../beyond-output.ts";
import { endpoint, finding, milliseconds, notices, status, step, target, time } from "../output-parts.ts";

const text = z.nullable(z.string());

/** A stage of the probe that a check is made of; `probe --json` says what stands in its detail. */
const stage = z.strictObject({
  name: z.string(),
  status,
  durationMs: milliseconds,
  detail: z.nullable(z.record(z.string(), z.unknown())),
});

const checks = z.tuple([
  step(
    "credentials",
    z.strictObject({
      source: z.string(),
      accessKeyId: z.string(),
      account: text,
      arn: text,
      expiresAt: z.nullable(time),
    }),
  ),
  step("clock", z.strictObject({ skewMs: z.number() })),
  step(
    "token",
    z.strictObject({
      from: z.enum(["credentials", "token"]),
      accessKeyId: text,
      expiresAt: z.nullable(time),
      signature: z.enum(["match", "mismatch", "not-checked"]),
    }),
  ),
  step("network", z.strictObject({ host: z.string(), port: z.int(), stages: z.array(stage) })),
  step("login", z.strictObject({ stages: z.array(stage), nodes, repeat })),
  step(
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
  step(
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
  step(
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
  target: z.nullable(target),
  user: z.string(),
  endpoint: z.nullable(endpoint),
  verdict: z.strictObject({ summary: z.string(), causes: z.array(finding) }),
  checks,
  notices,
});
