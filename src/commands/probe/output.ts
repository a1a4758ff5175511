import * as z from "zod/mini";
import { nodes, repeat } from "../beyond-output.ts";
import { endpoint, finding, notices, step, target, time } from "../output-parts.ts";

const text = z.nullable(z.string());

const stages = z.tuple([
  step("credentials", z.strictObject({ source: z.string(), accessKeyId: z.string() })),
  step("token", z.strictObject({ from: z.enum(["credentials", "token"]) })),
  step("resolve", z.strictObject({ addresses: z.array(z.string()) })),
  step(
    "connect",
    z.strictObject({
      address: z.string(),
      family: z.literal([4, 6]),
      failed: z.array(z.strictObject({ address: z.string(), code: z.string() })),
    }),
  ),
  step(
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
  step("auth", z.strictObject({ resp: z.literal([2, 3]), whoami: text, whoamiRefused: text })),
  step("ping", z.strictObject({ reply: z.string() })),
  step("topology", z.strictObject({ server: text, version: text, mode: text, role: text })),
]);

/** `probe --json`. */
export const probeOutput = z.strictObject({
  ok: z.boolean(),
  endpoint,
  target: z.nullable(target),
  user: text,
  stages,
  verdict: z.strictObject({ summary: z.string(), causes: z.array(finding) }),
  nodes,
  repeat,
  notices,
});
