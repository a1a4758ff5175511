import { awsErrorLines } from "./error-lines-aws.ts";
import { clientErrorLines } from "./error-lines-client.ts";
import { networkErrorLines } from "./error-lines-network.ts";
import type { ErrorLineRow } from "./error-lines-row.ts";
import { serverErrorLines } from "./error-lines-server.ts";
import { tlsErrorLines } from "./error-lines-tls.ts";

/** An error text that was recognised. */
export interface ErrorLine {
  readonly id: string;
  /** What the text says about the login. */
  readonly means: string;
  /** The one thing to do next to get to the cause. */
  readonly next: string;
  /** The error's own words out of the text, at most 100 characters; never a name, host or password beside them. */
  readonly quoted: string;
}

let table: readonly ErrorLineRow[] | undefined;

/**
 * The first that matches counts, so the specific stand first: a client's wrapper around WRONGPASS is WRONGPASS. Made when
 * first asked for: sixty patterns cost every start of lint 1 ms, and a token needs none of them.
 */
export function errorLines(): readonly ErrorLineRow[] {
  table ??= [
    ...serverErrorLines(),
    ...awsErrorLines(),
    ...tlsErrorLines(),
    ...networkErrorLines(),
    ...clientErrorLines(),
  ];
  return table;
}

/** Of a longer text, its beginning and end are read: a Java stack trace has the cause at the end. */
const mostRead = 16_384;

/**
 * Recognises the error of a server, a client, TLS, the network or AWS in a text, and says what it means for the login.
 *
 * @example
 * ```ts
 * findErrorLine("(error) WRONGPASS invalid username-password pair or user is disabled.")?.id; // "wrongpass"
 * findErrorLine("ReplyError: MOVED 5649 10.0.0.7:6379")?.quoted; // "MOVED 5649"
 * findErrorLine("correct horse battery staple"); // null
 * ```
 */
export function findErrorLine(text: string): ErrorLine | null {
  const read = oneLine(text);
  for (const { id, pattern, means, next } of errorLines()) {
    const quoted = pattern.exec(read)?.[0];
    if (quoted !== undefined) return { id, means, next, quoted: quoted.trim().slice(0, 100) };
  }
  return null;
}

/** A terminal wraps lines: white space of any kind is one space. */
function oneLine(text: string): string {
  const half = mostRead / 2;
  const read = text.length <= mostRead ? text : `${text.slice(0, half)} ${text.slice(-half)}`;
  return read.replace(/\s+/g, " ").trim();
}
