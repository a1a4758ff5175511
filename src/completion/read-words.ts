import { flagOf } from "../cli-words.ts";
import type { Flag, Flags } from "../commands/command.ts";

/** What is known of a command line that is not finished. */
export interface ReadWords {
  readonly args: readonly string[];
  /** The names of the flags that are there. */
  readonly given: ReadonlySet<string>;
  /** The flag that the last word is, where its value is what comes next. */
  readonly open: Flag | null;
  /** There is a `--`: what comes is no flag. */
  readonly isBehindDashes: boolean;
}

/** Reads the words that are finished, as kindly as it can: whatever makes no sense yet is passed over. */
export function readWords(words: readonly string[], flags: Flags): ReadWords {
  const args: string[] = [];
  const given = new Set<string>();
  let open: Flag | null = null;
  for (const [index, word] of words.entries()) {
    if (open !== null) {
      open = null;
    } else if (word === "--") {
      return { args: [...args, ...words.slice(index + 1)], given, open, isBehindDashes: true };
    } else if (word.startsWith("-") && word !== "-") {
      for (const [name, flag] of flagsIn(word, flags)) {
        given.add(name);
        open = flag.takes === "switch" || word.includes("=") ? null : flag;
      }
    } else {
      args.push(word);
    }
  }
  return { args, given, open, isBehindDashes: false };
}

/** One; or, of letters behind one dash, several. */
function flagsIn(word: string, flags: Flags): readonly (readonly [name: string, flag: Flag])[] {
  const name = word.split("=", 1)[0] ?? "";
  const names = /^-[a-z]{2,}$/.test(name) ? [...name.slice(1)].map((letter) => `-${letter}`) : [name];
  return names.flatMap((each) => {
    const found = flagOf(each, flags);
    return found === undefined ? [] : [found];
  });
}
