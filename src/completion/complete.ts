import { everyCommandOf, type Tree } from "../cli-commands.ts";
import { commandFirst, flagOf } from "../cli-words.ts";
import type { Command, Flags } from "../commands/command.ts";
import type { Runtime } from "../runtime.ts";
import { type ReadWords, readWords } from "./read-words.ts";
import { nothing, plainWords, type SuggestedWord, type Suggestion, suggested } from "./suggestion.ts";
import { argumentWords, flagValue } from "./values.ts";

export interface CommandLine {
  readonly tree: Tree;
  readonly everyCommand: Flags;
  /** The words before the current one, without the program's name. */
  readonly before: readonly string[];
  /** The word that the cursor is in, up to the cursor; empty between words. */
  readonly current: string;
}

/**
 * What may stand at the cursor, out of what the commands say of themselves. Not only what begins with the current word: shells
 * have ways of their own to find words.
 */
export async function complete(line: CommandLine, runtime: Runtime): Promise<Suggestion> {
  const { tree, everyCommand, before, current } = line;
  const { command: first, rest } = commandFirst(before, everyCommand);
  if (first === undefined) {
    const help = { word: "help", about: "what a command is for" };
    return (await besideNames(line, rest, runtime)) ?? suggested([...named(tree), help]);
  }
  if (first === "help") return helpWords(tree, rest);
  const entry = Object.hasOwn(tree, first) ? tree[first] : undefined;
  if (entry === undefined) return nothing;
  if (!("verbs" in entry)) return inCommand(await entry.load(), rest, current, runtime);
  const verbs = await entry.verbs();
  const { command: verb, rest: behind } = commandFirst(rest, everyCommand);
  if (verb === undefined) return (await besideNames(line, behind, runtime)) ?? suggested(named(verbs));
  const chosen = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  return chosen ? inCommand(await chosen.load(), behind, current, runtime) : nothing;
}

/** Where a name is due, and a flag of every command is begun. */
async function besideNames(
  { everyCommand, current }: CommandLine,
  words: readonly string[],
  runtime: Runtime,
): Promise<Suggestion | null> {
  const read = readWords(words, everyCommand);
  return (await valueAt(read, everyCommand, current, runtime)) ?? flagsAt(read, everyCommand, current);
}

async function inCommand(
  command: Command,
  words: readonly string[],
  current: string,
  runtime: Runtime,
): Promise<Suggestion> {
  const flags = { ...command.flags, ...everyCommandOf(command) };
  const read = readWords(words, flags);
  if (read.isBehindDashes && command.rest !== undefined) return { ...nothing, shell: "command" };
  const flag = (await valueAt(read, flags, current, runtime)) ?? flagsAt(read, flags, current);
  if (flag !== null) return flag;
  const argument = await argumentWords(command, read.args, runtime);
  // Between words, where nothing is known of the argument, the flags are what can be told.
  if (argument.length > 0 || current !== "" || read.isBehindDashes) return suggested(argument);
  return flagsAt(read, flags, "--") ?? nothing;
}

/** A flag's value, as a word of its own or behind the equals sign. */
async function valueAt(
  { open, isBehindDashes }: ReadWords,
  flags: Flags,
  current: string,
  runtime: Runtime,
): Promise<Suggestion | null> {
  if (open !== null) return flagValue(open, current, "", runtime);
  const [, name = "", value = ""] = /^(-[^=]+)=(.*)$/s.exec(isBehindDashes ? "" : current) ?? [];
  if (name === "") return null;
  const found = flagOf(name, flags);
  return found === undefined || found[1].takes === "switch" ? nothing : flagValue(found[1], value, `${name}=`, runtime);
}

/** Those that are not there yet, or may be there more than once. */
function flagsAt({ given, isBehindDashes }: ReadWords, flags: Flags, current: string): Suggestion | null {
  if (isBehindDashes || !current.startsWith("-")) return null;
  const free = Object.entries(flags).filter(([name, { takes }]) => takes === "list" || !given.has(name));
  return suggested(
    free.flatMap(([name, { short, alias, about }]) => {
      const names = [`--${name}`];
      if (alias !== undefined && current.length > 2 && !`--${name}`.startsWith(current)) names.push(`--${alias}`);
      if (short !== undefined && /^-[^-]?$/.test(current)) names.push(`-${short}`);
      return names.map((word) => ({ word, about }));
    }),
  );
}

function named(entries: Readonly<Record<string, { readonly summary: string }>>): readonly SuggestedWord[] {
  return Object.entries(entries).map(([word, { summary }]) => ({ word, about: summary }));
}

async function helpWords(tree: Tree, words: readonly string[]): Promise<Suggestion> {
  const [first, ...others] = words.filter((word) => !word.startsWith("-"));
  if (first === undefined) return suggested(named(tree));
  const entry = Object.hasOwn(tree, first) ? tree[first] : undefined;
  if (entry === undefined || !("verbs" in entry) || others.length > 0) return nothing;
  return suggested(plainWords(Object.keys(await entry.verbs())));
}
