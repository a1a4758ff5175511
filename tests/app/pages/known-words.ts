/** Whether a command line has commands and flags that there are: read off the commands themselves, without running one. */
import { commands, everyCommand, everyCommandOf } from "../../../src/cli-commands.ts";
import { beforeDashes, commandFirst, flagOf, undashed } from "../../../src/cli-words.ts";
import type { Command, Flags } from "../../../src/commands/command.ts";

/** Flags of everything: what stands without its command is one of these. */
const allFlags: Flags[] = [everyCommand];
/** By `token` and `session gen`. */
const known: Record<string, Command> = {};
for (const [name, entry] of Object.entries(commands)) {
  if (!("verbs" in entry)) known[name] = await entry.load();
  else for (const [verb, of] of Object.entries(await entry.verbs())) known[`${name} ${verb}`] = await of.load();
}
for (const { flags } of Object.values(known)) allFlags.push(flags);
/** Words in the place of a command that are none, and are understood. */
const others: readonly string[] = ["help", "__complete"];

/** What a sentence begins a command line with, and what that is in full: `lint` is `lint`, `gen` is `session gen`. */
export const beginnings: ReadonlyMap<string, string> = new Map(
  [...Object.keys(known), ...Object.keys(commands)].map((name) => [name.split(" ").at(-1) ?? "", name]),
);

/** What is wrong with the words behind `cacheauth`; null where all is known. A word in capitals or `…` stands for any. */
export function unknownIn(words: readonly string[]): string | null {
  if (words[0]?.startsWith("-") && words[0] !== "-user-id") return unknownFlagAlone(words[0]);
  const { words: dashed } = undashed(words);
  const [line, behind] = beforeDashes(dashed);
  const { command: name = "", rest } = commandFirst(line, everyCommand);
  if (name === "" || isPlaceholder(name) || others.includes(name)) return null;
  if (!Object.hasOwn(commands, name)) return `there is no command ${name}`;
  const verb = rest.find((word) => !word.startsWith("-"));
  const isGroup = known[name] === undefined;
  if (isGroup && (verb === undefined || isPlaceholder(verb))) return null;
  const command = known[isGroup ? `${name} ${verb}` : name];
  if (command === undefined) return `${name} has no verb ${verb}`;
  if (behind.length > 0 && command.rest === undefined) return `${name} takes nothing behind --`;
  return unknownOf(command, isGroup ? rest.filter((word) => word !== verb) : rest);
}

function unknownOf(command: Command, words: readonly string[]): string | null {
  const flags = { ...everyCommandOf(command), ...command.flags };
  let taken = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      if (word !== "…") taken += 1;
      continue;
    }
    const flag = flagOf(word.split("=", 1)[0] ?? "", flags);
    if (flag === undefined) return `${command.name} has no flag ${word}`;
    if (flag[1].takes !== "switch" && !word.includes("=")) at += 1;
  }
  const isMany = command.phrases !== undefined || command.words.some((word) => word.endsWith("…"));
  return taken > command.words.length && !isMany ? `${command.name} takes fewer words than ${taken}` : null;
}

function unknownFlagAlone(word: string): string | null {
  const name = word.split("=", 1)[0] ?? "";
  const { words } = undashed([name]);
  return allFlags.some((flags) => words.some((one) => flagOf(one, flags) !== undefined))
    ? null
    : `no command has the flag ${name}`;
}

function isPlaceholder(word: string): boolean {
  return word === "…" || /^[A-Z_]+$/.test(word);
}
