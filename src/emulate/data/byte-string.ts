/**
 * Bytes as text of one character a byte, and back: so keys of any bytes can be keys of a Map, and foreign bytes can stand in
 * a message that is sent as it came.
 */
export function toByteString(bytes: Uint8Array): string {
  if (bytes.length <= piece) return String.fromCharCode(...bytes);
  let text = "";
  for (let at = 0; at < bytes.length; at += piece) text += String.fromCharCode(...bytes.subarray(at, at + piece));
  return text;
}

export function fromByteString(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** By the letters of ASCII alone, as the server compares names of commands and options. */
export function lowerCase(bytes: Uint8Array): string {
  return toByteString(bytes).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** A call takes only so many arguments. */
const piece = 8_192;
