import type { Finding } from "../findings/finding.ts";
import type { FindingId } from "../findings/ids.ts";
import { findingOf, type LintResult } from "../lint/lint.ts";
import { type Found, valueSpan } from "../lint/rule.ts";
import { inWords } from "../token/duration.ts";
import { meantValue, type TokenFields } from "../token/fields.ts";
import { equalBytes } from "../token/search.ts";
import { formatTime } from "../token/time.ts";
import type { Key } from "./world.ts";

/** The key that a token names; null where it names none, or one that is not known. */
export function keyOf({ credential }: TokenFields, keys: readonly Key[]): Key | null {
  return keys.find(({ accessKeyId }) => accessKeyId === credential?.accessKeyId) ?? null;
}

/** What is wrong with the key that a token was signed with: not known, switched off, over, or of another session. */
export function keyFindings(result: LintResult, key: Key | null, keys: readonly Key[], at: Date): Finding[] {
  const { fields } = result.subject;
  if (!result.isToken || fields.credential === null) return [];
  const found = (rule: FindingId, what: Found) => findingOf(result.subject, rule, what);
  const credential = {
    parameter: "X-Amz-Credential",
    span: valueSpan(fields.parameters["X-Amz-Credential"]),
  } as const;
  if (key === null) {
    return [
      found("access-key-mismatch", {
        ...credential,
        severity: "error",
        message: `The token was signed with ${inWordsOf(fields.credential.accessKeyId)}, which is not known here${knownWords(keys)}.`,
        fix: "Sign with a key that is known here: check AWS_PROFILE, and which keys the environment has.",
      }),
    ];
  }
  const findings: Finding[] = [];
  const { accessKeyId, active, expiresAt } = key;
  if (!active) {
    findings.push(
      found("access-key-inactive", {
        ...credential,
        message: `The access key ${accessKeyId}, which signed the token, is switched off.`,
        fix: "Sign with the key that took its place, or switch this one on again.",
      }),
    );
  }
  findings.push(...sessionFindings(result, key));
  if (expiresAt !== null && expiresAt <= at) {
    const ago = Math.floor((at.getTime() - expiresAt.getTime()) / 1000);
    findings.push(
      found("credentials-expired", {
        ...credential,
        message: `The credentials that signed the token ended at ${formatTime(expiresAt)}, ${inWords(ago)} ago, and the token with them.`,
        fix: "Get new credentials, and sign a new token with them.",
      }),
    );
  } else if (expiresAt !== null && fields.expiresAt !== null && expiresAt < fields.expiresAt) {
    findings.push(
      found("credentials-end-early", {
        ...credential,
        likelihood: "certain",
        message: `The credentials that signed the token end at ${formatTime(expiresAt)}, before the token does at ${formatTime(fields.expiresAt)}.`,
        fix: "Refresh the credentials some time before they end, and sign with the new ones.",
      }),
    );
  }
  return findings;
}

function sessionFindings(result: LintResult, { accessKeyId, sessionToken }: Key): Finding[] {
  const parameter = result.subject.fields.parameters["X-Amz-Security-Token"];
  const [has, wants] = [meantValue(parameter), sessionToken ?? ""];
  if (equalBytes(new TextEncoder().encode(has), new TextEncoder().encode(wants))) return [];
  const message =
    has === ""
      ? `The token carries no session token, but the key ${accessKeyId} is good only with one.`
      : wants === ""
        ? `The token carries a session token, but the key ${accessKeyId} has none.`
        : `The session token in the token is not the one that belongs to the key ${accessKeyId}: it has ${has.length} characters, that one ${wants.length}.`;
  return [
    findingOf(result.subject, "session-token-mismatch", {
      message,
      fix: "Take key id, secret key and session token from one answer of AWS, and pass the token on untouched.",
      parameter: "X-Amz-Security-Token",
      span: valueSpan(parameter),
    }),
  ];
}

/** Ids are public; what stands in their place may be a secret key. */
function inWordsOf(accessKeyId: string): string {
  return /^A[KS]IA[A-Z0-9]{12,16}$/.test(accessKeyId) ? `the key ${accessKeyId}` : "another key";
}

function knownWords(keys: readonly Key[]): string {
  const [first, ...others] = keys.map(({ accessKeyId }) => accessKeyId);
  if (first === undefined) return ": no key is";
  return others.length > 2
    ? `, as ${first} and ${others.length} others are`
    : `; known: ${[first, ...others].join(", ")}`;
}
