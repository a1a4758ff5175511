import type { Clock } from "../../src/client/wait.ts";

/** A clock that stands still until it is moved. What was due on the way is run in order, and what follows from it waited for. */
export interface MovedClock extends Clock {
  /** Goes on by so many milliseconds. */
  move(ms: number): Promise<void>;
  /** Goes on to the next timer and runs it. False where there is none. */
  next(): Promise<boolean>;
  /** Sets the time of day alone, as a person or NTP does. */
  setTime(ms: number): void;
  readonly waiting: number;
}

export function movedClock(start = Date.parse("2025-01-01T00:00:00Z")): MovedClock {
  let elapsed = 0;
  let offset = start;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  // Every promise that is there already goes on before the next turn of the loop.
  const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));
  const runFirst = async () => {
    const [first] = timers;
    if (!first) return;
    timers = timers.filter((timer) => timer !== first);
    elapsed = Math.max(elapsed, first.at);
    first.run();
    await settle();
  };
  return {
    now: () => new Date(offset + elapsed),
    elapsedMs: () => elapsed,
    after(ms, run) {
      const timer = { at: elapsed + ms, run };
      timers = [...timers, timer].sort((a, b) => a.at - b.at);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async move(ms) {
      await settle();
      const end = elapsed + ms;
      while (timers[0] !== undefined && timers[0].at <= end) await runFirst();
      elapsed = end;
    },
    async next() {
      await settle();
      const is = timers.length > 0;
      await runFirst();
      return is;
    },
    setTime(ms) {
      offset = ms - elapsed;
    },
    get waiting() {
      return timers.length;
    },
  };
}
