/** Where something stands in a text, in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A list or an object that is open. */
interface Level {
  readonly isList: boolean;
  /** In an object: the name of what is read, and whether one comes next. */
  name: string;
  wantsName: boolean;
}

/**
 * Where the items of the list stand that is at a path of names in a JSON text; where what is there is no list, where that
 * stands. The text must be one that JSON.parse takes.
 *
 * @example
 * ```ts
 * itemSpans('{"a": {"b": [1, {}]}}', ["a", "b"]); // [{ from: 13, to: 14 }, { from: 16, to: 18 }]
 * ```
 */
export function itemSpans(text: string, path: readonly string[]): readonly Span[] {
  const levels: Level[] = [];
  const items: Span[] = [];
  let whole: Span | null = null;
  let isList = false;
  const opened: number[] = [];
  const isAt = (depth: number) =>
    levels.length === depth &&
    path.every((name, index) => levels[index]?.isList === false && levels[index].name === name);
  const ended = (from: number, to: number) => {
    if (isAt(path.length)) whole = { from, to };
    else if (isAt(path.length + 1) && levels.at(-1)?.isList) items.push({ from, to });
  };
  for (const { found, index } of tokens(text)) {
    const level = levels.at(-1);
    if (found === "{" || found === "[") {
      if (isAt(path.length)) isList = found === "[";
      levels.push({ isList: found === "[", name: "", wantsName: found === "{" });
      opened.push(index);
    } else if (found === "}" || found === "]") {
      levels.pop();
      ended(opened.pop() ?? 0, index + 1);
    } else if (found === ",") {
      if (level) level.wantsName = !level.isList;
    } else if (level?.wantsName) {
      level.name = JSON.parse(found) as string;
      level.wantsName = false;
    } else if (found !== ":") {
      ended(index, index + found.length);
    }
  }
  return isList || whole === null ? items : [whole];
}

/** Where the first string that reads so stands in a piece of a JSON text; null where none does. */
export function stringSpan(text: string, within: Span, value: string): Span | null {
  for (const { found, index } of tokens(text.slice(within.from, within.to))) {
    if (!found.startsWith('"') || JSON.parse(found) !== value) continue;
    // Without its quotes.
    return { from: within.from + index + 1, to: within.from + index + found.length - 1 };
  }
  return null;
}

/** Strings, signs, and what else stands between them. */
function* tokens(text: string): Generator<{ readonly found: string; readonly index: number }> {
  const plain = /[[\]{},:]|[^\s[\]{},:"]+/y;
  for (let index = 0; index < text.length; ) {
    plain.lastIndex = index;
    const found = text[index] === '"' ? text.slice(index, stringEnd(text, index)) : plain.exec(text)?.[0];
    if (found !== undefined) yield { found, index };
    index += found?.length ?? 1;
  }
}

/** Behind the quote that no odd number of backslashes stands before. A pattern gives up on a long string of escapes. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}
