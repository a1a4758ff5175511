import type { Finding } from "../findings/finding.ts";
import type { Verdict } from "../probe/verdict.ts";
import type { Paper } from "../terminal/report.ts";
import { wrap } from "../terminal/wrap.ts";
import { findingText } from "./judgement-text.ts";

/** The causes below the sentence of the verdict, which has told one of them: its message is not repeated. */
export function causesText({ summary, causes }: Verdict, paper: Paper): readonly string[] {
  const [head, ...others] = causes;
  const text = (finding: Finding) => findingText(finding, paper, summary.endsWith(finding.message) ? "" : undefined);
  if (head?.rule !== "wrongpass" || others.length === 0) return causes.map(text);
  const sure = others.filter(({ likelihood }) => likelihood !== "possible");
  const possible = others.filter(({ likelihood }) => likelihood === "possible");
  const told = sure.filter(({ message }) => summary.endsWith(message));
  return [
    ...told.map(text),
    // What was told says why; of the refusal itself the server's words are left.
    told.length > 0 ? shortText(head, paper) : text(head),
    ...sure.filter((finding) => !told.includes(finding)).map(text),
    ...(possible.length > 0 ? [possibleText(possible, summary, paper)] : []),
  ];
}

function shortText({ severity, rule, message }: Finding, { colour, width }: Paper): string {
  const label = `${severity}[${rule}]:`;
  return wrap(`${label} ${message}`, width - 2, 2).replace(label, colour.red(label));
}

/** What may be and cannot be seen from here: there are many, so each has only what it is and the command that tells. */
export function possibleText(findings: readonly Finding[], summary: string, { colour, width }: Paper): string {
  const lines = findings.flatMap(({ rule, message, fix }) => {
    const [, lead = fix, command] = /^([^`]*?) *`([^`]*)`\.?$/.exec(fix) ?? [];
    const told = summary.endsWith(message) ? "" : `${message} `;
    const mark = `? ${rule}:`;
    const what = wrap(`${mark} ${told}${lead}`, width - 2, 2).replace(mark, colour.yellow(mark));
    // It is there to be copied, and so not broken.
    return command === undefined ? [what] : [what, `    ${command}`];
  });
  return [...lines, colour.dim("more: cacheauth rules ID")].join("\n");
}
