/**
 * A line split into words as shells and redis-cli do it: at white space, quotes holding it together. Backslashes stay:
 * what they mean differs from one to the other.
 *
 * @example
 * ```ts
 * splitWords("AUTH me 'a b'")[2]; // "a b"
 * ```
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  for (const [, double, single, bare = ""] of line.matchAll(/"([^"]*)"(?!\S)|'([^']*)'(?!\S)|(\S+)/g)) {
    words.push(double ?? single ?? bare);
  }
  return words;
}
