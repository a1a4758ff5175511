import { changeText, stopText } from "./check-text.ts";
import { doubleQuoted, manyLines, oneLine, shellQuoted } from "./shell-words.ts";
import type { Step, Words } from "./step.ts";

/** What is there, and that it can stay or be changed as is wanted. Nothing is made or changed yet: a look costs nothing. */
export function lookText(step: Step): string {
  return [...lookFunction(step), ...(step.make === null ? mustBeThere(step) : mayBeThere(step))].join("\n");
}

/** What is done: made where it is missing, changed where it was said to exist. Null where nothing is to do. */
export function stepText(step: Step): string | null {
  const { about, make, checks } = step;
  if (make !== null) return [`# ${about}`, ...makeText(step, make)].join("\n");
  const changes = checks.filter(({ change }) => change !== null);
  if (changes.length === 0) return null;
  return [`# ${about}`, ...changes.flatMap((check) => changeText(check, step)), ...waitText(step)].join("\n");
}

function mustBeThere(step: Step): string[] {
  const missing = `${step.what} does not exist: run cacheauth setup without it in --existing`;
  return [`there look_${step.id} || stop ${shellQuoted(missing)}`, ...comparison(step)];
}

function mayBeThere(step: Step): string[] {
  const { id, what } = step;
  return [
    `if there look_${id}; then`,
    `  ${id}_is=there`,
    `  say ${shellQuoted(`${what} is there already`)}`,
    ...comparison(step).map((line) => `  ${line}`),
    "else",
    `  ${id}_is=missing`,
    "fi",
  ];
}

/** An earlier run may have been stopped while it was being made: it is waited for. */
function comparison(step: Step): string[] {
  return [...waitText(step), ...step.checks.flatMap((check) => stopText(check, step))];
}

function makeText(step: Step, make: Words): string[] {
  const { id, what } = step;
  return [
    `if [ "$${id}_is" = missing ]; then`,
    `  say ${shellQuoted(`making ${what}`)}`,
    `${manyLines(make, "  ")} >/dev/null`,
    ...waitText(step).map((line) => `  ${line}`),
    "fi",
  ];
}

function lookFunction({ id, look }: Step): string[] {
  return [`look_${id}() {`, `  ${oneLine(look)} "$@"`, "}"];
}

function waitText({ id, status }: Step): string[] {
  return status === null ? [] : [`ready look_${id} --query ${doubleQuoted(status)}`];
}
