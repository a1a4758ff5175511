import * as z from "zod/mini";
import { notices, target } from "../output-parts.ts";

/** `setup --json` */
export const setupOutput = z.strictObject({
  setup: z.string(),
  format: z.enum(["sh", "terraform", "cloudformation"]),
  target,
  user: z.string(),
  accountId: z.nullable(z.string().check(z.regex(/^\d{12}$/))),
  engine: z.enum(["valkey", "redis"]),
  names: z.strictObject({
    group: z.string(),
    defaultUser: z.nullable(z.string()),
    role: z.string(),
    policy: z.string(),
    subnetGroup: z.nullable(z.string()),
  }),
  existing: z.array(z.enum(["cache", "user", "group", "role"])),
  steps: z.array(z.strictObject({ about: z.string(), command: z.string() })),
  notices,
});
