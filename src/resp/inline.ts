/**
 * Splits a line that was typed into words as redis-server does: `"…"` with `\n \r \t \b \a \\ \"` and `\xHH`, `'…'` with
 * `\'`, both also in the middle of a word. Null where a quote is not closed, or something touches its end.
 *
 * @example
 * ```ts
 * splitInline(new TextEncoder().encode('SET "a b" c'))?.length; // 3
 * ```
 */
export function splitInline(line: Uint8Array): Uint8Array[] | null {
  const words: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && isSpace(line[at])) at += 1;
    if (at >= line.length) return words;
    const found = wordAt(line, at);
    if (!found) return null;
    words.push(Uint8Array.from(found.word));
    at = found.end;
  }
}

const quote = 34;
const apostrophe = 39;
const backslash = 92;

function wordAt(line: Uint8Array, start: number): { word: number[]; end: number } | null {
  const word: number[] = [];
  let at = start;
  for (;;) {
    const byte = line[at];
    if (byte === undefined || endsWord(byte)) return { word, end: at };
    if (byte === quote || byte === apostrophe) {
      const end = quoted(line, at, word);
      if (end === null) return null;
      return { word, end };
    }
    word.push(byte);
    at += 1;
  }
}

/** Adds what stands between the quotes; says where they end. */
function quoted(line: Uint8Array, start: number, word: number[]): number | null {
  const mark = line[start];
  for (let at = start + 1; at < line.length; at += 1) {
    const byte = line[at] as number;
    if (byte === mark) {
      const after = line[at + 1];
      return after === undefined || isSpace(after) ? at + 1 : null;
    }
    if (byte !== backslash || at + 1 >= line.length) {
      word.push(byte);
      continue;
    }
    const { byte: meant, length } = mark === quote ? escapeAt(line, at) : apostropheAt(line, at);
    word.push(meant);
    at += length - 1;
  }
  return null;
}

const letters: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, a: 7 };

/** What a backslash in double quotes and what follows it mean; a letter that means nothing stands for itself. */
function escapeAt(line: Uint8Array, at: number): { byte: number; length: number } {
  const next = line[at + 1] as number;
  const hex = String.fromCharCode(line[at + 2] ?? 0, line[at + 3] ?? 0);
  if (next === 120 && /^[0-9a-f]{2}$/i.test(hex)) return { byte: Number.parseInt(hex, 16), length: 4 };
  return { byte: letters[String.fromCharCode(next)] ?? next, length: 2 };
}

/** In single quotes only the quote itself can be escaped. */
function apostropheAt(line: Uint8Array, at: number): { byte: number; length: number } {
  return line[at + 1] === apostrophe ? { byte: apostrophe, length: 2 } : { byte: backslash, length: 1 };
}

/** As isspace() of C has it. */
function isSpace(byte: number | undefined): boolean {
  return byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13);
}

/** Outside of quotes a vertical tab and a form feed belong to the word. */
function endsWord(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13;
}
