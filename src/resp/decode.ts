import { type ByteQueue, createByteQueue } from "./byte-queue.ts";
import { type Malformed, MalformedResp } from "./malformed.ts";
import { createNesting, type Nesting } from "./nesting.ts";
import { lengthOf, longestLines, scalarOf, verbatimOf } from "./scalars.ts";
import type { RespValue } from "./value.ts";

/** What one top-level value may have at most. */
export interface DecodeLimits {
  /** Aggregates inside of each other. */
  readonly depth: number;
  /** Bytes on the wire, everything counted. */
  readonly bytes: number;
  /** Elements, nested ones, names, attributes and chunks included. */
  readonly items: number;
}

export type Decoded =
  | { readonly kind: "value"; readonly value: RespValue }
  | { readonly kind: "more" }
  /** `at` is the place in the whole stream, from 0. What follows can no longer be read. */
  | { readonly kind: "malformed"; readonly reason: Malformed; readonly at: number };

export interface Decoder {
  push(bytes: Uint8Array): void;
  /** The next top-level value; `more` where it is not complete. After `malformed` that is the answer for ever. */
  next(): Decoded;
  /** Bytes that are waiting for others. */
  readonly buffered: number;
}

const usualLimits: DecodeLimits = { depth: 64, bytes: 64 << 20, items: 1 << 20 };

/**
 * Reads RESP2 and RESP3, in whatever pieces it comes: each byte is looked at once, and nothing is allocated for what was
 * announced and has not come.
 */
export function createDecoder(limits: Partial<DecodeLimits> = {}): Decoder {
  const queue = createByteQueue();
  const reading = createReading(queue, { ...usualLimits, ...limits });
  let broken: Decoded | null = null;
  return {
    push(bytes) {
      if (!broken) queue.push(bytes);
    },
    next() {
      try {
        return broken ?? reading();
      } catch (error) {
        if (!(error instanceof MalformedResp)) throw error;
        queue.skip(queue.end);
        broken = { kind: "malformed", reason: error.reason, at: error.at };
        return broken;
      }
    },
    get buffered() {
      return queue.end - queue.start;
    },
  };
}

/** One value at a time, from wherever the last call had to stop. */
function createReading(queue: ByteQueue, limits: DecodeLimits): () => Decoded {
  const more: Decoded = { kind: "more" };
  let valueStart = 0;
  let nesting = createNesting(limits);
  /** Up to where no line ending stands. */
  let searched = 0;
  /** A string whose length is known and whose bytes are not all there. */
  let body: { readonly type: string; readonly at: number; readonly length: number } | null = null;

  return () => {
    for (;;) {
      const whole = body ? readBody(body) : readLine();
      if (whole === "more") return more;
      if (whole) {
        valueStart = queue.start;
        nesting = createNesting(limits);
        return { kind: "value", value: whole };
      }
    }
  };

  function readLine(): RespValue | null | "more" {
    if (queue.start === queue.end) return "more";
    const at = queue.start;
    const type = String.fromCharCode(queue.at(at));
    checkType(type, at, nesting);
    const lineEnd = findLineEnd(type, at);
    if (lineEnd === null) return "more";
    const bytes = queue.take(lineEnd + 2).subarray(1, -2);
    searched = queue.start;
    if (type === "+" || type === "-") {
      return nesting.add({ type: type === "+" ? "simple-string" : "simple-error", bytes }, at);
    }
    const line = String.fromCharCode(...bytes);
    const scalar = scalarOf(type, line);
    if (scalar) return nesting.add(orThrow(scalar, at), at);
    if (type === ".") return nesting.end(at);
    if ("$!=;".includes(type)) return beginString(type, line, at);
    return nesting.begin(type, line === "?" && "*~%".includes(type) ? null : needLength(line, at), at);
  }

  function beginString(type: string, line: string, at: number): RespValue | null {
    if (type === "$" && line === "?") return nesting.begin(type, null, at);
    const length = needLength(line, at);
    if (type === ";" && length === 0) return nesting.end(at);
    // Said at once: nobody has to wait for what will not be taken.
    if (queue.start + length + 2 - valueStart > limits.bytes) throw new MalformedResp("too-long", at);
    body = { type, at, length };
    return null;
  }

  function readBody({ type, at, length }: NonNullable<typeof body>): RespValue | null | "more" {
    const end = queue.start + length;
    for (const [place, ending] of [
      [end, 13],
      [end + 1, 10],
    ] as const) {
      if (place >= queue.end) return "more";
      if (queue.at(place) !== ending) throw new MalformedResp("unterminated-string", place);
    }
    body = null;
    const bytes = queue.take(end);
    queue.skip(end + 2);
    searched = queue.start;
    if (type === "=") return nesting.add(orThrow(verbatimOf(bytes), at), at);
    return nesting.add({ type: type === "!" ? "bulk-error" : "bulk-string", bytes }, at);
  }

  /** Where the CR of this line stands; null where it has not come. */
  function findLineEnd(type: string, at: number): number | null {
    const longest = longestLines[type] ?? Number.POSITIVE_INFINITY;
    const last = Math.min(at + 1 + longest, valueStart + limits.bytes - 2);
    const from = Math.max(searched, at + 1);
    const to = Math.min(queue.end, last + 1);
    const cr = from < to ? queue.indexOf(13, from, to) : -1;
    const lf = from < to ? queue.indexOf(10, from, cr < 0 ? to : cr) : -1;
    if (lf >= 0) throw new MalformedResp("bad-line-ending", lf);
    if (cr >= 0) {
      searched = cr;
      if (cr + 1 === queue.end) return null;
      if (queue.at(cr + 1) !== 10) throw new MalformedResp("bad-line-ending", cr + 1);
      return cr;
    }
    searched = to;
    if (queue.end <= last) return null;
    throw new MalformedResp(last === at + 1 + longest ? "line-too-long" : "too-long", at);
  }
}

const types = "+-:$*_,#!=(%~|>;.";

function checkType(type: string, at: number, nesting: Nesting): void {
  if (!types.includes(type)) throw new MalformedResp("unknown-type", at);
  if ((type === ";") !== nesting.wantsChunks) throw new MalformedResp("misplaced-chunk", at);
}

function needLength(line: string, at: number): number {
  const length = lengthOf(line);
  if (length === null) throw new MalformedResp("bad-length", at);
  return length;
}

function orThrow(value: RespValue | Malformed, at: number): RespValue {
  if (typeof value === "string") throw new MalformedResp(value, at);
  return value;
}
