import { meantValue, readCredential } from "../fields.ts";
import { parseTokenText } from "../parse.ts";
import { findErrorLine } from "./error-lines.ts";
import { findAddress } from "./foreign-addresses.ts";
import { decodeBase64, findEncodedToken } from "./foreign-encodings.ts";
import { otherServices } from "./foreign-services.ts";
import { foreignTexts } from "./foreign-texts.ts";

/** What a text is that is no token of ours. */
export interface Foreign {
  readonly id: string;
  /** Completes the sentence "This is not a token but …". It repeats nothing of the text that may be a secret. */
  readonly is: string;
  /** How to get from there to a token, or to the cause. */
  readonly next: string;
}

/** As far as a text is read: what it is shows at its beginning, and the whole may be a megabyte. */
const mostRead = 16_384;

/**
 * Says what a text is that has not the marks of a token of ours, or has those of another service's. Null where it is
 * empty.
 *
 * @param bytes what the text was read from
 * @example
 * ```ts
 * const bytes = new TextEncoder().encode("$TOKEN");
 * findForeign("$TOKEN", bytes)?.id; // "unexpanded"
 * findForeign("NOAUTH Authentication required.", bytes)?.is; // 'the error text "NOAUTH Authentication required"'
 * ```
 */
export function findForeign(text: string, bytes: Uint8Array): Foreign | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  // A pattern of a whole text must not match its beginning: an ellipsis is in none of them.
  const read = trimmed.length > mostRead ? `${trimmed.slice(0, mostRead)}\n…` : trimmed;
  return (
    errorText(text) ??
    findOtherService(read) ??
    binaryOf(text, bytes) ??
    findEncodedToken(trimmed) ??
    foreignTextOf(unquoted(read)) ??
    findAddress(unquoted(read)) ??
    wordsOf(unquoted(read))
  );
}

/**
 * Says of which other service a presigned request is, in the clear or in base64. It takes two marks of that service, so
 * that a token of ours with a mistyped service stays one of ours.
 *
 * @example
 * ```ts
 * const scope = "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20250101%2Fus-east-1%2Frds-db%2Faws4_request";
 * findOtherService(`db.example.com:5432/?Action=connect&DBUser=me${scope}`)?.id; // "rds"
 * findOtherService(`my-cache/?Action=connect&User=me${scope}`); // null
 * ```
 */
export function findOtherService(text: string): Foreign | null {
  const begin = text.slice(0, mostRead);
  const request = begin.includes("X-Amz-Credential") ? begin : decodeBase64(begin.replace(/^\s*k8s-aws-v1\./, ""));
  if (request === null) return null;
  const { host, path, parameters } = parseTokenText(request);
  const parameter = (name: string) => {
    const found = parameters.find((one) => one.name === name);
    return found === undefined ? null : meantValue(found);
  };
  const service = readCredential(parameter("X-Amz-Credential") ?? "")?.service;
  if (service === undefined) return null;
  const row = otherServices.find(({ matches }) => matches({ service, parameter, before: host.text + path.text }));
  return row === undefined ? null : { id: row.id, is: row.is, next: row.next };
}

function errorText(text: string): Foreign | null {
  const line = findErrorLine(text);
  return line && { id: line.id, is: `the error text "${line.quoted}"`, next: `${line.means} ${line.next}` };
}

const binary: Foreign = {
  id: "binary",
  is: "binary data",
  next: "A token is one line of plain text: cacheauth token ENDPOINT -u USER makes one.",
};

function binaryOf(text: string, bytes: Uint8Array): Foreign | null {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    return { id: "gzip", is: "gzip data", next: "Unpack it first: gunzip -c FILE | cacheauth lint." };
  }
  if (text.includes("\0")) return binary;
  // UTF-16 was read as such, where the text has no U+FFFD.
  return text.includes("\ufffd") && !isUtf8(bytes) ? binary : null;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function foreignTextOf(text: string): Foreign | null {
  const row = foreignTexts().find(({ pattern }) => pattern.test(text));
  return row === undefined ? null : { id: row.id, is: row.is, next: row.next };
}

/** Quotes around a text do not change what it is. */
function unquoted(text: string): string {
  const quote = text[0];
  return (quote === '"' || quote === "'") && text.length > 2 && text.endsWith(quote) ? text.slice(1, -1) : text;
}

function wordsOf(text: string): Foreign {
  if (text.length <= 40 && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/i.test(text)) {
    return {
      id: "name",
      is: "one word, such as the name of a cache or a user",
      next: "If it names a cache: cacheauth token --replication-group-id NAME -u USER --region REGION.",
    };
  }
  return {
    id: "plain-text",
    is: "plain text",
    next: "If a server or a client printed it, it is a line that cacheauth does not know: pass the token that was sent. cacheauth token ENDPOINT -u USER makes one.",
  };
}
