/**
 * Whole seconds in a person's words: the two largest units that are not zero.
 *
 * @example
 * ```ts
 * inWords(3_725); // "1 h 2 min"
 * inWords(59); // "59 s"
 * ```
 */
export function inWords(seconds: number): string {
  let left = seconds;
  const words: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) words.push(`${count} ${unit}`);
    // Next to a year or a day, seconds are of no interest.
    if (words.length === 2 || (words.length === 1 && count === 0)) break;
  }
  return words.length === 0 ? "0 s" : words.join(" ");
}

const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;
