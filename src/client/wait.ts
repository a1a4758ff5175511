/** The clocks that refreshing goes by. */
export interface Clock {
  now(): Date;
  /** The same in milliseconds since 1970, where that costs less: it is asked whenever a token is. */
  nowMs?(): number;
  /** Milliseconds of a clock that only goes forward. */
  elapsedMs(): number;
  /** Calls `run` once after so many milliseconds. What it returns calls it off. */
  after(ms: number, run: () => void): () => void;
}

const longestSleepMs = 30_000;

/**
 * Calls `run` once when either clock says that so many milliseconds are over, looking every half minute at the latest: a
 * timer stands still while a laptop sleeps, and the time of day may be set back. What it returns calls it off.
 */
export function wait(ms: number, clock: Clock, run: () => void): () => void {
  const due = clock.now().getTime() + ms;
  const dueElapsed = clock.elapsedMs() + ms;
  let cancel = () => {};
  const look = () => {
    const left = Math.min(due - clock.now().getTime(), dueElapsed - clock.elapsedMs());
    if (left <= 0) run();
    else cancel = clock.after(Math.max(1, Math.min(left, longestSleepMs)), look);
  };
  cancel = clock.after(Math.min(ms, longestSleepMs), look);
  return () => cancel();
}
