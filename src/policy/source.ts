import type { Place } from "../findings/finding.ts";
import type { PolicyDocument, StatementPlace } from "./document.ts";
import { type Span, stringSpan } from "./json-spans.ts";

/** The text that a policy was read from. */
export interface PolicySource {
  readonly text: string;
  /** Where each of its statements stands in it. */
  readonly statements: readonly Span[];
  /** Its lines are those that a person sees: it was not taken out of a string, or decoded. */
  readonly hasLines: boolean;
}

/** How much of a line is shown around what a finding is about. */
const before = 32;
const longest = 100;
const after = 24;

/**
 * The piece of a policy's text where a statement has a value or a name; null where the policy was not read from a text. What
 * cannot be seen becomes U+FFFD, so that positions stay true.
 */
export function placeIn(documents: readonly PolicyDocument[], at: StatementPlace, value: string): Place | null {
  const source = documents[at.document]?.source;
  const statement = source?.statements[at.statement];
  const span = source && statement && stringSpan(source.text, statement, value);
  if (!span) return null;
  const line = lineAround(source.text, span);
  const from = Math.max(line.from, span.from - before);
  const to = Math.min(span.to, span.from + longest);
  const end = Math.min(line.to, to + after);
  const [lead, tail] = [from > line.from ? "…" : "", end < line.to ? "…" : ""];
  const shown = `${lead}${source.text.slice(from, end)}${tail}`.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd");
  return { text: shown, from: lead.length + span.from - from, to: lead.length + to - from };
}

/** The line that a statement begins in, counted from 1; null where the text has one line alone, or not those that a person sees. */
export function lineOf(source: PolicySource | null, statement: number): number | null {
  const span = source?.statements[statement];
  if (!source?.hasLines || !span || !source.text.trim().includes("\n")) return null;
  return source.text.slice(0, span.from).split("\n").length;
}

/** Without the white space around it. */
function lineAround(text: string, { from, to }: Span): Span {
  const start = text.lastIndexOf("\n", from) + 1;
  const stop = text.indexOf("\n", to);
  const line = text.slice(start, stop < 0 ? text.length : stop);
  return { from: start + line.length - line.trimStart().length, to: start + line.trimEnd().length };
}
