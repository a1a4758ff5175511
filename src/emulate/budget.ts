/**
 * So many of something at once, and so many a second after that: what is dear, or would flood a log, is done while there
 * is budget for it.
 */
export interface Budget {
  /** Takes one where there is one left. */
  take(): boolean;
}

export function createBudget(atOnce: number, perSecond: number, elapsedMs: () => number): Budget {
  let left = atOnce;
  let filledAt = elapsedMs();
  return {
    take() {
      const now = elapsedMs();
      left = Math.min(atOnce, left + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
