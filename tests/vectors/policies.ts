import policies from "./policies.json" with { type: "json" };

/**
 * Policies, and what they come to for my-user at my-cache in the account 123456789012, us-east-1. What is expected was
 * written by hand, by the page or the public code that `source` names; nothing of it was computed.
 */
export interface PolicyVector {
  readonly id: string;
  readonly source: string;
  readonly policies: readonly unknown[];
  readonly kind: "group" | "serverless" | "memoryDb";
  /** What the request has, and whether other keys are absent from it or just not known. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly others: "absent" | "unknown";
  readonly connect: "allowed" | "denied" | "depends";
  readonly decisions: Readonly<Record<"cache" | "user", "allowed" | "explicit-deny" | "implicit-deny" | "depends">>;
  /** The first cause, and a piece of its remedy; null where nothing is to be said. */
  readonly first: {
    readonly rule: string;
    readonly severity: string;
    readonly likelihood: string;
    readonly remedy: string;
  } | null;
}

export const policyVectors = policies as readonly PolicyVector[];
