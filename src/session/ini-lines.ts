/** A file in the AWS CLI's INI form, taken apart without loss: every byte of it is in a line or in its ending. */

export interface IniLine {
  readonly text: string;
  /** LF, CRLF, a CR alone, which Python takes for one too, or nothing at the end of the file. */
  readonly ending: string;
}

/**
 * @example
 * ```ts
 * linesOf("[a]\r\nb = c"); // [{ text: "[a]", ending: "\r\n" }, { text: "b = c", ending: "" }]
 * ```
 */
export function linesOf(text: string): IniLine[] {
  const lines = [...text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)].map(([, line = "", ending = ""]) => ({
    text: line,
    ending,
  }));
  // The pattern also matches the nothing behind the last line.
  const last = lines.at(-1);
  if (last?.text === "" && last.ending === "") lines.pop();
  return lines;
}

export function textOf(lines: readonly IniLine[]): string {
  return lines.map(({ text, ending }) => text + ending).join("");
}

/** What a new line ends with: what the others end with. */
export function endingOf(lines: readonly IniLine[]): string {
  return lines.find(({ ending }) => ending !== "")?.ending ?? "\n";
}
