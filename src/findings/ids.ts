/**
 * Every finding that cacheauth knows, by its permanent id, in the order in which they are told, with the severities that
 * it can have, the usual one first. What each means stands in the catalogue; only the ids are loaded to judge a token.
 */
const error = ["error"] as const;
const warning = ["warning"] as const;
const info = ["info"] as const;
const errorOrWarning = ["error", "warning"] as const;
const warningOrError = ["warning", "error"] as const;
const infoOrError = ["info", "error"] as const;

export const findingIds = {
  // What was pasted.
  empty: error,
  "not-a-token": error,
  "too-long": error,
  "scheme-prefix": error,
  "surrounding-whitespace": error,
  "embedded-whitespace": error,
  quoted: error,
  escaped: error,
  "url-unescaped": error,
  truncated: error,
  fragment: error,
  "bad-percent-encoding": error,
  "double-encoded": error,
  "unencoded-value": warningOrError,
  "auth-without-user": error,
  unwrapped: infoOrError,
  "final-newline-dropped": info,
  // The name.
  "name-missing": error,
  "name-is-endpoint": error,
  "name-has-port": error,
  "name-not-lowercase": error,
  "name-invalid": warning,
  "path-unexpected": errorOrWarning,
  "name-mismatch": error,
  // The parameters.
  "action-missing": error,
  "action-wrong": error,
  "user-missing": error,
  "user-invalid": errorOrWarning,
  "user-mismatch": error,
  "resource-type-wrong": error,
  "resource-type-missing": error,
  "resource-type-unexpected": error,
  "parameter-duplicate": error,
  "parameter-unexpected": warningOrError,
  // The signature's frame.
  "algorithm-wrong": error,
  "credential-missing": error,
  "credential-malformed": error,
  "access-key-malformed": warningOrError,
  "service-wrong": error,
  "region-mismatch": error,
  "region-unknown": warning,
  "date-missing": error,
  "date-malformed": error,
  "scope-date-mismatch": error,
  "expires-missing": error,
  "expires-malformed": error,
  "expires-too-long": error,
  "expires-short": warning,
  "signed-headers-wrong": error,
  "signature-missing": error,
  "signature-malformed": error,
  "session-token-missing": error,
  "session-token-unexpected": error,
  "access-key-mismatch": warningOrError,
  "account-mismatch": warning,
  // The clock.
  expired: error,
  "not-yet-valid": errorOrWarning,
  "expiring-soon": warning,
  // The signature.
  "signature-mismatch": error,
  // Live.
  "name-not-found": error,
  "connect-refused": error,
  "connect-timeout": error,
  "connect-unreachable": error,
  "closed-early": error,
  "no-answer": error,
  "tls-off": error,
  "tls-silent": error,
  "tls-not-spoken": error,
  "tls-required": error,
  "tls-version": error,
  "certificate-untrusted": error,
  "certificate-expired": error,
  "certificate-name-mismatch": error,
  "certificate-not-amazon": warning,
  "client-certificate-required": error,
  "not-redis": error,
  "server-is-sentinel": error,
  "server-loading": error,
  "max-clients": error,
  "protected-mode": error,
  "reply-unexpected": error,
  wrongpass: error,
  noauth: error,
  "auth-inside-multi": error,
  "iam-throttled": error,
  "iam-unavailable": error,
  "user-differs": error,
  "acl-blocks-start": warning,
  "closed-after-auth": error,
  // Around it.
  "credentials-missing": error,
  "credentials-expired": error,
  "clock-skew": error,
  "engine-too-old": error,
  "default-user-open": warning,
  // AWS's records.
  "access-key-inactive": error,
  "session-token-mismatch": error,
  "credentials-end-early": warning,
  "user-not-found": error,
  "user-not-iam": error,
  "user-id-name-differ": error,
  "user-off": error,
  "user-not-in-group": error,
  "group-not-attached": error,
  // The policy.
  "policy-document-invalid": error,
  "policy-action": error,
  "policy-explicit-deny": error,
  "policy-condition-unmet": error,
  "policy-cache-denied": error,
  "policy-user-denied": error,
  "policy-arn-shape": errorOrWarning,
  "policy-condition-unsupported": warningOrError,
  "policy-condition-unknown": warning,
  "policy-too-wide": warning,
} as const satisfies Readonly<Record<string, readonly Severity[]>>;

export type Severity = "error" | "warning" | "info";

/** The permanent id of a finding. */
export type FindingId = keyof typeof findingIds;
