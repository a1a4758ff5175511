/** What AUTH and HELLO ask for, read as redis-server 7 reads them. */
import type { Login } from "../judge/world.ts";

/** The server's words on what cannot be read. */
interface Unreadable {
  readonly kind: "error";
  readonly message: string;
}

export type AuthWords = { readonly kind: "auth"; readonly login: Login } | Unreadable;

export type HelloWords =
  | {
      readonly kind: "hello";
      /** Null leaves the protocol as it is. */
      readonly version: 2 | 3 | null;
      readonly login: Login | null;
      readonly name: Uint8Array | null;
      /** The same words without who logs in. */
      readonly withoutLogin: readonly Uint8Array[];
    }
  | Unreadable;

/** `AUTH [USER] TOKEN`. */
export function readAuth(words: readonly Uint8Array[]): AuthWords {
  const [, first, second, surplus] = words;
  if (first === undefined) return unreadable("ERR wrong number of arguments for 'auth' command");
  if (surplus !== undefined) return unreadable("ERR syntax error");
  const login = second === undefined ? { user: null, token: first } : { user: asText(first), token: second };
  return { kind: "auth", login };
}

/** `HELLO [2|3 [AUTH USER TOKEN] [SETNAME NAME]]`; of what is given twice the last counts. */
export function readHello(words: readonly Uint8Array[]): HelloWords {
  const version = words[1] === undefined ? null : versionOf(words[1]);
  if (typeof version === "string") return unreadable(version);
  let login: Login | null = null;
  let name: Uint8Array | null = null;
  const withoutLogin = words.slice(0, 2);
  for (let at = 2; at < words.length; ) {
    const option = asText(words[at] as Uint8Array);
    const [first, second] = words.slice(at + 1, at + 3);
    if (/^auth$/i.test(option) && first !== undefined && second !== undefined) {
      login = { user: asText(first), token: second };
      at += 3;
    } else if (/^setname$/i.test(option) && first !== undefined) {
      name = first;
      withoutLogin.push(words[at] as Uint8Array, name);
      at += 2;
    } else return unreadable(`ERR Syntax error in HELLO option '${option.slice(0, 128)}'`);
  }
  return { kind: "hello", version, login, name, withoutLogin };
}

/** A connection's name may have no space, no line ending and nothing that does not print. */
export function isConnectionName(name: Uint8Array): boolean {
  return name.every((byte) => byte >= 33 && byte <= 126);
}

/** A name as text; what is no UTF-8 becomes U+FFFD, and no user is called so. */
export function asText(word: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(word);
}

function versionOf(word: Uint8Array): 2 | 3 | string {
  const text = asText(word);
  if (!/^(0|-?[1-9]\d{0,17})$/.test(text)) return "ERR Protocol version is not an integer or out of range";
  return text === "2" ? 2 : text === "3" ? 3 : "NOPROTO unsupported protocol version";
}

function unreadable(message: string): Unreadable {
  return { kind: "error", message };
}
