import type { Key } from "../judge/world.ts";

/** The account that AWS's own examples have. */
const throwawayAccount = "111122223333";

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * An access key of the emulator's own, good nowhere else. Its id has the form of a long-term key that tells its account, for
 * signers and checkers look at that; the secret says what it is.
 */
export function throwawayKey(random: (length: number) => Uint8Array): Key {
  return {
    accessKeyId: accessKeyId(throwawayAccount, random(4)),
    secretAccessKey: `throwaway/${Array.from(random(30), (byte) => base64[byte % 64]).join("")}`,
    sessionToken: null,
    expiresAt: null,
    active: true,
    policies: null,
  };
}

/** The reverse of what token/access-key.ts reads: one bit, the account in 40, and 39 that mean nothing. */
function accessKeyId(account: string, random: Uint8Array): string {
  const rest = random.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
  let bits = (1n << 79n) | (BigInt(account) << 39n) | rest;
  let digits = "";
  for (let index = 0; index < 16; index += 1) {
    digits = base32[Number(bits & 31n)] + digits;
    bits >>= 5n;
  }
  return `AKIA${digits}`;
}
