import { withoutConsequences } from "../findings/explains.ts";
import type { Finding } from "../findings/finding.ts";
import type { Hash } from "../runtime.ts";
import type { Credentials } from "../token/sign.ts";
import { requestOf } from "../token/signed-request.ts";
import { type CheckOptions, checkSignature, type SignatureCheck } from "../token/verify.ts";
import { findingOf, inOrder, type LintResult } from "./lint.ts";
import { valueSpan } from "./rule.ts";

/** What lint found, with what recomputing the signature adds to it. */
export interface VerifyResult extends LintResult {
  readonly signature: SignatureCheck;
}

/** Why no signature can be recomputed, whatever the credentials; null where it can. */
export function whyUnreadable({ subject, isToken, findings }: LintResult): string | null {
  if (!isToken) return "There is no token to check.";
  if (findings.some(({ rule }) => rule === "truncated"))
    return "The token is cut, and its signature is over the whole.";
  const claim = requestOf(subject.token, subject.fields, "");
  return claim.request === null ? claim.reason : null;
}

/** Where nothing can be checked, and why. */
export function notVerified(result: LintResult, reason: string): VerifyResult {
  return { ...result, signature: { status: "not-checked", reason, variant: null } };
}

/** Recomputes the signature with these credentials, in constant time, and joins what follows to the findings. */
export function verify(
  result: LintResult,
  credentials: Credentials,
  hash: Hash,
  options: CheckOptions = {},
): VerifyResult {
  const unreadable = whyUnreadable(result);
  if (unreadable !== null) return notVerified(result, unreadable);
  const { token, fields, expected } = result.subject;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const known = {
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    endpoint: expected.endpoint,
    name: expected.name,
    user: expected.user,
  };
  const signature = checkSignature(token, fields, known, hash, options);
  const added = findingsOf(result, signature, accessKeyId, options.search ?? true);
  const replaced = new Set(added.map(({ rule }) => rule));
  const findings = [...result.findings.filter(({ rule }) => !replaced.has(rule)), ...added];
  return { ...result, findings: inOrder(withoutConsequences(findings)), signature };
}

function findingsOf(
  { subject, findings }: LintResult,
  signature: SignatureCheck,
  accessKeyId: string,
  searched: boolean,
): Finding[] {
  const { fields } = subject;
  const credential = fields.parameters["X-Amz-Credential"];
  if (signature.status === "not-checked" && fields.credential?.accessKeyId !== accessKeyId) {
    return [
      findingOf(subject, "access-key-mismatch", {
        message: signature.reason,
        fix: "Verify with the credentials that signed it: --profile, --role-arn or the keys in the environment.",
        likelihood: "certain",
        parameter: "X-Amz-Credential",
        span: valueSpan(credential),
      }),
    ];
  }
  if (signature.status !== "mismatch") return [];
  const unexpected = findings.find(({ rule }) => rule === "parameter-unexpected");
  if (unexpected && signature.variant?.id === "parameter-added") {
    // Without it the signature matches: what was a warning is the cause.
    const { message, fix } = signature.variant;
    return [{ ...unexpected, severity: "error", likelihood: "certain", message, fix }];
  }
  return [
    findingOf(subject, "signature-mismatch", {
      message: signature.variant
        ? `The signature does not match. ${signature.variant.message}`
        : `The signature does not match${searched ? ", and no known mistake reproduces it" : ""}: another secret key signed, or the token was changed afterwards.`,
      fix:
        signature.variant?.fix ??
        "Compare the secret key that the program uses with the one at hand (a space, a line ending, an older key), and pass the token on untouched.",
      parameter: "X-Amz-Signature",
      span: valueSpan(fields.parameters["X-Amz-Signature"]),
    }),
  ];
}
