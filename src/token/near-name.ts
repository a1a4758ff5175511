import { type TokenParameter, tokenParameters } from "./fields.ts";

/**
 * The parameter of a token that a name was meant to be: another case, `_` for `-`, or one slip of the hand. Null for a
 * token's own names and for those that are like none.
 *
 * @example
 * ```ts
 * nearName("X-Amz-Dat"); // "X-Amz-Date"
 * nearName("X-Amz-Expiers"); // "X-Amz-Expires"
 * nearName("Version"); // null
 * ```
 */
export function nearName(name: string): TokenParameter | null {
  if (name.length > 24 || tokenParameters.includes(name as TokenParameter)) return null;
  const plain = plainly(name);
  return tokenParameters.find((known) => isOneSlip(plain, plainly(known))) ?? null;
}

/** Whether only the case, or `_` for `-`, is another. */
export function differsInCase(name: string, known: TokenParameter): boolean {
  return plainly(name) === plainly(known);
}

/** The same, or with one letter too many, too few or wrong, or two swapped: no distance of more is meant to be seen. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return Math.max(left.length, right.length) <= 1 || (left.length === 2 && left === `${right[1]}${right[0]}`);
}

function plainly(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}
