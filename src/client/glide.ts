import type { GlideClient, GlideClusterClient } from "@valkey/valkey-glide";
import {
  type KeepAuthenticatedOptions,
  type KeptAuthenticated,
  keepAuthenticated as keep,
} from "./keep-authenticated.ts";
import { mostTries, retryDelayMs } from "./refresh-times.ts";
import type { TokenProvider } from "./token-provider.ts";
import { wait } from "./wait.ts";

export type {
  KeepAuthenticatedOptions,
  KeptAuthenticated,
  Reauthenticated,
  ReauthenticationFailed,
} from "./keep-authenticated.ts";

/** From one look at a connection to the next; twice as long after each that failed, for a new token was made then. */
const lookMs = 15_000;
const longestLookMs = 600_000;

/**
 * Keeps a client of valkey-glide logged in that was made with the provider's user and token: each new token is what it reconnects
 * with, and its live connections are logged in again before AWS ends them. For a serverless cache too, which GLIDE's own IAM
 * makes no token for. Ends when the client is closed, or with `stop`.
 *
 * GLIDE tells nobody when a login at its reconnect was refused. So a cluster's client sends a PING every 15 seconds: where that
 * fails, the provider makes a new token, with credentials that are fetched anew. A standalone client takes no other token while
 * it reconnects: where its token ended or its key was withdrawn meanwhile, its commands time out until you make another client.
 *
 * @throws CacheauthError with code `argument-invalid`
 */
export function keepAuthenticated(
  client: GlideClient | GlideClusterClient,
  provider: TokenProvider,
  options: KeepAuthenticatedOptions = {},
): KeptAuthenticated {
  const ifClosed = (error: unknown) => {
    if (error instanceof Error && error.name === "ClosingError") stop();
  };
  const kept = keep(
    {
      async authenticate(_, token) {
        // It has the user from its making.
        await client.updateConnectionPassword(token, true).catch((error: unknown) => {
          ifClosed(error);
          throw error;
        });
      },
    },
    provider,
    options,
  );
  const { clock, random } = provider;
  let [callOff, callOffHandOver] = [() => {}, () => {}];
  /** While a cluster's client connects again, it refuses most that it is handed. */
  const handOver = (failures: number) => {
    callOffHandOver();
    const token = provider.peek();
    // With the next that is made it begins anew.
    if (token === null) return;
    client.updateConnectionPassword(token, false).catch((error: unknown) => {
      ifClosed(error);
      if (isStopped) return;
      callOffHandOver = wait(retryDelayMs(Math.min(failures + 1, mostTries - 1), random), clock, () =>
        handOver(failures + 1),
      );
    });
  };
  const end = provider.on("refresh", () => handOver(0));
  const look = (failures: number) => {
    const ms = Math.min(lookMs * 2 ** failures, longestLookMs);
    callOff = wait(ms, clock, () => {
      client.ping().then(
        () => {
          if (!isStopped) look(0);
        },
        (error: unknown) => {
          ifClosed(error);
          if (isStopped) return;
          // Perhaps the key was withdrawn; what comes of it is told by the provider.
          void provider.refresh().catch(() => {});
          look(failures + 1);
        },
      );
    });
  };
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    kept.stop();
    end();
    callOff();
    callOffHandOver();
  };
  // A standalone client could not make use of it.
  if ("pubsubShardChannels" in client) look(0);
  return { counters: kept.counters, stop };
}
