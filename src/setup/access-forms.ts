/**
 * An access string in the words in which AWS may tell it: it keeps names for what they stand for, and puts -@all before the
 * first command, from which a user starts anyway. The order stays, for a later word wins over an earlier one.
 *
 * @example
 * ```ts
 * accessForms("on ~app:* +@read"); // ["on ~app:* +@read", "on ~app:* -@all +@read"]
 * ```
 */
export function accessForms(access: string): readonly string[] {
  // A selector has words of its own.
  if (access.includes("(")) return [access];
  const words = access
    .trim()
    .split(/\s+/)
    .map((word) => synonyms[word.toLowerCase()] ?? word);
  const first = words.findIndex((word) => /^[+-]/.test(word));
  const isTold = first < 0 || /^[+-]@all$/i.test(words[first] ?? "");
  const whole = isTold ? words : [...words.slice(0, first), "-@all", ...words.slice(first)];
  const rank = (word: string) => (/^(on|off)$/i.test(word) ? 0 : /^[~%]/.test(word) ? 1 : word.startsWith("&") ? 2 : 3);
  const grouped = whole.toSorted((a, b) => rank(a) - rank(b));
  return [...new Set([access, ...[words, whole, grouped].map((form) => form.join(" "))])];
}

const synonyms: Readonly<Record<string, string>> = {
  allkeys: "~*",
  allchannels: "&*",
  allcommands: "+@all",
  nocommands: "-@all",
};
