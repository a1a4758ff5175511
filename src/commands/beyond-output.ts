import * as z from "zod/mini";
import { endpoint, finding, milliseconds, status } from "./output-parts.ts";

/** What `--all-nodes` and `--repeat` add to the answers of the commands that connect. */
const percentiles = z.nullable(z.strictObject({ p50: milliseconds, p90: milliseconds, p99: milliseconds }));
const took = z.nullable(milliseconds);

export const nodes = z.nullable(
  z.array(
    z.strictObject({
      endpoint,
      role: z.nullable(z.enum(["primary", "replica"])),
      slots: z.nullable(z.string()),
      status,
      connectMs: took,
      tlsMs: took,
      authMs: took,
      pingMs: took,
      findings: z.array(finding),
    }),
  ),
);

export const repeat = z.nullable(
  z.strictObject({
    count: z.int(),
    connectMs: percentiles,
    tlsMs: percentiles,
    authMs: percentiles,
    pingMs: percentiles,
  }),
);
