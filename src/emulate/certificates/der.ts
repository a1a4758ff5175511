/**
 * The part of DER (X.690) that a certificate needs: every value is a tag, a length in its shortest form, and the content.
 */
import { joinBytes } from "../../resp/join-bytes.ts";

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return value(0x30, ...parts);
}

export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return value(0x31, ...parts);
}

/** A number that is not negative, from its bytes, the most significant first. */
export function unsignedInteger(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  const shortest = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  // A first bit of one would make it negative.
  return (shortest[0] ?? 0) < 0x80 ? value(0x02, shortest) : value(0x02, Uint8Array.of(0), shortest);
}

/** As written with dots: `1.2.840.10045.4.3.2`. The first two numbers share one byte or more; the others are base 128. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return value(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** DER writes no false: where it is the default, it is left out. */
export function booleanTrue(): Uint8Array {
  return value(0x01, Uint8Array.of(0xff));
}

export function octetString(content: Uint8Array): Uint8Array {
  return value(0x04, content);
}

/** Of whole bytes. */
export function bitString(content: Uint8Array): Uint8Array {
  return value(0x03, Uint8Array.of(0), content);
}

/** Named bits, the first at the left of the first byte; zeros at the end are left out (X.690, 11.2.2). */
export function namedBits(...numbers: readonly number[]): Uint8Array {
  const last = Math.max(...numbers);
  const bytes = new Uint8Array((last >> 3) + 1);
  for (const number of numbers) bytes[number >> 3] = (bytes[number >> 3] ?? 0) | (0x80 >> (number & 7));
  return value(0x03, Uint8Array.of(7 - (last & 7)), bytes);
}

export function utf8String(text: string): Uint8Array {
  return value(0x0c, new TextEncoder().encode(text));
}

/** RFC 5280, 4.1.2.5: UTCTime, which has two digits for the year, to the end of 2049, then GeneralizedTime. */
export function time(at: Date): Uint8Array {
  const digits = `${at.toISOString().slice(0, 19).replace(/\D/g, "")}Z`;
  const year = at.getUTCFullYear();
  const short = year >= 1950 && year < 2050;
  return value(short ? 0x17 : 0x18, new TextEncoder().encode(short ? digits.slice(2) : digits));
}

/** A context-specific tag around whole values. */
export function explicit(number: number, content: Uint8Array): Uint8Array {
  return value(0xa0 | number, content);
}

/** A context-specific tag in place of the content's own. */
export function implicit(number: number, content: Uint8Array): Uint8Array {
  return value(0x80 | number, content);
}

function value(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = joinBytes(parts);
  return joinBytes([Uint8Array.from([tag, ...lengthBytes(content.length)]), content]);
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return [0x80 | bytes.length, ...bytes];
}

function base128(number: number): readonly number[] {
  const bytes = [number % 128];
  for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift((left % 128) | 0x80);
  return bytes;
}
