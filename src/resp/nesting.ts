import type { DecodeLimits } from "./decode.ts";
import { joinBytes } from "./join-bytes.ts";
import { MalformedResp } from "./malformed.ts";
import type { RespPairs, RespValue } from "./value.ts";

/** The aggregates that have begun and not ended, the outermost first. A top-level value is given back when it is whole. */
export interface Nesting {
  add(value: RespValue, at: number): RespValue | null;
  /** `count` is what was announced: pairs for `%` and `|`; null where an end will tell. */
  begin(type: string, count: number | null, at: number): RespValue | null;
  /** The end of what was announced without a count. */
  end(at: number): RespValue | null;
  /** Whether a string is being streamed, of which only pieces may follow. */
  readonly wantsChunks: boolean;
}

interface Frame {
  readonly type: string;
  /** Values that it will have; null where an end will tell. */
  readonly size: number | null;
  readonly values: RespValue[];
  /** What was said about the aggregate itself, or before these attributes. Its own: attributes are added in place. */
  readonly attributes: Pair[];
}

type Pair = RespPairs[number];

export function createNesting(limits: DecodeLimits): Nesting {
  const frames: Frame[] = [];
  let items = 0;
  /** Read, and waiting for the value that they are about. */
  let attributes: Pair[] = [];

  function count(more: number, at: number): void {
    if (items + more > limits.items) throw new MalformedResp("too-many-items", at);
  }

  function attributed(value: RespValue): RespValue {
    if (attributes.length === 0) return value;
    const said = { ...value, attributes };
    attributes = [];
    return said;
  }

  /** Puts a value in its place, and closes what is full with it. */
  function place(value: RespValue): RespValue | null {
    const frame = frames.at(-1);
    if (!frame) return value;
    frame.values.push(value);
    return closeIfFull();
  }

  function closeIfFull(): RespValue | null {
    const frame = frames.at(-1);
    return frame && frame.values.length === frame.size ? close(frame) : null;
  }

  function close(frame: Frame): RespValue | null {
    frames.pop();
    if (frame.type === "|") {
      attributes = frame.attributes;
      for (const pair of pairsOf(frame.values)) attributes.push(pair);
      return null;
    }
    attributes = frame.attributes;
    return place(attributed(aggregate(frame)));
  }

  return {
    get wantsChunks() {
      return frames.at(-1)?.type === "$";
    },
    add(value, at) {
      count(1, at);
      items += 1;
      return place(attributed(value));
    },
    begin(type, announced, at) {
      const size = announced === null ? null : announced * (type === "%" || type === "|" ? 2 : 1);
      if (type !== "$" && frames.length >= limits.depth) throw new MalformedResp("too-deep", at);
      count(1 + (size ?? 0), at);
      items += 1;
      frames.push({ type, size, values: [], attributes });
      attributes = [];
      return closeIfFull();
    },
    end(at) {
      const frame = frames.at(-1);
      if (frame?.size !== null) throw new MalformedResp("misplaced-end", at);
      if (attributes.length > 0) throw new MalformedResp("attributes-of-nothing", at);
      if (frame.type === "%" && frame.values.length % 2 === 1) throw new MalformedResp("odd-map", at);
      return close(frame);
    },
  };
}

function aggregate({ type, values }: Frame): RespValue {
  switch (type) {
    case "%":
      return { type: "map", entries: pairsOf(values) };
    case "~":
      return { type: "set", items: values };
    case ">":
      return { type: "push", items: values };
    case "$":
      return { type: "bulk-string", bytes: joined(values) };
    default:
      return { type: "array", items: values };
  }
}

function pairsOf(values: readonly RespValue[]): RespPairs {
  return Array.from({ length: values.length / 2 }, (_, index) => [
    values[index * 2] as RespValue,
    values[index * 2 + 1] as RespValue,
  ]);
}

function joined(chunks: readonly RespValue[]): Uint8Array {
  return joinBytes(chunks.flatMap((chunk) => ("bytes" in chunk ? [chunk.bytes] : [])));
}
