import { toByteString } from "./byte-string.ts";
import { type SessionState, type Words, word } from "./command.ts";
import { Refused, wrongType } from "./refused.ts";
import type { Entry, Stored, StoredOf } from "./stored.ts";

/** The key that stands at this place. */
export function keyAt(words: Words, place: number): string {
  return toByteString(word(words, place));
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
