import {
  type Expiring,
  mostTries,
  type RefreshWhen,
  refreshDelayMs,
  retryDelayMs,
  usableTimes,
} from "./refresh-times.ts";
import { type Clock, wait } from "./wait.ts";

export interface KeepFreshOptions<T extends Expiring> {
  /** Makes one. Never called again before it has settled. */
  make(): Promise<T>;
  readonly when: RefreshWhen;
  readonly clock: Clock;
  /** From 0 up to 1. */
  random(): number;
  /** Called after each that was made, with when the next is due. */
  refreshed?(token: T, nextAt: Date): void;
  /** Called after each try that failed. */
  failed?(failure: Failure): void;
}

export interface Failure {
  readonly error: unknown;
  /** How many tries have failed in a row, from 1. */
  readonly tries: number;
  /** All tries of a round are used up; what follows comes after a pause. */
  readonly isLast: boolean;
  readonly nextAt: Date;
}

/** Something that expires, kept fresh until it is stopped. */
export interface Fresh<T> {
  /** The one at hand, while both clocks say that it is good. */
  peek(): T | null;
  /**
   * The one at hand while it is good; else the one being made, and where none is, a new one. Rejects as `make` does, and
   * between two tries as the last did: however many ask, AWS is asked no more often.
   */
  current(): Promise<T>;
  /** What it is made of has changed: makes a new one at once, and another where one was being made already. */
  changed(): void;
  /** No refresh begins after this. Resolves when the one under way, if any, has settled. */
  stop(): Promise<void>;
}

/**
 * Keeps a token fresh. Nothing is made before `current` or `changed` is first called. One at a time: whoever asks meanwhile
 * gets the same.
 */
export function keepFresh<T extends Expiring>(options: KeepFreshOptions<T>): Fresh<T> {
  const { clock, random } = options;
  let token: T | null = null;
  /** By the time of day, which may be set; and by the clock that only goes forward, for then it may be set back. */
  let [from, until, untilElapsed] = [0, 0, 0];
  let underWay: Promise<T> | null = null;
  let isOutdated = false;
  let isStopped = false;
  let tries = 0;
  let lastError: unknown;
  let callOff = () => {};

  /** Returns when. */
  const schedule = (ms: number): Date => {
    callOff();
    if (!isStopped) callOff = wait(ms, clock, begin);
    return new Date(clock.now().getTime() + ms);
  };
  const attempt = async (): Promise<T> => {
    try {
      const made = await options.make();
      token = made;
      ({ from, until } = usableTimes(made));
      untilElapsed = clock.elapsedMs() + until - clock.now().getTime();
      tries = 0;
      const nextAt = schedule(refreshDelayMs(made, options.when, clock.now(), random));
      options.refreshed?.(made, nextAt);
      return made;
    } catch (error) {
      tries += 1;
      lastError = error;
      const isLast = tries % mostTries === 0;
      const nextAt = schedule(retryDelayMs(isLast ? mostTries : tries % mostTries, random));
      options.failed?.({ error, tries, isLast, nextAt });
      throw error;
    } finally {
      underWay = null;
      if (isOutdated) changed();
    }
  };
  const refresh = (): Promise<T> => {
    callOff();
    underWay ??= attempt();
    return underWay;
  };
  /** For whom nobody waits: `failed` was told. */
  const begin = () => void refresh().catch(() => {});
  const changed = () => {
    isOutdated = underWay !== null;
    if (isStopped || isOutdated) return;
    tries = 0;
    begin();
  };
  const peek = () => {
    const now = clock.nowMs ? clock.nowMs() : clock.now().getTime();
    return now >= from && now < until && clock.elapsedMs() < untilElapsed ? token : null;
  };
  return {
    peek,
    async current() {
      const atHand = peek();
      if (atHand !== null) return atHand;
      if (underWay === null && tries > 0 && !isStopped) throw lastError;
      return refresh();
    },
    changed,
    async stop() {
      isStopped = true;
      callOff();
      await underWay?.catch(() => {});
    },
  };
}
