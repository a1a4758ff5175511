import { toByteString } from "./byte-string.ts";
import { type SessionState, type Words, word } from "./command.ts";
import { Refused, wrongType } from "./refused.ts";
import type { Entry, Stored, StoredOf } from "./stored.ts";

/** The key that stands at this place. */
export function keyAt(words: Words, place: number): string {
  return toByteString(word(words, place));
}

/** What a pattern costs grows with its length times that of every name it is held against. */
const longestPattern = 1_024;

export function patternOf(word: Uint8Array): string {
  if (word.length > longestPattern)
    throw new Refused(`ERR patterns of over ${longestPattern} bytes are not taken here`);
  return toByteString(word);
}

/** What a key holds, null where there is none. Throws Refused where it is of another type. */
export function storedAt<T extends Stored["type"]>(
  { keyspace }: SessionState,
  key: string,
  type: T,
): { readonly entry: Entry; readonly value: StoredOf<T> } | null {
  const entry = keyspace.get(key);
  if (!entry) return null;
  if (entry.value.type !== type) throw new Refused(wrongType);
  return { entry, value: entry.value as StoredOf<T> };
}
