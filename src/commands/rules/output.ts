import * as z from "zod/mini";
import { notices } from "../output-parts.ts";

/** `rules --json`; with an ID, the one rule. */
export const rulesOutput = z.strictObject({
  rules: z.array(
    z.strictObject({
      id: z.string(),
      group: z.string(),
      severities: z.array(z.enum(["error", "warning", "info"])),
      says: z.string(),
      why: z.string(),
      fix: z.string(),
      reference: z.string(),
      wrong: z.string(),
      right: z.string(),
      flags: z.nullable(z.string()),
    }),
  ),
  notices,
});
