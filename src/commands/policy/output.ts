import * as z from "zod/mini";
import { finding, notices, target } from "../output-parts.ts";
import { policyFormats } from "./formats.ts";

const accountId = z.string().check(z.regex(/^\d{12}$/));
const textOrTexts = z.union([z.string(), z.array(z.string())]);

const statement = z.strictObject({
  Effect: z.literal("Allow"),
  Action: z.string(),
  Resource: z.array(z.string()),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), textOrTexts))),
});

/** `policy --json`: the document, and its lines in the format that was asked for. */
const made = z.strictObject({
  policy: z.strictObject({ Version: z.literal("2012-10-17"), Statement: z.array(statement) }),
  lines: z.array(z.string()),
  target,
  user: z.string(),
  accountId,
  format: z.enum(policyFormats),
  notices,
});

/**
 * `policy --check --json`; `add` is the statement that is missing, `dependsOn` has condition keys, and `notJudged` what IAM would
 * not take as a policy: such a one allows nothing.
 */
const checked = z.strictObject({
  ok: z.boolean(),
  connect: z.enum(["allowed", "denied", "depends"]),
  dependsOn: z.array(z.string()),
  target,
  user: z.string(),
  accountId: z.nullable(accountId),
  policies: z.array(z.string()),
  notJudged: z.array(z.string()),
  arns: z.strictObject({ cache: z.string(), user: z.string() }),
  counts: z.strictObject({ error: z.int(), warning: z.int(), info: z.int() }),
  findings: z.array(finding),
  add: z.nullable(statement),
  notices,
});

export const policyOutput = z.union([made, checked]);
