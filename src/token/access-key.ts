/**
 * The account an access key belongs to, read off its id: 40 bits in the base32 digits after the first four letters.
 * Read so by public code,
 * and checked on two public pairs of key and account. Keys of before 2019 carry none: only the newer
 * form, whose fifth character is Q to Z or 2 to 7, is read; null for any other.
 *
 * @example
 * ```ts
 * accountOf("ASIAQNZGKIQY56JQ7WML"); // "029608264753"
 * accountOf("AKIAIOSFODNN7EXAMPLE"); // null
 * ```
 */
export function accountOf(accessKeyId: string): string | null {
  const digits = /^(?:AKIA|ASIA)([Q-Z2-7][A-Z2-7]{15})$/.exec(accessKeyId)?.[1];
  if (digits === undefined) return null;
  let number = 0n;
  // Ten base32 digits hold the first 50 bits; the account is in bits 1 to 40 of the first 48.
  for (const digit of digits.slice(0, 10)) number = number * 32n + BigInt(alphabet.indexOf(digit));
  const firstSixBytes = number >> 2n;
  return ((firstSixBytes & 0x7f_ff_ff_ff_ff_80n) >> 7n).toString().padStart(12, "0");
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Forty characters of base64, as every secret access key has, whatever white space and quotes are around it. */
export function looksLikeSecret(text: string): boolean {
  return /^[A-Za-z0-9/+]{40}$/.test(text.replace(/[\s"']/g, ""));
}

/** By its first letters: AKIA is a key of its own, ASIA one that is good only with its session token, for a while. */
export function keyKindOf(accessKeyId: string): "long-term" | "temporary" | "unknown" {
  if (/^AKIA[A-Z0-9]{12,}$/.test(accessKeyId)) return "long-term";
  return /^ASIA[A-Z0-9]{12,}$/.test(accessKeyId) ? "temporary" : "unknown";
}
