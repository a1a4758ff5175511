import { CacheauthError, shown } from "../../errors.ts";
import { readAccessString } from "../../judge/access-string.ts";
import { type Engine, engines, type Part, parts } from "../../setup/choices.ts";
import type { Kind } from "../../target/kinds.ts";

/** Each value that a flag takes, checked: what passes can be written into scripts and templates as it is. */

const formats = ["sh", "terraform", "cloudformation"] as const;
export type Format = (typeof formats)[number];

export function readFormat(text = "sh"): Format {
  return oneOf("--format", formats, text);
}

export function readEngine(text = "valkey"): Engine {
  return oneOf("--engine", engines, text.toLowerCase());
}

export function readExisting(texts: readonly string[]): readonly Part[] {
  const words = texts.flatMap((text) => text.split(",")).filter((word) => word !== "");
  const named = words.map((word) => oneOf("--existing", parts, word));
  return parts.filter((part) => named.includes(part));
}

export function readEngineVersion(kind: Kind, engine: Engine, text: string): string {
  const [, major = "", minor] = /^(\d{1,3})(?:\.(\d{1,3})(?:\.\d{1,3})?)?$/.exec(text) ?? [];
  if (major === "") throw invalid("--engine-version", text, "It looks like 8.2, or 8 for a serverless cache.");
  if (kind === "serverless-cache" && minor !== undefined) {
    throw invalid("--engine-version", text, `A serverless cache has a major version alone: say ${major}.`);
  }
  const tooOld = Number(major) < 7 || (engine === "valkey" && major === "7" && Number(minor ?? 2) < 2);
  if (tooOld) throw invalid("--engine-version", text, "IAM authentication needs Valkey 7.2 or Redis OSS 7.0 at least.");
  return text;
}

export function readNodeType(kind: Kind, text: string): string {
  const prefix = kind === "memorydb-cluster" ? "db" : "cache";
  if (kind === "serverless-cache") throw conflict("--node-type", "a serverless cache has no nodes to choose");
  if (new RegExp(`^${prefix}\\.[a-z0-9-]+\\.[a-z0-9]+$`).test(text)) return text;
  throw invalid("--node-type", text, `It looks like ${prefix}.r7g.large.`);
}

export function readAccess(text: string): string {
  // First of all: whatever is refused below is shown.
  if (text.split(/\s+/).some((word) => /^\(?[><#!]/.test(word))) {
    throw new CacheauthError(
      "flag-value-invalid",
      "--access holds a password, and a user with IAM authentication has none.",
      "Leave it out.",
    );
  }
  const { access, fault } = readAccessString(text);
  if (fault) throw invalid("--access", text, `Its ${fault.place}: ${fault.what}. ${fault.fix}`);
  if (!/^[\x20-\x7e]+$/.test(text)) throw invalid("--access", text, "Write it in ASCII, on one line.");
  if (access.enabled) return text;
  throw invalid("--access", text, "Begin it with on: without it the user is off, and nobody logs in.");
}

/** A name that the user gives to something that is made, or that has it. */
export function readName(flag: string, text: string, { pattern, most, like }: NameForm): string {
  if (text.length > most) {
    throw new CacheauthError(
      "flag-value-invalid",
      `${shown(text)} has ${text.length} characters, and AWS takes ${most} there.`,
      `Give a shorter one with ${flag}.`,
    );
  }
  if (pattern.test(text)) return text;
  throw invalid(flag, text, like);
}

export interface NameForm {
  readonly pattern: RegExp;
  readonly most: number;
  readonly like: string;
}

/** Of groups, ACLs and users: AWS keeps them in lower case. */
export const groupForm: NameForm = {
  pattern: /^[a-z](-?[a-z0-9])*$/,
  most: 40,
  like: "It has lower-case letters, digits and single hyphens, and begins with a letter.",
};
export const roleForm: NameForm = {
  pattern: /^[\w+=,.@][\w+=,.@-]*$/,
  most: 64,
  like: "Give the name alone: no path, no ARN.",
};
export const policyForm: NameForm = { ...roleForm, most: 128 };
export const subnetGroupForm: NameForm = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
  most: 255,
  like: "It has letters, digits, dots, hyphens and underscores.",
};
export const subnetForm: NameForm = { pattern: /^subnet-[0-9a-f]+$/, most: 40, like: "It looks like subnet-0abc1234." };
export const securityGroupForm: NameForm = { pattern: /^sg-[0-9a-f]+$/, most: 40, like: "It looks like sg-0abc1234." };

export function readTrustService(text: string): string {
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text)) return text;
  const whole = /^[a-z0-9-]+$/.test(text) ? `${text}.amazonaws.com` : "ec2.amazonaws.com";
  throw invalid("--trust-service", text, `Name the service as ${whole}.`);
}

export function readTrustArn(partition: string, text: string): string {
  const [, own, what] = /^arn:([a-z-]+):(?:iam|sts)::\d{12}:([\w+=,.@/-]+)$/.exec(text) ?? [];
  if (own === undefined || what === undefined) {
    throw invalid("--trust-arn", text, "It looks like arn:aws:iam::123456789012:role/my-app, or ends in :root.");
  }
  if (own !== partition) throw invalid("--trust-arn", text, `The cache is in the partition ${partition}.`);
  if (/^(root|(role|user|assumed-role)\/.+)$/.test(what)) return text;
  throw invalid(
    "--trust-arn",
    text,
    "A role, a user or an account (:root) can be trusted so; edit the trust policy for others.",
  );
}

/** Any name that a line can hold: the AWS files have no other. */
export function readProfile(text: string): string {
  if (/^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(text)) return text;
  throw invalid("--profile", text, "Name one of the AWS files.");
}

export function conflict(flag: string, why: string): CacheauthError {
  return new CacheauthError("flag-conflict", `${flag} does nothing here: ${why}.`, `Leave ${flag} out.`);
}

function oneOf<T extends string>(flag: string, all: readonly T[], text: string): T {
  const found = all.find((one) => one === text);
  if (found !== undefined) return found;
  throw invalid(flag, text, `Say ${all.slice(0, -1).join(", ")} or ${all.at(-1)}.`);
}

function invalid(flag: string, text: string, hint: string): CacheauthError {
  return new CacheauthError("flag-value-invalid", `${flag} ${shown(text)} is not taken.`, hint);
}
