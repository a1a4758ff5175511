import * as z from "zod/mini";
import { judgedFields, notices } from "../output-parts.ts";

/** `lint --json`; `repaired` is there with --fix alone, and null where nothing could be repaired. */
export const lintOutput = z.strictObject({
  ...judgedFields,
  repaired: z.optional(z.nullable(z.string())),
  notices,
});
