/** When a token is made anew: well before its end, and after failures sooner each time than the last. */

/** A token as far as time goes: RFC 3339, as cacheauth prints it. */
export interface Expiring {
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** When a refresh is due; where neither is given, or a token hardly lives longer than that, while a third of its life is left. */
export interface RefreshWhen {
  /** Milliseconds between refreshes. */
  readonly everyMs?: number | null;
  /** Milliseconds before the token's end. */
  readonly aheadMs?: number | null;
}

/** How often something that fails is tried before it is called a failure. */
export const mostTries = 8;

const firstRetryMs = 100;
const longestRetryMs = 5_000;
/** From the last of the tries to the first of the next. */
const pauseMs = 30_000;
const soonestMs = 1_000;
/** A token that is dated further ahead than this was signed before the clock was set back. */
const mostAheadMs = 30_000;

/** Milliseconds until the next refresh. Up to a tenth sooner by chance, that many clients do not ask at once; never later. */
export function refreshDelayMs(token: Expiring, when: RefreshWhen, now: Date, random: () => number): number {
  const { everyMs = null, aheadMs = null } = when;
  const end = Date.parse(token.expiresAt);
  const left = end - now.getTime();
  const life = end - Date.parse(token.issuedAt);
  // One that lives hardly longer than that would be made anew all the time.
  const ahead = aheadMs !== null && aheadMs <= life * 0.9 ? aheadMs : life / 3;
  const base = everyMs !== null && everyMs < left ? everyMs : left - ahead;
  return Math.max(soonestMs, Math.floor(base * (1 - 0.1 * random())));
}

/** Milliseconds until the next try after so many that failed: 100 ms doubling to 5 s, a fifth more or less by chance. */
export function retryDelayMs(failures: number, random: () => number): number {
  const base = failures < mostTries ? Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1)) : pauseMs;
  return Math.floor(base * (0.8 + 0.4 * random()));
}

/**
 * From when until when whoever logs in with it gets in, in milliseconds since 1970: a clock may be a little off, and a login
 * takes its time.
 */
export function usableTimes(token: Expiring): { readonly from: number; readonly until: number } {
  const [start, end] = [Date.parse(token.issuedAt), Date.parse(token.expiresAt)];
  return { from: start - mostAheadMs, until: end - Math.min(10_000, (end - start) / 6) };
}
