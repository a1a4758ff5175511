/** The whole of an examination as Markdown, for a ticket: without secrets, and nothing from outside is markup in it. */
import type { Finding } from "../../findings/finding.ts";
import type { Host } from "../../runtime.ts";
import { escapeForeignIn } from "../../terminal/escape.ts";
import { formatTime } from "../../token/time.ts";
import { version } from "../../version.ts";
import type { Step } from "../../walk/step.ts";
import { writeTokenFile } from "../token-file.ts";
import { milliseconds } from "../waterfall.ts";
import { learnt } from "./learnt.ts";
import { type DoctorAnswer, headLine } from "./text.ts";

/** Rejects as writing a token does, with the codes `output-…`. */
export async function writeReport(
  path: string,
  answer: DoctorAnswer,
  stages: readonly Step[],
  host: Host,
): Promise<void> {
  await writeTokenFile(path, reportOf(answer, stages, host.now()), host);
}

function reportOf(answer: DoctorAnswer, stages: readonly Step[], at: Date): string {
  const { verdict, checks } = escapeForeignIn(answer) as DoctorAnswer;
  const lines = [
    `# ${markdown(headLine(answer))}`,
    `cacheauth ${version}, ${formatTime(at)}`,
    `**${markdown(verdict.summary)}**`,
    ...verdict.causes.map(findingOf),
    "## Checks",
    tableOf(checks),
    "## Stages of the connection",
    tableOf(escapeForeignIn(stages) as readonly Step[]),
  ];
  return `${lines.join("\n\n")}\n`;
}

function findingOf({ severity, rule, likelihood, message, fix }: Finding): string {
  return `- **${severity} \`${rule}\`** (${likelihood}): ${markdown(message)}\n  - ${markdown(fix)}`;
}

function tableOf(steps: readonly Step[]): string {
  const rows = steps.map((step) => {
    const { name, status, durationMs, findings } = step;
    const told = [learnt(step), ...findings.map(({ rule, message }) => `${rule}: ${message}`)].filter(Boolean);
    return `| ${name} | ${status} | ${status === "skipped" ? "" : milliseconds(durationMs).trim()} | ${markdown(told.join(" · "))} |`;
  });
  return ["| check | status | took | what it found |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** Markdown's signs and HTML's are escaped: a server's words and AWS's are shown as they stand. */
function markdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+!|~-]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}
