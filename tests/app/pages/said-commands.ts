/** The commands that the prose of a page names, in code of its own: `cacheauth lint --fix`, `token --output FILE`. */
import { blocksOf, proseOf } from "./blocks.ts";
import type { Page } from "./page.ts";

export interface SaidCommand {
  /** From 1. */
  readonly line: number;
  readonly code: string;
  /** Behind `cacheauth`; or a flag alone, of whatever command. */
  readonly words: readonly string[];
}

/** Code that begins with cacheauth, or has it where a shell begins a command; with a command and a flag of it; or with a flag. */
export function saidCommands(page: Page, beginnings: ReadonlyMap<string, string>): readonly SaidCommand[] {
  const prose = proseOf(page);
  return [...prose.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].flatMap((match) => {
    const line = prose.slice(0, match.index).split("\n").length;
    const code = (match[1] ?? "").replaceAll("\\|", "|").replace(/\s+/g, " ");
    const lines = [...code.matchAll(/(?:^|[|;&(] ?|"\$\(|= ?(?:\S*\/)?)cacheauth ([^|;&)<>]*)/g)].map(
      ([, rest = ""]) => rest,
    );
    const [first = "", ...others] = wordsOf(code);
    const inFull = beginnings.get(first);
    // The shell has words of its own that are verbs here: set -a.
    const hasFlag = others.some((word) => (inFull === first ? /^-/ : /^--/).test(word));
    if (inFull !== undefined && hasFlag) lines.push(code.replace(first, inFull));
    if (/^--[a-z]|^-[a-z]$/.test(first)) lines.push(code);
    return lines.map((text) => ({ line, code, words: wordsOf(text) }));
  });
}

/** As a shell splits them, without what it does else. */
export function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replace(/['"]/g, ""));
}

/** Those of a container's manifest: `args: [token, …]`, `command: [cacheauth, lint, …]`. */
export function listedCommands(page: Page): readonly SaidCommand[] {
  return blocksOf(page)
    .filter(({ language }) => language === "yaml")
    .flatMap(({ line, text }) =>
      [...text.matchAll(/\b(?:args: \[|command: \[cacheauth, )([^\]]*)\]/g)].map((match) => ({
        line: line + text.slice(0, match.index).split("\n").length,
        code: match[0],
        words: (match[1] ?? "").split(",").map((word) => word.trim().replace(/^"(.*)"$/, "$1")),
      })),
    );
}
