/** A command line as bash hands it over, up to the cursor: COMP_LINE. */
export interface BashLine {
  /** The finished words, the program's name first, without quotes and without redirections. */
  readonly before: readonly string[];
  /** The last word, without quotes. */
  readonly current: string;
  /** How much of it readline keeps: what a reply replaces begins behind the last of its word breaks, or behind an open quote. */
  readonly kept: number;
  /** The quote that is open. */
  readonly quote: "" | "'" | '"';
  /** The last word names a file that is redirected to or from. */
  readonly isRedirection: boolean;
}

/**
 * Takes the line apart itself, for COMP_WORDS is broken at `=` and `:` as well. `breaks` is COMP_WORDBREAKS. Nothing is
 * expanded: what would run a command, or name a variable, stays as it is written.
 */
export function readBashLine(line: string, breaks: string): BashLine {
  let before: string[] = [];
  let word: string | null = null;
  let kept = 0;
  let keptBefore = 0;
  let quote: BashLine["quote"] = "";
  let redirects = false;
  const endWord = () => {
    if (word !== null && !redirects) before.push(word);
    if (word !== null) redirects = false;
    word = null;
    kept = 0;
  };
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? "";
    const next = line[at + 1] ?? "";
    if (quote !== "" && char === quote) {
      quote = "";
      kept = keptBefore;
    } else if (quote === "'") {
      word += char;
    } else if (char === "\\" && (quote === "" || '$`"\\'.includes(next))) {
      word = `${word ?? ""}${next}`;
      at += 1;
    } else if (quote === '"') {
      word += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= "";
      keptBefore = kept;
      kept = word.length;
    } else if (char === " " || char === "\t") {
      endWord();
    } else if (char === "<" || char === ">") {
      // A number before it is no word.
      if (word !== null && /^\d*$/.test(word)) word = null;
      endWord();
      redirects = true;
      if (/[<>&|]/.test(next)) at += 1;
    } else if (/[;|&\n]/.test(char)) {
      endWord();
      before = [];
    } else {
      word = `${word ?? ""}${char}`;
      if (breaks.includes(char)) kept = word.length;
    }
  }
  return { before, current: word ?? "", kept, quote, isRedirection: redirects };
}
