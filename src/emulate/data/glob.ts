/**
 * Whether a pattern of the server matches: `*`, `?`, `[abc]`, `[^a-z]`, and `\` before what stands for itself. Both are
 * texts of one character a byte. Goes back to the last `*` only, so that no pattern takes longer than its length times
 * the text's.
 *
 * @example
 * ```ts
 * matchesGlob("h[ae]l*o", "hello"); // true
 * ```
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let from = 0;
  /** Where to go on after the last star, and with what. */
  let star: { readonly at: number; from: number } | null = null;
  for (;;) {
    if (pattern[at] === "*") {
      at += 1;
      if (at === pattern.length) return true;
      star = { at, from };
      continue;
    }
    if (at === pattern.length && from === text.length) return true;
    const length = at < pattern.length && from < text.length ? matchOne(pattern, at, text.charCodeAt(from)) : 0;
    if (length > 0) {
      at += length;
      from += 1;
      continue;
    }
    if (!star || star.from >= text.length) return false;
    star.from += 1;
    at = star.at;
    from = star.from;
  }
}

/** How much of the pattern stands for this character; 0 where it does not. */
function matchOne(pattern: string, at: number, code: number): number {
  switch (pattern[at]) {
    case "?":
      return 1;
    case "[":
      return matchClass(pattern, at, code);
    case "\\":
      if (at + 1 < pattern.length) return pattern.charCodeAt(at + 1) === code ? 2 : 0;
      return code === 92 ? 1 : 0;
    default:
      return pattern.charCodeAt(at) === code ? 1 : 0;
  }
}

/** A class that is not closed reaches to the end. */
function matchClass(pattern: string, start: number, code: number): number {
  let at = start + 1;
  const isNegated = pattern[at] === "^";
  if (isNegated) at += 1;
  let isIn = false;
  while (at < pattern.length && pattern[at] !== "]") {
    if (pattern[at] === "\\" && at + 1 < pattern.length) {
      at += 1;
      isIn ||= pattern.charCodeAt(at) === code;
    } else if (pattern[at + 1] === "-" && at + 2 < pattern.length) {
      const ends = [pattern.charCodeAt(at), pattern.charCodeAt(at + 2)];
      isIn ||= code >= Math.min(...ends) && code <= Math.max(...ends);
      at += 2;
    } else isIn ||= pattern.charCodeAt(at) === code;
    at += 1;
  }
  return isIn === isNegated ? 0 : Math.min(at + 1, pattern.length) - start;
}
