/** Puts the words of a command line in the order and form that the parser takes, and finds those that it would misread. */
import { flagUnspaced, switchValue, unknownFlag } from "./cli-errors.ts";
import type { Flag, Flags } from "./commands/command.ts";

/** The words before `--`, and the rest with it: what is behind is no flag, whatever it looks like. */
export function beforeDashes(argv: readonly string[]): readonly [flags: readonly string[], rest: readonly string[]] {
  const ends = argv.indexOf("--");
  return ends < 0 ? [argv, []] : [argv.slice(0, ends), argv.slice(ends)];
}

/** generate-cache-auth-token's flags have one dash, and no command before them. */
export function undashed(argv: readonly string[]): { words: string[]; singleDash: boolean } {
  const old = /^-(user-id|replication-group-id|region|help)(=.*)?$/s;
  const [flags, rest] = beforeDashes(argv);
  const words = flags.map((word) => (word.startsWith("-") && old.test(word) ? `-${word}` : word));
  const singleDash = words.some((word, index) => word !== flags[index]);
  // Where the first word was changed, it was such a flag.
  return { words: [...(words[0] === flags[0] ? [] : ["token"]), ...words, ...rest], singleDash };
}

/** Flags of every command may stand before the command: they are moved behind it. */
export function commandFirst(
  argv: readonly string[],
  flags: Flags,
): { readonly command: string | undefined; readonly rest: readonly string[] } {
  let at = 0;
  for (let word = argv[at]; word?.startsWith("-"); word = argv[at]) {
    const flag = flagOf(word.split("=", 1)[0] ?? "", flags);
    if (flag === undefined) break;
    at += flag[1].takes !== "switch" && !word.includes("=") ? 2 : 1;
  }
  return { command: argv[at], rest: [...argv.slice(0, at), ...argv.slice(at + 1)] };
}

/**
 * Writes `-u=VALUE` and `--flag -5` as the parser takes them. Refuses long flags behind one dash, which it would take
 * for letters, or behind the long dash of a word processor, and values that are stuck to their letter.
 */
export async function tidied(argv: readonly string[], command: string, flags: Flags): Promise<readonly string[]> {
  const [given, rest] = beforeDashes(argv);
  const words: string[] = [];
  for (const [index, word] of given.entries()) {
    if (/^[\u2010-\u2015\u2212]/.test(word) || isMisdashed(word, flags)) throw await unknownFlag(word, command, flags);
    const before = words.at(-1) ?? "";
    const taker = /^-\d/.test(word) && before === given[index - 1] ? flagOf(before, flags) : undefined;
    if (taker !== undefined && taker[1].takes !== "switch") words.splice(-1, 1, `--${taker[0]}=${word}`);
    else words.push(...unstuck(word, flags));
  }
  return [...words, ...rest];
}

function isMisdashed(word: string, flags: Flags): boolean {
  if (word.length < 4 || !word.startsWith("-") || word.startsWith("--")) return false;
  const name = word.slice(1).split("=", 1)[0] ?? "";
  return Object.entries(flags).some(([flag, { alias }]) => flag === name || alias === name);
}

/** One letter with something behind it, and a value of several lines. */
function unstuck(word: string, flags: Flags): readonly string[] {
  // The parser would cut what is behind = at the end of its first line.
  const [, long, lines] = /^(--[\w-]+)=(.*[\r\n\u2028\u2029].*)$/s.exec(word) ?? [];
  if (long !== undefined && lines !== undefined) return [long, lines];
  const [, letter = "", behind = ""] = /^-([a-z])(.+)$/s.exec(word) ?? [];
  const flag = letter === "" ? undefined : flagOf(`-${letter}`, flags);
  if (flag === undefined) return [word];
  const [name, { takes }] = flag;
  if (takes !== "switch") {
    if (behind.startsWith("=")) return unstuck(`--${name}${behind}`, flags);
    throw flagUnspaced(letter, flag[1]);
  }
  if (behind.startsWith("=")) throw switchValue(name);
  return [word];
}

/** The flag that a word is: by its name, its other name or its letter. */
export function flagOf(word: string, flags: Flags): readonly [name: string, flag: Flag] | undefined {
  return Object.entries(flags).find(
    ([name, { short, alias }]) =>
      word === `--${name}` || (alias !== undefined && word === `--${alias}`) || word === `-${short}`,
  );
}
