import { doubleQuoted, manyLines, oneLine, shellQuoted } from "./shell-words.ts";
import type { Step } from "./step.ts";

export type Check = Step["checks"][number];

/** Stops where an answer is none that can stay or be changed. */
export function stopText(check: Check, step: Step): string[] {
  const { changeable, otherwise } = check;
  if (changeable.includes("*")) return [];
  // What may hold $answer, which the shell fills in, and nothing else that it would.
  return caseText(check, step, [...good(check, changeable), `  *) stop "${otherwise}" ;;`]);
}

/** Changes what the answer says is not as it should be. */
export function changeText(check: Check, step: Step): string[] {
  const { change, wanted, warns } = check;
  if (change === null) return [];
  return caseText(check, step, [
    ...good(check, []),
    "  *)",
    `    say ${shellQuoted(`changing ${step.what}${warns === undefined ? "" : `: ${warns}`}`)}`,
    `${manyLines(change, "    ")} >/dev/null`,
    ...(wanted === undefined ? [] : [`    told ${shellQuoted(wanted)} ${command(check, step)}`]),
    "    ;;",
  ]);
}

function caseText(check: Check, step: Step, cases: readonly string[]): string[] {
  return [`answer=$(${command(check, step)} --output text)`, "case $answer in", ...cases, "esac"];
}

function command({ ask }: Check, { id }: Step): string {
  return typeof ask === "string" ? `look_${id} --query ${doubleQuoted(ask)}` : oneLine(ask);
}

function good({ good }: Check, more: readonly string[]): string[] {
  const words = [...good, ...more].map((word) => oneLine([word]));
  return words.length === 0 ? [] : [`  ${words.join(" | ")}) ;;`];
}
