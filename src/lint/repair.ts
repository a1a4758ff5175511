import type { Finding } from "../findings/finding.ts";
import type { FindingId } from "../findings/ids.ts";
import { isFine, type LintResult } from "./lint.ts";

/** What only stood around the token, or was done to it as a whole: taking it off changes nothing that was signed. */
const repairable: readonly FindingId[] = [
  "surrounding-whitespace",
  "embedded-whitespace",
  "quoted",
  "escaped",
  "scheme-prefix",
];

/**
 * The token as it should be sent, if only its wrapping was wrong; null where anything else is. A token without a fault is
 * its own repair.
 */
export function repairedOf({ subject, findings, isToken }: LintResult, strict: boolean): string | null {
  return isToken && isFine(unrepairable(findings), strict) ? subject.token.text : null;
}

/** What is no matter of wrapping. */
export function unrepairable(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ rule }) => !repairable.includes(rule));
}
