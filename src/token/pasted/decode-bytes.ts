import type { Layer } from "./layer.ts";

/**
 * Bytes as text. A token is ASCII; what a shell or an editor may have made of it is undone: UTF-16, as `>` of Windows
 * PowerShell 5.1 writes, and a byte order mark. Bytes that are not UTF-8 become U+FFFD.
 *
 * @example
 * ```ts
 * decodeBytes(new Uint8Array([0xff, 0xfe, 0x61, 0x00])).text; // "a"
 * ```
 */
export function decodeBytes(bytes: Uint8Array): { readonly text: string; readonly layers: readonly Layer[] } {
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) {
    const text = new TextDecoder(utf16).decode(bytes);
    return { text, layers: [{ rule: "escaped", what: "UTF-16 text, as > of Windows PowerShell writes" }] };
  }
  return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), layers: [] };
}

/** By its byte order mark, or by the zero byte in each of the first letters. */
function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const [a, b, c, d] = bytes;
  if (bytes.length < 2 || bytes.length % 2 === 1) return null;
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && c !== 0 && d === 0)) return "utf-16le";
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && c === 0 && d !== 0)) return "utf-16be";
  return null;
}
