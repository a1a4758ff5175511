/**
 * From words to a command, and the only file that knows the argument parser. Chosen by measurement (import and one parse with
 * these flags in a Bun executable): arg 0.5 ms, type-flag 1.0, minimist 0.8, sade 1.4, cac 2.1, gunshi 2.2, citty 3.4,
 * commander 4 to 6. Faster ones take `--` or a missing value wrongly. arg parses alone; nesting stands here, help and
 * suggestions beside it.
 */
import arg from "arg";
import { commands, everyCommand } from "./cli-commands.ts";
import { surplusArgument, switchValue, unknownCommand, unknownFlag, unknownVerb, valueMissing } from "./cli-errors.ts";
import { answerPlainly, type Help, helpAsked, isVerbose, showHelp, showOverview, showVerbs } from "./cli-help.ts";
import { beforeDashes, commandFirst, tidied, undashed } from "./cli-words.ts";
import type { Command, Flag, Flags } from "./commands/command.ts";
import { request } from "./commands/completion/request.ts";
import { CacheauthError, shown } from "./errors.ts";
import type { Runtime } from "./runtime.ts";
import { type ColourChoice, wantsColour } from "./terminal/colour.ts";
import { asCacheauthError, createReport, type Report } from "./terminal/report.ts";
import { parseTime } from "./token/time.ts";
import { version } from "./version.ts";

/** Runs the command line; resolves to the exit code. Never rejects, never ends the process. */
export async function runCli(runtime: Runtime): Promise<number> {
  const { io, host } = runtime;
  if (host.arguments[0] === request) {
    const { answerCompletion } = await import("./completion/answer.ts");
    return answerCompletion(host.arguments.slice(1), commands, everyCommand, runtime);
  }
  const { words: argv, singleDash } = undashed(host.arguments);
  const [options] = beforeDashes(argv);
  // Before anything is parsed: what is wrong with the words is told in colour, or not, as well.
  const colour = colourIn(options);
  const report = createReport({
    io,
    json: options.includes("--json"),
    verbose: isVerbose(options),
    colour: (isTerminal) => wantsColour(colour, host.env, isTerminal),
    secrets: () => [host.env["AWS_SECRET_ACCESS_KEY"], host.env["AWS_SESSION_TOKEN"]],
  });
  try {
    return await dispatch(argv, singleDash, runtime, report);
  } catch (thrown) {
    const error = asCacheauthError(thrown);
    await report.error(error);
    return error.exitCode;
  }
}

async function dispatch(
  argv: readonly string[],
  singleDash: boolean,
  runtime: Runtime,
  report: Report,
): Promise<number> {
  const { io } = runtime;
  const { command: first, rest } = commandFirst(argv, everyCommand);
  const [before] = beforeDashes(rest);
  const help = helpAsked(before);
  if (first === undefined) {
    return rest.includes("--version")
      ? answerPlainly(io, `cacheauth ${version}\n`)
      : showOverview(runtime, help !== "none");
  }
  if (first === "help") {
    return rest[0] === undefined
      ? showOverview(runtime, true)
      : dispatch([...rest, "--help"], singleDash, runtime, report);
  }
  const entry = Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (!entry) throw await unknownCommand(first, Object.keys(commands));
  if ("verbs" in entry) {
    const verbs = await entry.verbs();
    const { command: verb, rest: behind } = commandFirst(rest, everyCommand);
    if (verb === undefined) return showVerbs(runtime, first, entry, verbs, help !== "none");
    const chosen = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (!chosen) throw await unknownVerb(verb, first, Object.keys(verbs));
    return runCommand(await chosen.load(), behind, help, singleDash, runtime, report);
  }
  return runCommand(await entry.load(), rest, help, singleDash, runtime, report);
}

async function runCommand(
  command: Command,
  rest: readonly string[],
  help: Help,
  singleDash: boolean,
  runtime: Runtime,
  report: Report,
): Promise<number> {
  const { io } = runtime;
  if (help !== "none") return showHelp(runtime, command, help);
  const [own, behind] = command.rest === undefined ? [rest, []] : beforeDashes(rest);
  const { values, words } = await parse(command, own);
  if (values["version"]) return answerPlainly(io, `cacheauth ${version}\n`);
  const surplus = words[command.words.length];
  if (surplus !== undefined) throw surplusArgument(command, surplus);
  checkColour(values["color"]);
  const handedOn = behind.length === 0 ? null : behind.slice(1);
  const at = typeof values["at"] === "string" ? parseTime(values["at"]) : undefined;
  return command.run({ runtime, report, flags: values, words, rest: handedOn, at, singleDash });
}

type Values = Record<string, string | boolean | readonly string[] | undefined>;

interface Parsed {
  readonly values: Values;
  readonly words: readonly string[];
}

async function parse(command: Command, argv: readonly string[]): Promise<Parsed> {
  const flags: Flags = { ...command.flags, ...everyCommand };
  const words = await tidied(argv, command.name, flags);
  const spec: Record<string, [typeof String] | typeof Boolean | string> = {};
  for (const [name, flag] of Object.entries(flags)) {
    spec[`--${name}`] = flag.takes === "switch" ? Boolean : [String];
    if (flag.short !== undefined) spec[`-${flag.short}`] = `--${name}`;
    if (flag.alias !== undefined) spec[`--${flag.alias}`] = `--${name}`;
  }
  let parsed: Record<string, unknown> & { _: string[] };
  try {
    parsed = arg(spec, { argv: [...words] });
  } catch (error) {
    throw await parseError(error as Error & { code?: string }, command, flags);
  }
  const values: Values = {};
  for (const [name, flag] of Object.entries(flags)) {
    const given = parsed[`--${name}`];
    if (flag.takes === "list") values[name] = manyTexts(name, flag, Array.isArray(given) ? given : []);
    else if (Array.isArray(given)) values[name] = oneText(name, flag, given);
    else if (flag.takes === "switch") values[name] = oneSwitch(name, given === true, words);
  }
  return { values, words: parsed._ };
}

/** The parser's errors have codes; the flag that each is about stands at the end of its message. */
async function parseError(error: Error & { code?: string }, command: Command, flags: Flags): Promise<Error> {
  const written = /: (?:.*: )?(-.*)$/s.exec(error.message)?.[1] ?? "";
  if (error.code === "ARG_UNKNOWN_OPTION") return unknownFlag(written, command.name, flags);
  const bare = (/^-+[\w-]+/.exec(written)?.[0] ?? written).replace(/^--?/, "");
  const name = Object.keys(flags).find(
    (key) => key === bare || flags[key]?.short === bare || flags[key]?.alias === bare,
  );
  const flag = name === undefined ? undefined : flags[name];
  return name !== undefined && flag !== undefined && error.code?.startsWith("ARG_MISSING")
    ? valueMissing(name, flag)
    : error;
}

function oneText(name: string, flag: Flag, all: readonly unknown[]): string {
  const [first, ...others] = all.map(String);
  if (first === undefined || first === "" || others.includes("")) throw valueMissing(name, flag);
  if (others.some((other) => other !== first)) {
    throw new CacheauthError(
      "flag-conflict",
      `--${name} is given more than once, with different values.`,
      "Keep one of them.",
    );
  }
  return first;
}

function manyTexts(name: string, flag: Flag, all: readonly unknown[]): readonly string[] {
  const texts = all.map(String);
  if (texts.includes("")) throw valueMissing(name, flag);
  return texts;
}

function oneSwitch(name: string, given: boolean, argv: readonly string[]): boolean {
  if (given && argv.some((word) => word.startsWith(`--${name}=`))) {
    throw switchValue(name);
  }
  return given;
}

function colourIn(options: readonly string[]): ColourChoice {
  for (const [index, word] of options.entries()) {
    const value = word === "--color" ? options[index + 1] : word.startsWith("--color=") ? word.slice(8) : undefined;
    if (isColourChoice(value)) return value;
  }
  return "auto";
}

function checkColour(value: Values[string]): void {
  if (value === undefined || isColourChoice(value)) return;
  throw new CacheauthError(
    "flag-value-invalid",
    `--color ${shown(String(value))} is unknown.`,
    "Say auto, always or never.",
  );
}

function isColourChoice(value: unknown): value is ColourChoice {
  return value === "auto" || value === "always" || value === "never";
}
