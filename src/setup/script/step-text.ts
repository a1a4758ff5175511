import { doubleQuoted, manyLines, oneLine, shellQuoted } from "./shell-words.ts";
import type { Step, Words } from "./step.ts";

type Check = Step["checks"][number];

/** A step: its description as a function, then what is done where it is there and where it is not. */
export function stepText(step: Step): string {
  const look = `look_${step.id}`;
  const checks = step.checks.map((check) => checkText(check, step));
  const wait = step.status === null ? [] : [`ready ${look} --query ${doubleQuoted(step.status)}`];
  return [
    `# ${step.about}`,
    `${look}() {`,
    `  ${oneLine(step.look)} "$@"`,
    "}",
    ...(step.make === null ? mustExist(step, look, checks, wait) : makeOrCheck(step, step.make, look, checks, wait)),
    ...wait,
  ].join("\n");
}

function mustExist({ what }: Step, look: string, checks: readonly string[][], wait: readonly string[]): string[] {
  const missing = `${what} does not exist: run cacheauth setup without it in --existing`;
  return [`there ${look} || stop ${shellQuoted(missing)}`, ...wait, ...checks.flat()];
}

function makeOrCheck(
  { what }: Step,
  make: Words,
  look: string,
  checks: readonly string[][],
  wait: readonly string[],
): string[] {
  return [
    `if there ${look}; then`,
    `  say ${shellQuoted(`${what} is there already`)}`,
    // An earlier run may have been stopped while it was being made.
    ...[...wait, ...checks.flat()].map((line) => `  ${line}`),
    "else",
    `  say ${shellQuoted(`making ${what}`)}`,
    `${manyLines(make, "  ")} >/dev/null`,
    "fi",
  ];
}

function checkText({ ask, good, changeable, change, otherwise }: Check, { id, what }: Step): string[] {
  const command = typeof ask === "string" ? `look_${id} --query ${doubleQuoted(ask)}` : oneLine(ask);
  const stays = good.length === 0 ? [] : [`  ${good.map((word) => oneLine([word])).join(" | ")}) ;;`];
  const changes =
    change === null
      ? []
      : [
          `  ${changeable.map((word) => (word === "*" ? word : shellQuoted(word))).join(" | ")})`,
          `    say ${shellQuoted(`changing ${what}`)}`,
          `${manyLines(change, "    ")} >/dev/null`,
          "    ;;",
        ];
  // The words of `otherwise` may hold $answer, which the shell fills in, and nothing else that it would.
  const stops = changeable.includes("*") ? [] : [`  *) stop "${otherwise}" ;;`];
  return [`answer=$(${command} --output text)`, "case $answer in", ...stays, ...changes, ...stops, "esac"];
}
