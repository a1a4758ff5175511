/**
 * Bytes as lower-case hexadecimal digits.
 *
 * The executables' signer uses these two in place of Smithy's, which build two tables of 256 entries at every start:
 * 1 ms of each token (scripts/build.ts).
 *
 * @example
 * ```ts
 * toHex(new Uint8Array([0, 10, 255])); // "000aff"
 * ```
 */
export function toHex(bytes: Uint8Array): string {
  let digits = "";
  for (const byte of bytes) digits += (byte < 16 ? "0" : "") + byte.toString(16);
  return digits;
}

/** The bytes that hexadecimal digits stand for; throws a RangeError where they are none, or an odd number of them. */
export function fromHex(digits: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new RangeError("these are not pairs of hexadecimal digits");
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
