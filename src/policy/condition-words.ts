import type { Kind } from "../target/kinds.ts";
import { formatTime, parseTime } from "../token/time.ts";
import { readNetwork } from "./comparisons.ts";
import { keyInstead } from "./condition-keys.ts";

/** A condition that a flag stands for. */
export interface ConditionWord {
  /** Without dashes. */
  readonly flag: string;
  readonly operator: string;
  /** `…` stands for the key of a tag. */
  readonly key: string;
  /** What its value must be, behind "is not", and how to write it. */
  readonly is: string;
  readonly hint: string;
  /** The value as a policy has it, and the tag's key; null where it is not what it must be. */
  read(value: string): { readonly value: string; readonly tag?: string } | null;
}

const network = {
  operator: "IpAddress",
  is: "an address or a network",
  hint: "Write it as 10.0.0.0/16, or as one address.",
  read: (value: string) => (readNetwork(value) === null ? null : { value }),
} as const;

const time = { is: "a time", hint: "", read: (value: string) => ({ value: formatTime(parseTime(value)) }) } as const;

export const conditionWords = [
  { flag: "source-ip", key: "aws:SourceIp", ...network },
  { flag: "vpc-source-ip", key: "aws:VpcSourceIp", ...network },
  { flag: "source-vpc", key: "aws:SourceVpc", ...idOf("vpc", "a VPC") },
  { flag: "source-vpce", key: "aws:SourceVpce", ...idOf("vpce", "a VPC endpoint") },
  {
    flag: "resource-tag",
    operator: "StringEquals",
    key: "aws:ResourceTag/…",
    is: "a tag",
    hint: "Write it as KEY=VALUE; letters, digits, spaces and _ . : / + - @ are allowed.",
    read: readTag,
  },
  { flag: "from", operator: "DateGreaterThanEquals", key: "aws:CurrentTime", ...time },
  { flag: "until", operator: "DateLessThan", key: "aws:CurrentTime", ...time },
] as const satisfies readonly ConditionWord[];

export type ConditionFlag = (typeof conditionWords)[number]["flag"];

/** The flag for what does the same where a key is not there; null where nothing does, or no flag says it. */
export function flagInstead(kind: Kind, key: string): ConditionFlag | null {
  const instead = keyInstead(kind, key);
  return conditionWords.find((word) => word.key === instead)?.flag ?? null;
}

function idOf(prefix: string, what: string): Pick<ConditionWord, "operator" | "is" | "hint" | "read"> {
  const form = new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`);
  return {
    operator: "StringEquals",
    is: `the id of ${what}`,
    hint: `It looks like ${prefix}-0a1b2c3d4e5f67890.`,
    read: (value) => (form.test(value) ? { value } : null),
  };
}

/** Its value may have variables of the policy, such as `${aws:PrincipalTag/team}`. */
function readTag(text: string): { readonly tag: string; readonly value: string } | null {
  const at = text.indexOf("=");
  const [tag, value] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  const plain = value.replace(/\$\{[\w:/.@+-]+\}/g, "");
  const isTag = /^[\p{L}\p{N} _.:/+@-]{1,128}$/u.test(tag) && /^[\p{L}\p{N} _.:/=+@-]{0,256}$/u.test(plain);
  return isTag ? { tag, value } : null;
}
