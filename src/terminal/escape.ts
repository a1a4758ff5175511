import { Lines } from "./lines.ts";

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
  // Nearly all text is this; compiling the pattern below costs a start 0.2 ms.
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  // Control characters; format characters, which are the bidirectional and zero-width ones, byte order marks, tags and
  // their kind; halves of surrogate pairs; line and paragraph separators.
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}

/** The same for every text inside a value that is about to become JSON. */
export function escapeForeignIn(value: unknown): unknown {
  if (typeof value === "string") return escapeForeign(value);
  if (value instanceof Lines) return new Lines(value.text.split("\n").map(escapeForeign).join("\n"));
  if (Array.isArray(value)) return value.map(escapeForeignIn);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escapeForeignIn(inner)]));
}
