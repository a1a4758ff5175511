import type { FindingId } from "../ids.ts";

/** What a finding means, for `cacheauth rules` and the page made from it. */
export interface Explanation {
  readonly id: FindingId;
  readonly group: string;
  /** One line that completes "The finding says: …". */
  readonly says: string;
  /** Why it keeps a login from working, and where it comes from. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  /** Where the fact stands. */
  readonly reference: string;
  /** A token that has it, and one that has not; … is what a good token has in that place. A test judges both. */
  readonly wrong: string;
  readonly right: string;
  /** What it is compared with, as flags; null where the token alone shows it. */
  readonly flags: string | null;
}

/** Where AWS writes of these tokens. */
export const references = {
  elastiCache:
    "AWS: Authenticating with IAM, ElastiCache, https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html",
  memoryDb:
    "AWS: Authenticating with IAM, MemoryDB, https://docs.aws.amazon.com/memorydb/latest/devguide/auth-iam.html",
  sigV4:
    "AWS: Create a signed AWS API request, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html",
  query:
    "AWS: Authenticating requests: using query parameters, https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html",
  keys: "AWS: IAM identifiers, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
  uri: "RFC 3986, https://www.rfc-editor.org/rfc/rfc3986",
  acl: "Redis: AUTH, https://redis.io/docs/latest/commands/auth/",
} as const;

/** Makes the explanations of one group. */
export function group(
  name: string,
  explanations: readonly (Omit<Explanation, "group" | "flags"> & { readonly flags?: string })[],
): readonly Explanation[] {
  return explanations.map((explanation) => ({ ...explanation, group: name, flags: explanation.flags ?? null }));
}
