import * as z from "zod/mini";
import { endpoint, finding, notices, target, time } from "../output-parts.ts";

const text = z.nullable(z.string());

/** The first line of `emulate --json`, when it listens. */
export const listeningOutput = z.strictObject({
  endpoint,
  /** The endpoint of each node under --cluster, else null. */
  nodes: z.nullable(z.array(endpoint)),
  /** Where everything goes after a login; null for the built-in data. */
  upstream: z.nullable(endpoint),
  /** What goes wrong on purpose, as --fault says it. */
  fault: text,
  user: z.string(),
  target,
  /** What the ARNs of policies are held against, and who says so; null without --users. */
  account: z.nullable(z.strictObject({ id: text, source: z.enum(["users-file", "access-key", "unknown"]) })),
  caFile: text,
  /** The last two are given for keys that it made itself, and null otherwise. */
  credentials: z.strictObject({
    source: z.string(),
    accessKeyId: z.string(),
    secretAccessKey: text,
    sessionToken: text,
  }),
  pid: z.int(),
  notices,
});

const connection = z.int().check(z.minimum(1));

/** Every further line: one for each that wanted in. */
export const decisionOutput = z.strictObject({
  time,
  connection,
  /** Where it came to. */
  node: endpoint,
  user: text,
  accepted: z.boolean(),
  /** What went wrong on purpose with it. */
  fault: z.nullable(z.enum(["throttle", "unavailable", "slow", "drop-after-auth", "garbage"])),
  findings: z.array(finding),
});

/** Lines of stderr: what is worth knowing besides, while it runs. */
export const noticeOutput = z
  .strictObject({
    notice: z.strictObject({ time, connection: z.nullable(connection), code: z.string(), message: z.string() }),
  })
  .check(z.describe("A line of stderr"));

/** `emulate --json`: what a line is. */
export const emulateOutput = z.union([listeningOutput, decisionOutput, noticeOutput]);
