/** When a token is made anew: while a third of its life is left, and after failures sooner each time than the last. */

/** A token as far as time goes: RFC 3339, as cacheauth prints it. */
export interface Expiring {
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** How often something that fails is tried before it is called a failure. */
export const mostTries = 8;

const firstRetryMs = 100;
const longestRetryMs = 5_000;
/** From the last of the tries to the first of the next. */
const pauseMs = 30_000;
const soonestMs = 1_000;

/**
 * Milliseconds until the next refresh: so that a third of the life is left, or `everyMs` where the token lives that long.
 * Up to a tenth sooner by chance, that many clients do not ask at once; never later.
 */
export function refreshDelayMs(token: Expiring, everyMs: number | null, now: Date, random: () => number): number {
  const end = Date.parse(token.expiresAt);
  const left = end - now.getTime();
  const third = left - (end - Date.parse(token.issuedAt)) / 3;
  const base = everyMs !== null && everyMs < left ? everyMs : third;
  return Math.max(soonestMs, Math.floor(base * (1 - 0.1 * random())));
}

/** Milliseconds until the next try after so many that failed: 100 ms doubling to 5 s, a fifth more or less by chance. */
export function retryDelayMs(failures: number, random: () => number): number {
  const base = failures < mostTries ? Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1)) : pauseMs;
  return Math.floor(base * (0.8 + 0.4 * random()));
}

/** Whether whoever logs in with it now still gets in: a clock may be a little off, and a login takes its time. */
export function isUsable(token: Expiring, now: Date): boolean {
  const end = Date.parse(token.expiresAt);
  return now.getTime() < end - Math.min(10_000, (end - Date.parse(token.issuedAt)) / 6);
}
