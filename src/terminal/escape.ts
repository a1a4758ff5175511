/**
 * The one place where text from outside is made safe to show: control characters (C0, DEL, C1), bidirectional and
 * zero-width characters become `\u{…}`, so that no token, reply or file name can move the cursor or hide itself.
 *
 * @example
 * ```ts
 * escapeForeign("a\u001b[31mb"); // "a\\u{1b}[31mb"
 * ```
 */
export function escapeForeign(text: string): string {
  return text.replace(hidden, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}

/** The same for every text inside a value that is about to become JSON. */
export function escapeForeignIn(value: unknown): unknown {
  if (typeof value === "string") return escapeForeign(value);
  if (Array.isArray(value)) return value.map(escapeForeignIn);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escapeForeignIn(inner)]));
}

/**
 * C0, DEL, C1; soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width and bidirectional marks,
 * line and paragraph separators, word joiner and invisible operators, byte order mark, interlinear annotation, tags;
 * and halves of surrogate pairs, which no terminal can show.
 */
const hidden =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu;
