import type { FindingId } from "./ids.ts";

/** Whatever a parameter can lack when the text ends too soon, or begins too late. */
const missing: readonly FindingId[] = [
  "name-missing",
  "action-missing",
  "action-wrong",
  "user-missing",
  "resource-type-missing",
  "resource-type-wrong",
  "algorithm-wrong",
  "credential-missing",
  "credential-malformed",
  "access-key-malformed",
  "access-key-mismatch",
  "service-wrong",
  "region-mismatch",
  "region-unknown",
  "date-missing",
  "date-malformed",
  "scope-date-mismatch",
  "expires-missing",
  "expires-malformed",
  "expires-short",
  "signed-headers-wrong",
  "signature-missing",
  "signature-malformed",
  "session-token-missing",
  "session-token-mismatch",
];

/** What can only be a trace of another text in the token, or of a wrong decoding of it. */
const misread: readonly FindingId[] = ["parameter-unexpected", "bad-percent-encoding", "unencoded-value"];

/** What a cache that cannot be reached looks like from a client. */
const unreached: readonly FindingId[] = [
  "name-not-found",
  "connect-refused",
  "connect-timeout",
  "connect-unreachable",
  "closed-early",
  "tls-silent",
];

/**
 * Which finding explains which: where the one on the left is found, those on the right follow from it and are left out,
 * so that one mistake gives one finding. This is the one place that says so. It is not transitive: each row is whole.
 */
export const explains: Readonly<Partial<Record<FindingId, readonly FindingId[]>>> = {
  truncated: [...missing, ...misread, "name-mismatch", "path-unexpected", "signature-mismatch"],
  // All that stands behind the # is not read.
  fragment: [...missing, ...misread, "signature-mismatch"],
  "bad-percent-encoding": [
    "credential-malformed",
    "access-key-malformed",
    "access-key-mismatch",
    "session-token-mismatch",
    "user-invalid",
    "user-mismatch",
    "date-malformed",
    "action-wrong",
    "signed-headers-wrong",
    "signature-malformed",
    "parameter-unexpected",
    "signature-mismatch",
  ],
  "double-encoded": ["unencoded-value", "parameter-unexpected", "session-token-mismatch", "signature-mismatch"],
  "unencoded-value": ["session-token-mismatch", "signature-mismatch"],
  "url-unescaped": ["double-encoded"],
  // The line ending belonged to what was around the token.
  unwrapped: ["final-newline-dropped"],
  "name-missing": ["path-unexpected", "name-mismatch", "name-invalid", "signature-mismatch"],
  "name-is-endpoint": ["name-has-port", "name-not-lowercase", "name-invalid", "name-mismatch"],
  "name-not-lowercase": ["name-invalid"],
  "name-mismatch": ["name-invalid", "cache-not-found"],
  "user-invalid": ["user-mismatch", "user-not-found"],
  // Who logs in may be misspelt, and then there is no such user.
  "user-mismatch": ["user-not-found"],
  "resource-type-wrong": ["resource-type-missing", "resource-type-unexpected"],
  "parameter-duplicate": ["session-token-mismatch", "signature-mismatch"],
  "parameter-unexpected": ["signature-mismatch"],
  "credential-missing": ["session-token-missing", "session-token-unexpected"],
  "credential-malformed": ["access-key-malformed", "service-wrong", "region-mismatch", "region-unknown"],
  "access-key-malformed": ["credential-malformed", "access-key-mismatch", "account-mismatch", "session-token-missing"],
  // A token for MemoryDB has no ResourceType, one for a serverless cache has: the wrong service explains either.
  "service-wrong": ["resource-type-unexpected", "resource-type-missing"],
  // It was looked for where the token is for.
  "region-mismatch": ["region-unknown", "cache-not-found"],
  "date-malformed": ["scope-date-mismatch"],
  "expires-malformed": ["expires-too-long", "expires-short"],
  // A token of a few seconds is soon over, and the short life is the mistake.
  "expires-short": ["expiring-soon"],
  "access-key-mismatch": ["signature-mismatch"],
  "signed-headers-wrong": ["signature-mismatch"],
  "session-token-missing": ["session-token-mismatch", "signature-mismatch"],
  "session-token-unexpected": ["session-token-mismatch", "signature-mismatch"],
  "session-token-mismatch": ["signature-mismatch"],
  // What is not there, or elsewhere, nobody reaches, and nothing is attached to it.
  "cache-not-found": [...unreached, "user-not-found", "group-not-attached", "user-not-in-group", "policy-cache-denied"],
  "cache-endpoint-differs": unreached,
  "cache-not-available": unreached,
  "clock-skew": ["expired", "not-yet-valid", "expiring-soon"],
  "credentials-refused": ["credentials-expired", "signature-mismatch"],
  "credentials-expired": ["expired", "expiring-soon", "credentials-end-early"],
  // Whoever logs in as such a user sends its password.
  "user-not-iam": ["not-a-token", "empty"],
};

/** Leaves out what follows from something else that was found. */
export function withoutConsequences<F extends { readonly rule: FindingId; readonly severity: string }>(
  findings: readonly F[],
): F[] {
  const left = new Set<FindingId>();
  for (const { rule, severity } of findings) {
    for (const consequence of explains[rule] ?? []) {
      // A warning, which may be about nothing, explains no error away.
      const stands = findings.some((finding) => finding.rule === consequence && finding.severity === "error");
      if (severity === "error" || !stands || rule === "access-key-mismatch") left.add(consequence);
    }
  }
  return findings.filter(({ rule }) => !left.has(rule));
}
