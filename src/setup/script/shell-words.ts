import type { Word, Words } from "./step.ts";

/**
 * A text as one word of any POSIX shell.
 *
 * @example
 * ```ts
 * shellQuoted("it's"); // "'it'\\''s'"
 * shellQuoted("my-user"); // "my-user"
 * ```
 */
export function shellQuoted(text: string): string {
  return /^[\w.:/@%+,-][\w.:/@%+,=-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command on one line. */
export function oneLine(words: Words): string {
  return words.map(shellWord).join(" ");
}

/** A command with a flag and its values on each line. */
export function manyLines(words: Words, indent: string): string {
  const lines: string[] = [];
  for (const word of words) {
    if (lines.length === 0 || (typeof word === "string" && word.startsWith("--"))) lines.push(shellWord(word));
    else lines.push(`${lines.pop()} ${shellWord(word)}`);
  }
  return lines.map((line, index) => `${indent}${index === 0 ? "" : "  "}${line}`).join(" \\\n");
}

/** A text between double quotes, where the shell fills in nothing. */
export function doubleQuoted(text: string): string {
  return `"${insideDouble(text)}"`;
}

/** A part of what stands between double quotes, where the shell fills in nothing of it. */
export function insideDouble(text: string): string {
  return text.replace(/["\\$`]/g, "\\$&");
}

function shellWord(word: Word): string {
  return typeof word === "string" ? shellQuoted(word) : word.shell;
}
