/**
 * RFC 3986, as SigV4 wants it: `encodeURIComponent` leaves `! ' ( ) *` as they are. Half a surrogate pair is no
 * character and becomes U+FFFD, as it does in UTF-8.
 *
 * @example
 * ```ts
 * encodeRfc3986("a b/(c)+~"); // "a%20b%2F%28c%29%2B~"
 * ```
 */
export function encodeRfc3986(text: string): string {
  // Most names and values need nothing, and a search encodes them two thousand times.
  if (/^[\w.~-]*$/.test(text)) return text;
  const escaped = encodeURIComponent(text.toWellFormed());
  return /[!'()*]/.test(escaped) ? escaped.replace(/[!'()*]/g, (char) => `%${hexOf(char)}`) : escaped;
}

function hexOf(char: string): string {
  return char.charCodeAt(0).toString(16).toUpperCase();
}
