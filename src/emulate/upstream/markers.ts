import { encode, encodeCommand } from "../../resp/encode.ts";
import { error } from "../../resp/value.ts";
import { toHex } from "../../token/hex.ts";
import { createReplyFilter, markerLength, type ReplyFilter } from "./reply-filter.ts";

/**
 * Answers of ours in the right place of another server's replies. The server is sent PING MARKER instead of the command,
 * which it answers with the marker; where that comes back, our answer goes on in its stead. So it keeps its place in a
 * pipeline, inside MULTI and, PING being allowed there, after SUBSCRIBE, and nobody counts replies.
 */
export interface Markers {
  readonly filter: ReplyFilter;
  /** The command to send. `returned` is called each time its marker comes back. */
  commandFor(name: string, answer: Uint8Array, returned?: () => void): Uint8Array;
}

interface Entry {
  readonly name: string;
  readonly answer: Uint8Array;
  readonly returned: () => void;
}

/** Each answer that differs costs a little: whoever makes up a thousand wrong commands gets a plainer one. */
const mostAnswers = 1_000;
const plainAnswer = encode(error("ERR syntax error"));

/**
 * One marker for each answer, for a reply that never comes (an EXEC that fails, CLIENT REPLY OFF) must leave nothing behind;
 * one of its own where somebody is told.
 */
export function createMarkers(random: (length: number) => Uint8Array): Markers {
  const prefix = toHex(random(12));
  const entries = new Map<string, Entry>();
  const shared = new Map<string, string>();

  function add(entry: Entry): string {
    const marker = prefix + entries.size.toString(16).padStart(markerLength - prefix.length, "0");
    entries.set(marker, entry);
    return marker;
  }

  return {
    filter: createReplyFilter((marker, subscribed) => {
      const entry = entries.get(marker);
      if (!entry) return null;
      entry.returned();
      return subscribed ? refusedWhileSubscribed(entry.name) : entry.answer;
    }),
    commandFor(name, answer, returned) {
      if (returned) return encodeCommand("PING", add({ name, answer, returned }));
      const key = (bytes: Uint8Array) => `${name} ${toHex(bytes)}`;
      const told = shared.size < mostAnswers || shared.has(key(answer)) ? answer : plainAnswer;
      const marker = shared.get(key(told)) ?? add({ name, answer: told, returned: () => {} });
      shared.set(key(told), marker);
      return encodeCommand("PING", marker);
    },
  };
}

/** As the server says it to a client of RESP2 that has subscribed. */
function refusedWhileSubscribed(name: string): Uint8Array {
  return encode(
    error(
      `ERR Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
    ),
  );
}
