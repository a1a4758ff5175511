import type { RequestLimits } from "./request-limits.ts";
import { createRequestReader } from "./request-reader.ts";

export type Request =
  | { readonly kind: "command"; readonly words: readonly Uint8Array[] }
  | { readonly kind: "more" }
  /** What redis-server says before it hangs up, without its `ERR`: `Protocol error: …`. */
  | { readonly kind: "malformed"; readonly message: string };

export interface RequestDecoder {
  push(bytes: Uint8Array): void;
  next(): Request;
  /** From the next word on that is read: after authentication a client may send more. */
  setLimits(limits: RequestLimits): void;
  /** Bytes that are waiting for others. */
  readonly buffered: number;
}

/** What a server reads: arrays of bulk strings, and inline commands. Empty ones are skipped. No command is without a word. */
export function createRequestDecoder(limits: RequestLimits): RequestDecoder {
  const reader = createRequestReader(null, limits);
  return {
    push: reader.push,
    next() {
      for (;;) {
        const read = reader.next();
        if (read.kind !== "bytes") return read;
      }
    },
    setLimits: reader.setLimits,
    get buffered() {
      return reader.buffered;
    },
  };
}
