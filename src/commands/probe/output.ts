import * as z from "zod/mini";
import { nodes, repeat } from "../beyond-output.ts";
import { endpoint, finding, kind, notices, service, time } from "../output-parts.ts";

const milliseconds = z.number().check(z.minimum(0));
const status = z.enum(["ok", "warn", "failed", "skipped", "unknown"]);

/** One stage; `detail` is what it learnt, null where that is nothing. */
function stage<Name extends string, Detail extends z.core.$ZodType>(name: Name, detail: Detail) {
  return z.strictObject({
    name: z.literal(name),
    status,
    startedAtMs: milliseconds,
    durationMs: milliseconds,
    detail: z.nullable(detail),
    findings: z.array(finding),
  });
}

const text = z.nullable(z.string());

const stages = z.tuple([
  stage("credentials", z.strictObject({ source: z.string(), accessKeyId: z.string() })),
  stage("token", z.strictObject({ from: z.enum(["credentials", "token"]) })),
  stage("resolve", z.strictObject({ addresses: z.array(z.string()) })),
  stage(
    "connect",
    z.strictObject({
      address: z.string(),
      family: z.literal([4, 6]),
      failed: z.array(z.strictObject({ address: z.string(), code: z.string() })),
    }),
  ),
  stage(
    "tls",
    z.strictObject({
      protocol: z.string(),
      cipher: z.string(),
      certificate: z.nullable(
        z.strictObject({
          subject: z.string(),
          names: z.array(z.string()),
          issuer: z.string(),
          validFrom: time,
          validTo: time,
          daysLeft: z.int(),
          nameMatches: z.boolean(),
          authorized: z.boolean(),
          authorizationCode: text,
        }),
      ),
    }),
  ),
  stage("auth", z.strictObject({ resp: z.literal([2, 3]), whoami: text, whoamiRefused: text })),
  stage("ping", z.strictObject({ reply: z.string() })),
  stage("topology", z.strictObject({ server: text, version: text, mode: text, role: text })),
]);

/** `probe --json`. */
export const probeOutput = z.strictObject({
  ok: z.boolean(),
  endpoint,
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
  user: text,
  stages,
  verdict: z.strictObject({ summary: z.string(), causes: z.array(finding) }),
  nodes,
  repeat,
  notices,
});
