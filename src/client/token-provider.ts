import { CacheauthError } from "../errors.ts";
import type { Target } from "../target/kinds.ts";
import type { Token } from "../token/create-token.ts";
import { type Failure, keepFresh } from "./keep-fresh.ts";
import { createListeners } from "./listeners.ts";
import { untilAborted } from "./until-aborted.ts";
import type { Clock } from "./wait.ts";

export interface ProviderEvents {
  /** A token was made. */
  readonly refresh: { readonly issuedAt: Date; readonly expiresAt: Date; readonly nextAt: Date };
  /** A try to make one failed; the next comes by itself, at `nextAt`. */
  readonly error: Failure;
  /** Eight tries in a row failed. `isUsable`: the token at hand is served on, until `expiresAt`. */
  readonly stale: { readonly error: unknown; readonly expiresAt: Date | null; readonly isUsable: boolean };
}

/** Counted since it was made; times are null before the first token. */
export interface ProviderCounters {
  readonly refreshes: number;
  readonly failures: number;
  readonly expiresAt: Date | null;
  /** When the next token is made, or the next try begins. */
  readonly nextAt: Date | null;
}

/** Call it for the password of AUTH: a token that is good now. */
export interface TokenProvider {
  /**
   * The token at hand while it is good; else the one being made. Rejects with what the credentials provider threw when eight
   * tries have failed, at once where they just have, and with the signal's reason where that is aborted first.
   */
  (options?: { readonly signal?: AbortSignal | undefined }): Promise<string>;
  /** As it is signed: lower case. */
  readonly user: string;
  readonly target: Target;
  /** The token at hand, if it is good now. Makes none. */
  peek(): string | null;
  /**
   * Makes a new one, with credentials that are fetched anew where the provider of them can (`forceRefresh`): for when a server
   * refused the one at hand. One that is not five seconds old is kept.
   */
  refresh(): Promise<string>;
  on<Name extends keyof ProviderEvents>(name: Name, listener: (event: ProviderEvents[Name]) => void): () => void;
  counters(): ProviderCounters;
  /** Makes no more; whoever waits, or asks from now on, is rejected with `provider-closed`. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
  /** The clocks and the chance that it goes by, for what is kept authenticated with it. */
  readonly clock: Clock;
  random(): number;
}

export interface ProviderParts {
  readonly user: string;
  readonly target: Target;
  /** `isForced`: with credentials that are not kept from before. */
  make(isForced: boolean): Promise<Token>;
  /** Milliseconds before a token's end that the next is made. */
  readonly aheadMs: number;
  readonly clock: Clock;
  random(): number;
  /** Keeps the process alive until what it returns is called. */
  hold(): () => void;
  readonly signal?: AbortSignal | undefined;
}

/** A refused token is not made anew sooner than that: many connections are refused at once. */
const soonestRefreshMs = 5_000;

/** Caches one token and makes the next in time, one at a time. Nothing is made before it is first asked. */
export function createTokenProvider(parts: ProviderParts): TokenProvider {
  const { user, target, clock, random, signal } = parts;
  const { on, tell } = createListeners<ProviderEvents>();
  let [refreshes, failures] = [0, 0];
  let [expiresAt, nextAt]: [Date | null, Date | null] = [null, null];
  /** Resolved with the token at hand: who asks for it costs nothing. */
  let handed: Promise<string> = Promise.resolve("");
  let madeAt = Number.NEGATIVE_INFINITY;
  let waiting: PromiseWithResolvers<string> | null = null;
  /** Why the last round failed, until the next begins. */
  let paused: { readonly error: unknown } | null = null;
  /** Failed in a row. */
  let tries = 0;
  let [isMaking, isForced, isClosed] = [false, false, false];

  const fresh = keepFresh<Token>({
    make() {
      paused = null;
      isMaking = true;
      const forced = isForced;
      isForced = false;
      return parts.make(forced);
    },
    when: { aheadMs: parts.aheadMs },
    ...{ clock, random },
    refreshed(token, next) {
      refreshes += 1;
      [isMaking, tries] = [false, 0];
      [expiresAt, nextAt] = [new Date(token.expiresAt), next];
      madeAt = clock.elapsedMs();
      handed = Promise.resolve(token.token ?? "");
      waiting?.resolve(handed);
      waiting = null;
      tell("refresh", { issuedAt: new Date(token.issuedAt), expiresAt, nextAt: next });
    },
    failed(failure) {
      failures += 1;
      [isMaking, tries] = [false, failure.tries];
      nextAt = failure.nextAt;
      const { error, isLast } = failure;
      if (isLast) {
        paused = { error };
        waiting?.reject(error);
        waiting = null;
      }
      tell("error", failure);
      if (isLast) tell("stale", { error, expiresAt, isUsable: fresh.peek() !== null });
    },
  });

  const wait = (begin: () => void): Promise<string> => {
    if (isClosed) return Promise.reject(closed());
    if (paused) return Promise.reject(paused.error);
    waiting ??= Promise.withResolvers<string>();
    const { promise } = waiting;
    begin();
    return promise;
  };
  /** A failed try is told by `failed`; whoever waits is served by the tries that follow. */
  const begin = () => void fresh.current().catch(() => {});
  const provide = (options?: { readonly signal?: AbortSignal | undefined }): Promise<string> => {
    if (!isClosed && fresh.peek() !== null) return handed;
    // Its timers keep no process alive; who waits for a token, and has nothing else to do, is not done.
    return untilAborted(wait(begin), options?.signal).finally(parts.hold());
  };
  const refresh = (): Promise<string> => {
    if (clock.elapsedMs() - madeAt < soonestRefreshMs) return provide();
    return wait(() => {
      // One is being made, or soon tried again.
      if (isMaking || tries > 0) return;
      isForced = true;
      fresh.changed();
    });
  };
  const close = async () => {
    isClosed = true;
    signal?.removeEventListener("abort", onAbort);
    waiting?.reject(closed());
    waiting = null;
    await fresh.stop();
  };
  const onAbort = () => void close();
  if (signal?.aborted) onAbort();
  else signal?.addEventListener("abort", onAbort, { once: true });

  return Object.assign(provide, {
    ...{ user, target, refresh, on, close, clock, random },
    peek: () => (isClosed ? null : (fresh.peek()?.token ?? null)),
    counters: () => ({ refreshes, failures, expiresAt, nextAt }),
    [Symbol.asyncDispose]: close,
  });
}

function closed(): CacheauthError {
  return new CacheauthError("provider-closed", "The token provider is closed.", "Make another with tokenProvider.");
}
