import type { ByteQueue } from "./byte-queue.ts";
import { longestLine } from "./request-limits.ts";

export const cr = 13;
export const lf = 10;

/** Finds the ends of a client's lines, with one look at each byte, as redis-server does: by text, which a zero byte ends. */
export interface LineSearch {
  /** Where the byte that ends the line stands, which begins at `start`. */
  endOf(start: number, ending: typeof cr | typeof lf): number | "more" | "too-long";
}

export function createLineSearch(queue: ByteQueue): LineSearch {
  /** Before this no line ends, or never where a zero byte stands before it. */
  let searched = 0;
  let line = 0;
  return {
    endOf(start, ending) {
      if (start !== line) {
        line = start;
        searched = start;
      }
      const to = Math.min(queue.end, start + longestLine + 1);
      if (searched < to) {
        const end = queue.indexOf(ending, searched, to);
        const isHidden = queue.indexOf(0, searched, end < 0 ? to : end) >= 0;
        searched = isHidden ? Number.POSITIVE_INFINITY : end < 0 ? to : end;
        // After a CR one more byte must be there, whatever it is.
        if (end >= 0 && !isHidden) return ending === cr && end + 1 >= queue.end ? "more" : end;
      }
      return queue.end - start > longestLine ? "too-long" : "more";
    },
  };
}
