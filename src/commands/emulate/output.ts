import * as z from "zod/mini";
import { endpoint, finding, kind, notices, service, time } from "../output-parts.ts";

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
  target: z.strictObject({
    service,
    kind,
    name: z.string(),
    region: z.string(),
    partition: z.string(),
    endpoint: z.nullable(endpoint),
  }),
  caFile: text,
  /** The last two are given for keys that it made itself, and null otherwise. */
  credentials: z.strictObject({ accessKeyId: z.string(), secretAccessKey: text, sessionToken: text }),
  pid: z.int(),
  notices,
});

/** Every further line: one for each that wanted in. */
export const decisionOutput = z.strictObject({
  time,
  connection: z.int().check(z.minimum(1)),
  user: text,
  accepted: z.boolean(),
  findings: z.array(finding),
});

/** `emulate --json`: what a line is. */
export const emulateOutput = z.union([listeningOutput, decisionOutput]);
