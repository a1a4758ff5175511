import { hasTokenMarks } from "./marks.ts";

/** Enough to have a parameter of a token in it. */
const mostDecoded = 16_384;

/**
 * What a text is in base64 or base64url, as far as it is read; null where it is neither, or too short to be a token.
 *
 * @example
 * ```ts
 * decodeBase64("bXktY2FjaGUvP0FjdGlvbj1jb25uZWN0JlVzZXI9bWU="); // "my-cache/?Action=connect&User=me"
 * decodeBase64("bXktY2FjaGU="); // null
 * ```
 */
export function decodeBase64(text: string): string | null {
  const letters = text.slice(0, mostDecoded).replace(/\s+/g, "").replaceAll("-", "+").replaceAll("_", "/");
  if (letters.length < 40 || !/^[A-Za-z0-9+/]+={0,2}$/.test(letters)) return null;
  // Four letters are three bytes: what is left over at a cut is dropped.
  const bare = letters.replace(/=+$/, "");
  return atob(bare.slice(0, bare.length - (bare.length % 4 === 1 ? 1 : 0)));
}

/** How a token is encoded as a whole, where it is. */
export function findEncodedToken(text: string): { id: string; is: string; next: string } | null {
  const begin = text.slice(0, mostDecoded);
  if (holdsToken(decodeBase64(begin))) {
    return {
      id: "base64-token",
      is: "base64 of a token",
      next: "Decode it first: base64 -d FILE | cacheauth lint --endpoint ENDPOINT -u USER.",
    };
  }
  if (/%[0-9a-f]{2}/i.test(begin) && holdsToken(decodeBase64(percentDecoded(begin)))) {
    return {
      id: "percent-base64-token",
      is: "base64 of a token, percent-encoded on top",
      next: "Undo the percent-encoding, then the base64 (base64 -d), and pass what comes out to cacheauth lint.",
    };
  }
  if (holdsToken(decodeHex(begin))) {
    return {
      id: "hex-token",
      is: "a token in hexadecimal digits",
      next: "Decode it first: xxd -r -p FILE | cacheauth lint --endpoint ENDPOINT -u USER.",
    };
  }
  return null;
}

/** The zero bytes are those of UTF-16, which PowerShell encodes. */
function holdsToken(decoded: string | null): boolean {
  return decoded !== null && hasTokenMarks(decoded.replaceAll("\0", "").trim());
}

function percentDecoded(text: string): string {
  return text.replace(/%(2B|2F|3D|0A|0D)/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function decodeHex(text: string): string | null {
  const digits = text.replace(/\s+/g, "");
  if (digits.length < 80 || !/^[0-9a-f]+$/i.test(digits)) return null;
  let decoded = "";
  for (let at = 0; at + 1 < digits.length; at += 2) {
    decoded += String.fromCharCode(Number.parseInt(digits.slice(at, at + 2), 16));
  }
  return decoded;
}
