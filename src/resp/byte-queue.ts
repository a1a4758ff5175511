/** Bytes that came in and were not taken yet, addressed by their place in the whole stream. */
export interface ByteQueue {
  /** Where in the stream the first byte stands that was not taken yet. */
  readonly start: number;
  /** Where the stream ends so far. */
  readonly end: number;
  push(bytes: Uint8Array): void;
  /** The byte at a place from `start` on, before `end`. */
  at(place: number): number;
  /** Where the byte stands first in the places `from` to `to`, or -1. */
  indexOf(byte: number, from: number, to: number): number;
  /** A copy of all up to `to`, which is then gone. */
  take(to: number): Uint8Array;
  skip(to: number): void;
  /** A copy that leaves the bytes where they are. */
  copy(from: number, to: number): Uint8Array;
}

const smallest = 1_024;

/** The room doubles as it fills up, so that a stream costs its length, however small its pieces are. */
export function createByteQueue(): ByteQueue {
  let room = new Uint8Array(smallest);
  /** Place in the stream of `room[0]`. */
  let base = 0;
  let start = 0;
  let end = 0;

  function makeRoom(length: number): void {
    if (end - base + length <= room.length) return;
    const kept = room.subarray(start - base, end - base);
    const needed = kept.length + length;
    // Moving to the front pays only where at least half of the room is free afterwards.
    const next = needed * 2 <= room.length ? room : new Uint8Array(Math.max(smallest, needed * 2));
    next.set(kept);
    room = next;
    base = start;
  }

  function skip(to: number): void {
    start = to;
    if (start < end) return;
    base = start;
    if (room.length > 1 << 16) room = new Uint8Array(smallest);
  }

  return {
    get start() {
      return start;
    },
    get end() {
      return end;
    },
    push(bytes) {
      makeRoom(bytes.length);
      room.set(bytes, end - base);
      end += bytes.length;
    },
    at: (place) => room[place - base] ?? 0,
    indexOf(byte, from, to) {
      const found = room.subarray(from - base, to - base).indexOf(byte);
      return found < 0 ? -1 : from + found;
    },
    take(to) {
      const taken = room.slice(start - base, to - base);
      skip(to);
      return taken;
    },
    skip,
    copy: (from, to) => room.slice(from - base, to - base),
  };
}
