import * as z from "zod/mini";
import { notices, target, time } from "../output-parts.ts";

/** `token --json`, and what `createToken` resolves to. */
export const tokenOutput = z.strictObject({
  token: z.nullable(z.string()),
  file: z.nullable(z.string()),
  user: z.string(),
  target,
  issuedAt: time,
  expiresAt: time,
  tokenExpiresAt: time,
  credentialsExpireAt: z.nullable(time),
  credentials: z.strictObject({ source: z.string(), accessKeyId: z.string() }),
  notices,
});
