/** `tokenProvider`, tied to this runtime's clock and timers. */

import { createTokenProvider, type TokenProvider } from "./client/token-provider.ts";
import type { Clock } from "./client/wait.ts";
import { CacheauthError, shown } from "./errors.ts";
import { type CreateTokenOptions, createToken, targetOf } from "./library.ts";
import { nodeNow, nodeNowMs, nodeProcess } from "./node-runtime.ts";
import { checkUser } from "./target/names.ts";
import type { Credentials } from "./token/sign.ts";

export interface TokenProviderOptions extends Omit<CreateTokenOptions, "at" | "signal" | "credentials"> {
  /**
   * AWS credentials, or a provider of them as every AWS SDK for JavaScript has. It is called for each token, and with
   * `forceRefresh` after a server refused one.
   */
  readonly credentials:
    | Credentials
    | ((options?: { readonly forceRefresh?: boolean }) => Promise<Credentials> | Credentials);
  /**
   * How many seconds before a token ends the next is made: 300, if absent, and up to a tenth of the time sooner by chance.
   * A token that hardly lives longer is made anew while a third of its life is left.
   */
  readonly refreshAheadSeconds?: number | undefined;
  /** Closes the provider. */
  readonly signal?: AbortSignal | undefined;
  /** The clocks and timers to go by; this process's, with timers that do not keep it alive, if absent. */
  readonly clock?: Clock | undefined;
  /** From 0 up to 1; Math.random, if absent. */
  readonly random?: (() => number) | undefined;
}

/**
 * Keeps one token good for as long as a program runs: the password for every connection and reconnection. Nothing is made before
 * it is first called; from then on the next token is made in time, one at a time, however many ask.
 *
 * @throws CacheauthError where the options cannot be: a name, a user, a region
 * @example
 * ```ts
 * import { tokenProvider } from "cacheauth";
 * const provider = tokenProvider({
 *   target: "master.my-cache.abc123.use1.cache.amazonaws.com:6379",
 *   user: "my-user",
 *   credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
 * });
 * const password = await provider();
 * password.startsWith("my-cache/?Action=connect"); // true
 * (await provider()) === password; // true
 * provider.counters().refreshes; // 1
 * await provider.close();
 * ```
 */
export function tokenProvider(options: TokenProviderOptions): TokenProvider {
  if (typeof options !== "object" || options === null)
    throw missing("options", "an object with target, user and credentials");
  const { user, region, credentials, expiresIn = 900, refreshAheadSeconds = 300, signal } = options;
  if (typeof user !== "string") throw missing("user", "the user to log in as");
  if (typeof credentials !== "function" && (typeof credentials !== "object" || credentials === null)) {
    throw missing("credentials", "AWS credentials, or a provider of them");
  }
  const { target } = targetOf(options.target, region);
  if (!(refreshAheadSeconds > 0 && refreshAheadSeconds < 900)) {
    throw new CacheauthError(
      "argument-invalid",
      `refreshAheadSeconds is ${shown(String(refreshAheadSeconds))}.`,
      "Pass seconds from 1 to 899: a token lives 900 at most.",
    );
  }
  const { elapsedMs, afterIdly } = nodeProcess;
  const clock = options.clock ?? { now: nodeNow, nowMs: nodeNowMs, elapsedMs, after: afterIdly };
  return createTokenProvider({
    user: checkUser(target.kind, user).value,
    target,
    make: async (isForced) => {
      const own = isForced ? { forceRefresh: true } : undefined;
      const identity = await (typeof credentials === "function" ? credentials(own) : credentials);
      return createToken({ target, user, credentials: identity, at: clock.now(), expiresIn });
    },
    aheadMs: refreshAheadSeconds * 1_000,
    clock,
    random: options.random ?? Math.random,
    hold: () => nodeProcess.after(longestTimerMs, () => {}),
    signal,
  });
}

/** A token is waited for less long. */
const longestTimerMs = 2 ** 31 - 1;

function missing(name: "options" | "user" | "credentials", what: string): CacheauthError {
  const code = name === "options" ? "argument-missing" : (`${name}-missing` as const);
  return new CacheauthError(code, `tokenProvider was called without ${name}.`, `Pass ${name}: ${what}.`);
}
