import { withoutConsequences } from "../findings/explains.ts";
import { countFindings, type Finding } from "../findings/finding.ts";
import type { FindingId } from "../findings/ids.ts";
import { makeFinding } from "../findings/make-finding.ts";
import { readFields } from "../token/fields.ts";
import { parseTokenText } from "../token/parse.ts";
import { readPasted } from "../token/pasted/read-pasted.ts";
import { withPasted } from "./expected.ts";
import { placeOf } from "./place.ts";
import { rules } from "./registry.ts";
import type { Expected, Found, Subject } from "./rule.ts";
import { empty } from "./rules/empty.ts";
import { notAToken } from "./rules/not-a-token.ts";
import { tooLong } from "./rules/too-long.ts";

/** Four times what a server reads: what is longer has that fault, and others do not matter. Keeps a megabyte cheap. */
const mostJudged = 65_536;

/** What is to be judged, and against what. */
export interface LintRequest {
  /** As it was pasted, whatever it is. */
  readonly bytes: Uint8Array;
  readonly expected: Expected;
  readonly at: Date;
  readonly finalNewlineDropped?: boolean;
}

/** What was found, errors first, and what it was found in. */
export interface LintResult {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
  /** Whether there was anything of a token to look at. */
  readonly isToken: boolean;
}

/** Judges what was pasted by every rule, and leaves out what merely follows from something found. Never throws. */
export function lint(request: LintRequest): LintResult {
  const subject = subjectOf(request);
  const first = [empty, notAToken].flatMap((rule) =>
    rule.check(subject).map((found) => findingOf(subject, rule.id, found)),
  );
  if (first.length > 0) return { subject, findings: first.slice(0, 1), isToken: false };
  if (subject.pasted.text.length > mostJudged) {
    const found = tooLong.check(subject).map((found) => findingOf(subject, tooLong.id, found));
    return { subject, findings: found, isToken: true };
  }
  const all = rules.flatMap((rule) => rule.check(subject).map((found) => findingOf(subject, rule.id, found)));
  return { subject, findings: inOrder(withoutConsequences(all)), isToken: true };
}

/** A finding as it is shown, out of what a rule found. */
export function findingOf({ token }: Pick<Subject, "token">, rule: FindingId, found: Found): Finding {
  const { span, ...told } = found;
  return makeFinding(rule, { ...told, place: span ? placeOf(token, span) : null });
}

/** Errors, then warnings, then the rest; within each as the registry has them. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return (["error", "warning", "info"] as const).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
}

/** Whether there is no error; under `strict`, no warning either. */
export function isFine(findings: readonly Finding[], strict: boolean): boolean {
  const { error, warning } = countFindings(findings);
  return error === 0 && (!strict || warning === 0);
}

function subjectOf({ bytes, expected, at, finalNewlineDropped = false }: LintRequest): Subject {
  const pasted = readPasted(bytes);
  const token = parseTokenText(pasted.text.slice(0, mostJudged));
  const fields = readFields(token);
  return { pasted, token, fields, expected: withPasted(expected, pasted), at, finalNewlineDropped };
}
