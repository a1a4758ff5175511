/** The whole of an examination as Markdown, for a ticket: without secrets, and nothing from outside is markup in it. */
import type { Notice } from "../../errors.ts";
import type { Finding } from "../../findings/finding.ts";
import type { Host } from "../../runtime.ts";
import type { Kind } from "../../target/kinds.ts";
import { escapeForeignIn } from "../../terminal/escape.ts";
import { formatTime } from "../../token/time.ts";
import { version } from "../../version.ts";
import type { Step } from "../../walk/step.ts";
import { learntRows } from "../learnt.ts";
import { writeTokenFile } from "../token-file.ts";
import { milliseconds } from "../waterfall.ts";
import { learnt } from "./learnt.ts";
import { type DoctorAnswer, headLine } from "./text.ts";

/** What a report is made of. */
interface Reported {
  readonly answer: DoctorAnswer & { readonly notices: readonly Notice[] };
  readonly stages: readonly Step[];
  /** What made it. */
  readonly line: string;
}

/** Rejects as writing a token does, with the codes `output-…`. */
export async function writeReport(path: string, reported: Reported, host: Host): Promise<void> {
  await writeTokenFile(path, reportOf(reported, host.now()), host);
}

function reportOf({ answer, stages, line }: Reported, at: Date): string {
  const { target, verdict, checks, notices } = escapeForeignIn(answer) as Reported["answer"];
  const kind = target?.kind ?? null;
  const lines = [
    `# ${markdown(headLine(answer))}`,
    `cacheauth ${version}, ${formatTime(at)}, by \`${line}\``,
    ...notices.map(({ message }) => `- notice: ${markdown(message)}`),
    `**${markdown(verdict.summary)}**`,
    ...verdict.causes.map(findingOf),
    "## Checks",
    tableOf(
      "check",
      checks.map((check) => checkRow(check, kind)),
    ),
    "## Stages of the connection",
    tableOf("stage", (escapeForeignIn(stages) as readonly Step[]).map(stageRow)),
  ];
  return `${lines.join("\n\n")}\n`;
}

function findingOf({ severity, rule, likelihood, message, fix }: Finding): string {
  return `- **${severity} \`${rule}\`** (${likelihood}): ${markdown(message)}\n  - ${withCommands(fix)}`;
}

function tableOf(head: string, rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line([head, "status", "took", "what it found"]), line(["---", "---", "---", "---"]), ...rows.map(line)].join(
    "\n",
  );
}

function checkRow(step: Step, kind: Kind | null): readonly string[] {
  const told = [learnt(step, kind), ...step.findings.map(({ rule, message }) => `${rule}: ${message}`)].filter(Boolean);
  return [...headCells(step), markdown(told.join(" · "))];
}

function stageRow(stage: Step): readonly string[] {
  const rows = learntRows([stage]).map(([label, value]) => `${label}: ${value}`);
  return [...headCells(stage), markdown(rows.join(" · "))];
}

function headCells({ name, status, durationMs }: Step): readonly string[] {
  return [name, status, status === "skipped" ? "" : milliseconds(durationMs).trim()];
}

/** A command stands between backticks, to be copied as it is. */
function withCommands(fix: string): string {
  return fix
    .split("`")
    .map((part, index) => (index % 2 === 1 ? `\`${part}\`` : markdown(part)))
    .join("");
}

/** Within a line these are Markdown's and HTML's signs: a server's words and AWS's are shown as they stand. */
function markdown(text: string): string {
  const html = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return html.replace(/[\\`*_[\]~|]/g, "\\$&").replace(/:\/\//g, ":\\//");
}
