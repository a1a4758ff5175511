import * as z from "zod/mini";
import { decodedFields, finding, notices } from "../output-parts.ts";

/** `decode --json`; `stopped` is what kept it from being read whole. */
export const decodeOutput = z.strictObject({ ...decodedFields, stopped: z.nullable(finding), notices });
