import type { Cluster, Redis } from "iovalkey";
import { keepClientAuthenticated } from "./ioredis-family.ts";
import type { KeepAuthenticatedOptions } from "./keep-authenticated.ts";
import type { TokenProvider } from "./token-provider.ts";

export type { KeepAuthenticatedOptions, Reauthenticated, ReauthenticationFailed } from "./keep-authenticated.ts";

/**
 * Logs a client of iovalkey in with the provider's token: whenever it connects, and again while it is connected, before AWS ends the
 * connection. Its duplicates are kept as well, and the nodes of a cluster. A login that is refused says in its error why.
 *
 * Make the client with `lazyConnect: true`, without username and password. One that is subscribed with RESP2 cannot log in again:
 * AWS ends its connection 12 hours after its login, and the client connects and subscribes again by itself.
 *
 * @throws CacheauthError with code `client-connected`, or `argument-invalid`
 * @returns the same client
 */
export function keepAuthenticated<Client extends Redis | Cluster>(
  client: Client,
  provider: TokenProvider,
  options?: KeepAuthenticatedOptions,
): Client {
  keepClientAuthenticated(client, provider, options);
  return client;
}
