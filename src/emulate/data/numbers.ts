import { toByteString } from "./byte-string.ts";
import { notAnInteger, Refused } from "./refused.ts";

export const int64Max = 2n ** 63n - 1n;
export const int64Min = -(2n ** 63n);

/** As the server reads a 64-bit number: no plus, no zeros before it, no `-0`. Null where it is none. */
export function int64Of(word: Uint8Array): bigint | null {
  if (word.length > 20) return null;
  const text = toByteString(word);
  if (!/^(0|-?[1-9]\d*)$/.test(text)) return null;
  const value = BigInt(text);
  return isInt64(value) ? value : null;
}

export function isInt64(value: bigint): boolean {
  return value >= int64Min && value <= int64Max;
}

export function needInteger(word: Uint8Array, message: string = notAnInteger): bigint {
  const value = int64Of(word);
  if (value === null) throw new Refused(message);
  return value;
}
