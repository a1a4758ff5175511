import * as z from "zod/mini";
import { judgedFields, notices } from "../output-parts.ts";

/** `verify --json`. */
export const verifyOutput = z.strictObject({
  ...judgedFields,
  signature: z.strictObject({
    status: z.enum(["match", "mismatch", "not-checked"]),
    reason: z.string(),
    variant: z.nullable(z.strictObject({ id: z.string(), message: z.string(), fix: z.string() })),
  }),
  notices,
});
