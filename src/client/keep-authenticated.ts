import { CacheauthError, shown } from "../errors.ts";
import { retryDelayMs } from "./refresh-times.ts";
import type { TokenProvider } from "./token-provider.ts";
import { wait } from "./wait.ts";

/** A live connection, as far as it logs in again. */
export interface AuthenticatedConnection {
  /** Sends AUTH with both, or HELLO. Resolves when the server said OK; rejects with what it said else. */
  authenticate(user: string, token: string): Promise<unknown>;
  /**
   * Calls `send` at the first moment when AUTH may go out, which may be now: outside of MULTI, and no blocking command under
   * way. If left out, any time will do. What it returns calls it off.
   */
  whenFree?(send: () => void): () => void;
}

export interface KeepAuthenticatedOptions {
  /** Seconds from one login to the next; 39,600 (11 hours) if left out. AWS ends a connection 12 hours after its last login. */
  readonly everySeconds?: number | undefined;
  /** Called after each AUTH that a live connection was sent and took. */
  readonly onReauthenticated?: ((event: Reauthenticated) => void) | undefined;
  /** Called after each that failed; the next try comes by itself, at `nextAt`. */
  readonly onReauthenticationFailed?: ((event: ReauthenticationFailed) => void) | undefined;
}

export interface Reauthenticated {
  /** How many failed before it. */
  readonly failures: number;
  readonly nextAt: Date;
}

export interface ReauthenticationFailed {
  readonly error: unknown;
  /** In a row, from 1. */
  readonly failures: number;
  readonly nextAt: Date;
}

export interface KeptAuthenticated {
  /** Since it began. */
  counters(): { readonly reauthentications: number; readonly failures: number };
  /** Sends no more. To be called when the connection is closed. */
  stop(): void;
}

const usualSeconds = 11 * 3_600;
/** The longest of AWS's life of a connection. */
const mostSeconds = 12 * 3_600;

/**
 * Logs a live connection in again before AWS ends it, with a fresh token each time: first `everySeconds` from now, or up to a
 * tenth sooner by chance, that a fleet which started at once does not come at once. What fails is tried again, sooner at first.
 *
 * @throws CacheauthError with code `argument-invalid`
 * @example
 * ```ts
 * import { keepAuthenticated, tokenProvider } from "cacheauth";
 * const provider = tokenProvider({
 *   target: "master.my-cache.abc123.use1.cache.amazonaws.com",
 *   user: "my-user",
 *   credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
 * });
 * const connection = { authenticate: async (user: string, token: string) => console.log(`AUTH ${user} and ${token.length} characters`) };
 * const kept = keepAuthenticated(connection, provider);
 * kept.counters(); // { reauthentications: 0, failures: 0 }
 * kept.stop();
 * await provider.close();
 * ```
 */
export function keepAuthenticated(
  connection: AuthenticatedConnection,
  provider: TokenProvider,
  options: KeepAuthenticatedOptions = {},
): KeptAuthenticated {
  const everyMs = everySecondsOf(options) * 1_000;
  const { clock, random, user } = provider;
  let [reauthentications, failures, row] = [0, 0, 0];
  const aborter = new AbortController();
  let isStopped = false;
  let callOff = () => {};

  /** Returns when. */
  const schedule = (ms: number): Date => {
    if (!isStopped) callOff = wait(ms, clock, begin);
    return new Date(clock.now().getTime() + ms);
  };
  const scheduleNext = () => schedule(Math.floor(everyMs * (1 - 0.1 * random())));
  const send = (token: string) =>
    new Promise<unknown>((resolve, reject) => {
      // It may have waited long: what is sent is what is good then.
      const now = async () => connection.authenticate(user, provider.peek() ?? token);
      const run = () => void now().then(resolve, reject);
      if (connection.whenFree) callOff = connection.whenFree(run);
      else run();
    });
  const authenticate = async () => {
    try {
      const token = await provider({ signal: aborter.signal });
      if (isStopped) return;
      await send(token);
    } catch (error) {
      if (isStopped) return;
      failures += 1;
      row += 1;
      const nextAt = schedule(retryDelayMs(row, random));
      options.onReauthenticationFailed?.({ error, failures: row, nextAt });
      // Perhaps the key was withdrawn; what comes of it is told by the provider, and by the next try.
      void provider.refresh().catch(() => {});
      return;
    }
    if (isStopped) return;
    reauthentications += 1;
    const event = { failures: row, nextAt: scheduleNext() };
    row = 0;
    options.onReauthenticated?.(event);
  };
  const begin = () => void authenticate();
  scheduleNext();
  return {
    counters: () => ({ reauthentications, failures }),
    stop() {
      isStopped = true;
      callOff();
      aborter.abort();
    },
  };
}

function everySecondsOf({ everySeconds = usualSeconds }: KeepAuthenticatedOptions): number {
  if (typeof everySeconds === "number" && everySeconds > 0 && everySeconds < mostSeconds) return everySeconds;
  throw new CacheauthError(
    "argument-invalid",
    `everySeconds is ${shown(String(everySeconds))}.`,
    "Pass seconds below 43,200: AWS ends a connection 12 hours after its last login.",
  );
}
