import type { RequestLimits } from "./request-limits.ts";
import { createRequestReader, type Read } from "./request-reader.ts";

export type Scanned = Exclude<Read, { readonly kind: "more" }>;

export interface RequestScanner {
  /** All that these bytes settle, in their order. After a `malformed` there is nothing more. */
  push(bytes: Uint8Array): readonly Scanned[];
}

/**
 * For a proxy: a client's bytes as they came, but for the commands whose names are held, each of which is given whole and
 * has not been passed on. Nothing else is kept but the beginning of a command whose name is not known yet, and lengths of
 * which the end is missing.
 */
export function createRequestScanner(held: ReadonlySet<string>, limits: RequestLimits): RequestScanner {
  const reader = createRequestReader(held, limits);
  let ended = false;
  return {
    push(bytes) {
      const scanned: Scanned[] = [];
      if (ended) return scanned;
      reader.push(bytes);
      for (;;) {
        const read = reader.next();
        if (read.kind === "more") return scanned;
        scanned.push(read);
        if (read.kind !== "malformed") continue;
        ended = true;
        return scanned;
      }
    },
  };
}
