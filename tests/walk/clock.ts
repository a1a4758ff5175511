import type { WalkClock } from "../../src/walk/limited.ts";

/** A clock that a test turns. A fake: nothing passes unless it is told to. */
export interface TurnedClock extends WalkClock {
  /** Lets so much time pass; timers run when they are due, and what follows from each is done before the next. */
  pass(ms: number): Promise<void>;
  /** How many timers are waiting. */
  readonly waiting: number;
}

export function turnedClock(): TurnedClock {
  let now = 1_000;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    elapsedMs: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async pass(ms) {
      const end = now + ms;
      await settled();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        now = Math.max(now, next.at);
        timers.delete(next);
        next.run();
        await settled();
      }
      now = end;
    },
    get waiting() {
      return timers.size;
    },
  };
}

/** Whatever is only waiting for a promise that is there already goes on first. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((next) => setImmediate(next));
}

/** A promise that the test settles. */
export function pending<T>(): { readonly promise: Promise<T>; resolve(value: T): void; reject(error: unknown): void } {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
