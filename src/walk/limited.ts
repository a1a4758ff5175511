import type { Host } from "../runtime.ts";
import type { Ended } from "./step.ts";

/** A clock that only goes forward, and its timers. */
export type WalkClock = Pick<Host, "elapsedMs" | "after">;

/**
 * Something with a limit in milliseconds, that an interruption ends too. Where it is over, its signal is aborted, and whatever
 * becomes of it then counts for nothing.
 */
export function limited<T>(
  run: (signal: AbortSignal) => Promise<T>,
  mostMs: number,
  clock: WalkClock,
  interruption: AbortSignal,
): Promise<Ended<T>> {
  if (interruption.aborted) return Promise.resolve({ end: "interrupted" });
  const began = clock.elapsedMs();
  const stop = new AbortController();
  return new Promise((resolve) => {
    const settle = (ended: Ended<T>) => {
      callOff();
      interruption.removeEventListener("abort", interrupt);
      resolve(ended);
      // After resolving: what `run` then rejects with is too late to count.
      if (ended.end === "timeout" || ended.end === "interrupted") stop.abort();
    };
    const interrupt = () => settle({ end: "interrupted" });
    const callOff = clock.after(mostMs, () => settle({ end: "timeout", afterMs: rounded(clock.elapsedMs() - began) }));
    interruption.addEventListener("abort", interrupt);
    run(stop.signal).then(
      (value) => settle({ end: "done", value }),
      (error: unknown) => settle({ end: "failed", error }),
    );
  });
}

/** To the microsecond: more figures would only pretend. */
export function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
