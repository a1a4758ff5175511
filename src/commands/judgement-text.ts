import type { Finding } from "../findings/finding.ts";
import type { Judgement } from "../lint/judgement.ts";
import { kinds } from "../target/kinds.ts";
import { caretLines } from "../terminal/caret.ts";
import type { Paper } from "../terminal/report.ts";
import { wrap } from "../terminal/wrap.ts";
import { inWords } from "../token/duration.ts";

/** What lint found, in words: the token in a line, each finding with its place and its fix, and a count. */
export function lintText(judgement: Judgement, paper: Paper): string {
  const next = "The signature was not recomputed: cacheauth verify does that, with the signer's credentials.";
  return judgementText(judgement, paper, next);
}

/** The same for lint and verify; `next` is what is left to do where no error was found. */
export function judgementText(judgement: Judgement, paper: Paper, next: string): string {
  return `${[...headLines(judgement, paper), ...judgement.findings.map((finding) => findingText(finding, paper)), footText(judgement, paper, next)].join("\n\n")}\n`;
}

/** One finding: what is there, where, what to do, and where to read more. Without its message where that was just told. */
export function findingText(finding: Finding, { colour, width }: Paper, message = finding.message): string {
  const paint = { error: colour.red, warning: colour.yellow, info: colour.dim }[finding.severity];
  const doubt = finding.likelihood === "certain" ? "" : ` (${finding.likelihood})`;
  // A colon with nothing after it looks cut off.
  const label = `${finding.severity}[${finding.rule}]${doubt}${message === "" ? "" : ":"}`;
  // What is only for information asks for nothing, and takes a line.
  if (finding.severity === "info")
    return wrap(`${label} ${finding.message}`, width - 2, 2).replace(label, paint(label));
  const lines = [wrap(`${label} ${message}`.trimEnd(), width - 2, 2).replace(label, paint(label))];
  if (finding.place) {
    const [text, carets] = caretLines(finding.place, Math.max(width - 4, 10));
    lines.push(`    ${text}`, `    ${paint(carets)}`);
  }
  lines.push(`  ${fixText(finding.fix, width).replace("fix:", colour.bold("fix:"))}`);
  lines.push(`  ${colour.dim(`more: ${finding.docs}`)}`);
  return lines.join("\n");
}

/** A command, between backticks, stands on a line of its own that is not broken: it is there to be copied. */
function fixText(fix: string, width: number): string {
  return `fix: ${fix}`
    .split(/ *`([^`]*)`\.? */)
    .map((part, index) => (index % 2 === 1 ? part : wrap(part, width - 7, 7)))
    .filter((part) => part !== "")
    .join("\n       ");
}

function headLines({ decoded, expected, findings }: Judgement, { width }: Paper): string[] {
  if (!decoded) return [];
  const { kind, name, user, region, secondsLeft, issuedAt } = decoded;
  // What it says of its life counts for nothing where that is longer than AWS takes.
  const status = findings.some(({ rule }) => rule === "expires-too-long") ? "unknown" : decoded.status;
  const wanted = expected?.target?.kind ?? kind;
  // What it is for is known then, and what it says is only how it was signed.
  const signed = wanted === kind ? "a token for" : "a token signed as for";
  const what = kind === null ? "a token for" : `${signed} the ${kinds[kind].label}`;
  const whom = user === null ? "" : ` as the user ${user}`;
  const when =
    status === "valid" && secondsLeft !== null
      ? `, good for another ${inWords(secondsLeft)}`
      : status === "expired" && secondsLeft !== null
        ? `, over for ${inWords(-secondsLeft)}`
        : issuedAt === null
          ? ""
          : `, dated ${issuedAt}`;
  return [
    wrap(
      `${name === null && kind === null ? "a token" : what}${name === null ? "" : ` ${name}`}${region === null ? "" : ` in ${region}`}${whom}${when}`,
      width,
    ),
  ];
}

function footText({ ok, counts, expected, decoded }: Judgement, { colour, width }: Paper, next: string): string {
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;
  const infos = counts.info === 0 ? "" : `, ${counts.info} for information`;
  const total = `${count(counts.error, "error")}, ${count(counts.warning, "warning")}${infos}${!ok && counts.error === 0 ? " (--strict: warnings count)" : ""}`;
  const painted =
    counts.error > 0 ? colour.red(total) : counts.warning > 0 ? colour.yellow(total) : colour.green(total);
  const compare =
    expected === null && decoded !== null
      ? [wrap("It was compared with nothing: --endpoint and -u say what it should be for.", width)]
      : [];
  const left = counts.error === 0 && next !== "" ? [wrap(next, width)] : [];
  return [...compare, ...left, painted].join("\n");
}
