import { type Check, changeText, stopText } from "./check-text.ts";
import { doubleQuoted, manyLines, oneLine, shellQuoted } from "./shell-words.ts";
import type { Step, Words } from "./step.ts";

/** Of a step whose thing exists: that it does, and that it can be changed as is wanted. Nothing is changed yet. */
export function existingText(step: Step): string {
  const missing = `${step.what} does not exist: run cacheauth setup without it in --existing`;
  return [
    ...lookFunction(step),
    `there look_${step.id} || stop ${shellQuoted(missing)}`,
    ...waitText(step),
    ...step.checks.flatMap((check) => stopText(check, step)),
  ].join("\n");
}

/** What is done: changed where it exists; else looked for, and made where it is missing. Null where nothing is to do. */
export function stepText(step: Step): string | null {
  const { about, make, checks } = step;
  if (make !== null) {
    return [`# ${about}`, ...lookFunction(step), ...makeOrCheck(step, make), ...waitText(step)].join("\n");
  }
  const changes = checks.filter(({ change }) => change !== null);
  if (changes.length === 0) return null;
  return [`# ${about}`, ...changes.flatMap((check) => changeText(check, step)), ...waitText(step)].join("\n");
}

function makeOrCheck(step: Step, make: Words): string[] {
  const { id, what, checks } = step;
  // An earlier run may have been stopped while it was being made.
  const inside = [...waitText(step), ...checks.flatMap((check: Check) => stopText(check, step))];
  return [
    `if there look_${id}; then`,
    `  say ${shellQuoted(`${what} is there already`)}`,
    ...inside.map((line) => `  ${line}`),
    "else",
    `  say ${shellQuoted(`making ${what}`)}`,
    `${manyLines(make, "  ")} >/dev/null`,
    "fi",
  ];
}

function lookFunction({ id, look }: Step): string[] {
  return [`look_${id}() {`, `  ${oneLine(look)} "$@"`, "}"];
}

function waitText({ id, status }: Step): string[] {
  return status === null ? [] : [`ready look_${id} --query ${doubleQuoted(status)}`];
}
