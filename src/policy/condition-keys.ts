import { type Kind, kinds } from "../target/kinds.ts";
import type { ConditionContext } from "./context.ts";

/**
 * Whether a condition key is there when somebody connects: documented for it; or, by the documentation, not; or nothing
 * is said of it. What IAM knows of whoever signed is not the service's to document.
 */
export type Support = "documented" | "unsupported" | "undocumented" | "of-the-signer";

/** AWS: Authenticating with IAM, ElastiCache; for MemoryDB its service authorization reference. */
export const documentedKeys: Readonly<Record<Kind, readonly string[]>> = {
  "replication-group": ["aws:SourceIp", "aws:ResourceTag/…"],
  "serverless-cache": [
    "aws:VpcSourceIp",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:ResourceTag/…",
  ],
  "memorydb-cluster": ["aws:ResourceTag/…"],
};

/** Keys that say the same of a connection, each for caches of its own: where somebody connects from. */
const alike = ["aws:SourceIp", "aws:VpcSourceIp"];

/** What IAM knows of whoever signed, whatever the service does. In lower case. */
const ofTheSigner =
  /^(aws:(username|userid|principal.*|federatedprovider|tokenissuetime|multifactorauth.*|sourceidentity|assumedroot|ec2instance.*)|(saml|sts|cognito-identity\.amazonaws\.com):.*)$/;

/** @param key in any case */
export function supportOf(kind: Kind, key: string): Support {
  const lower = key.toLowerCase();
  const named = documentedKeys[kind].some((one) => {
    const [start = "", more] = one.toLowerCase().split("…");
    return more === undefined ? lower === start : lower.startsWith(start);
  });
  if (named) return "documented";
  if (ofTheSigner.test(lower)) return "of-the-signer";
  // ElastiCache's page lists the global keys that there are; MemoryDB's reference lists those of its own alone.
  return kinds[kind].service === "memorydb" && lower.startsWith("aws:") ? "undocumented" : "unsupported";
}

/**
 * The key that does the same where this one is not there, as AWS spells it; null where none does.
 * @param key in any case
 */
export function keyInstead(kind: Kind, key: string): string | null {
  const isOne = alike.some((one) => one.toLowerCase() === key.toLowerCase());
  const there = alike.find((one) => supportOf(kind, one) === "documented");
  return isOne && supportOf(kind, key) === "unsupported" ? (there ?? null) : null;
}

/**
 * The context of a connection: a key that is not there has no value, whatever else is known of it, and one of which nothing
 * is documented has perhaps none.
 */
export function connectContext(kind: Kind, context: ConditionContext): ConditionContext {
  return (key) => {
    const support = supportOf(kind, key);
    if (support === "unsupported") return "absent";
    const value = context(key);
    return support === "undocumented" && Array.isArray(value) ? { perhaps: value } : value;
  };
}
