import { joinBytes } from "../../resp/join-bytes.ts";

/**
 * Looks through what a server sends for the answers that belong to markers, and puts ours in their place. It reads lines
 * and lengths alone, so that nothing inside of a value is ever taken for a marker, and no value is kept: whatever is no
 * marker's answer comes out as it went in, at once but for a line of which the end is missing.
 */
export interface ReplyFilter {
  /** What may go on. */
  push(bytes: Uint8Array): Uint8Array[];
  /** From here on everything goes by: what follows is no longer replies. */
  open(): void;
  /** A reply has begun of which the end has not come. Of a list, only a part of an element counts. */
  readonly midway: boolean;
}

/** A marker is so many characters of ASCII. */
export const markerLength = 32;

/** The answer to PING MARKER, and before it what it is to a client of RESP2 that has subscribed to something. */
const plainHead = new TextEncoder().encode(`$${markerLength}\r\n`);
const subscribedHead = new TextEncoder().encode(`*2\r\n$4\r\npong\r\n$${markerLength}\r\n`);

/** Simple strings, errors and numbers are no longer than this; a longer line means that it is no RESP. */
const longestLine = 65_536;

/**
 * `answerTo` says what stands in the place of a marker; null where it is none. It is told whether the marker came back in
 * the form of a subscribed client.
 */
export function createReplyFilter(answerTo: (marker: string, subscribed: boolean) => Uint8Array | null): ReplyFilter {
  /** Bytes of a value that are still to come, which are not looked at. */
  let passing = 0;
  let isOpen = false;
  /** What may be the beginning of a marker's answer, or a line of which the end is missing. */
  let kept: Uint8Array = new Uint8Array(0);

  return {
    push(more) {
      const bytes = kept.length > 0 ? joinBytes([kept, more]) : more;
      const out: Uint8Array[] = [];
      /** What is before the one has been looked at, what is before the other has gone out. */
      let at = 0;
      let gone = 0;
      while (at < bytes.length && !isOpen) {
        if (passing > 0) {
          const step = Math.min(passing, bytes.length - at);
          passing -= step;
          at += step;
          continue;
        }
        const match = matchAt(bytes, at);
        if (match === "more") break;
        if (match) {
          out.push(bytes.subarray(gone, at), match.answer);
          at = match.end;
          gone = at;
          continue;
        }
        const end = bytes.indexOf(10, at);
        if (end < 0) break;
        passing = payloadAfter(bytes, at, end + 1);
        at = end + 1;
      }
      if (bytes.length - at > longestLine) isOpen = true;
      if (isOpen) at = bytes.length;
      out.push(bytes.subarray(gone, at));
      // A copy: what it is a part of would stay in memory as a whole.
      kept = bytes.slice(at);
      return out.filter(({ length }) => length > 0);
    },
    open() {
      isOpen = true;
    },
    get midway() {
      return passing > 0 || kept.length > 0;
    },
  };

  function matchAt(
    bytes: Uint8Array,
    at: number,
  ): { readonly answer: Uint8Array; readonly end: number } | "more" | null {
    const head = bytes[at] === dollar ? plainHead : bytes[at] === asterisk ? subscribedHead : null;
    if (head === null || !startsWith(bytes, at, head)) return null;
    const start = at + head.length;
    const end = start + markerLength + 2;
    if (bytes.length < end) return "more";
    const marker = String.fromCharCode(...bytes.subarray(start, start + markerLength));
    const answer = answerTo(marker, head === subscribedHead);
    return answer && { answer, end };
  }
}

const asterisk = 42;
const dollar = 36;
const semicolon = 59;
/** `$`, `=`, `!` and `;`: strings, verbatim strings, bulk errors, and the pieces of a streamed string. */
const announces: ReadonlySet<number> = new Set([dollar, 61, 33, semicolon]);

/** How many bytes follow a line that announces a string; the two that end it count. */
function payloadAfter(bytes: Uint8Array, from: number, to: number): number {
  const type = bytes[from] ?? 0;
  if (!announces.has(type) || to - from > 24) return 0;
  const length = /^(\d+)\r\n$/.exec(String.fromCharCode(...bytes.subarray(from + 1, to)))?.[1];
  // The last piece of a streamed string is empty, and ends with its line.
  if (length === undefined || (type === semicolon && Number(length) === 0)) return 0;
  return Number(length) + 2;
}

/** As far as the bytes go: their end may be the beginning of it. */
function startsWith(bytes: Uint8Array, at: number, head: Uint8Array): boolean {
  const length = Math.min(head.length, bytes.length - at);
  for (let index = 0; index < length; index += 1) if (bytes[at + index] !== head[index]) return false;
  return true;
}
