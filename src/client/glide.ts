import type { GlideClient, GlideClusterClient } from "@valkey/valkey-glide";
import {
  type KeepAuthenticatedOptions,
  type KeptAuthenticated,
  keepAuthenticated as keep,
} from "./keep-authenticated.ts";
import type { TokenProvider } from "./token-provider.ts";

export type {
  KeepAuthenticatedOptions,
  KeptAuthenticated,
  Reauthenticated,
  ReauthenticationFailed,
} from "./keep-authenticated.ts";

/**
 * Keeps a client of valkey-glide logged in that was made with the provider's user and token: each new token is what it reconnects
 * with, and its live connections are logged in again before AWS ends them. For a serverless cache too, which GLIDE's own IAM
 * makes no token for. Ends when the client is closed, or with `stop`.
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
  const end = provider.on("refresh", () => {
    const token = provider.peek();
    if (token !== null) void client.updateConnectionPassword(token, false).catch(ifClosed);
  });
  const stop = () => {
    kept.stop();
    end();
  };
  return { counters: kept.counters, stop };
}
