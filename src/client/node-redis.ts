import type { RedisClientOptions } from "redis";
import { explainRefusal } from "./explain-refusal.ts";
import { type KeepAuthenticatedOptions, type KeptAuthenticated, keepAuthenticated } from "./keep-authenticated.ts";
import { mostTries, retryDelayMs } from "./refresh-times.ts";
import type { TokenProvider } from "./token-provider.ts";
import { wait } from "./wait.ts";

export type { KeepAuthenticatedOptions, Reauthenticated, ReauthenticationFailed } from "./keep-authenticated.ts";

/** The kind of provider that node-redis re-authenticates live connections with. */
export type StreamingCredentialsProvider = Extract<
  NonNullable<RedisClientOptions["credentialsProvider"]>,
  { type: "streaming-credentials-provider" }
>;
type Listener = Parameters<StreamingCredentialsProvider["subscribe"]>[0];

interface Subscription {
  readonly listener: Listener;
  readonly kept: KeptAuthenticated;
  sentAt: number;
}

/** Where no garbage is ever collected. */
const mostSubscriptions = 1_000;
/** An error comes back within that, or the login was taken. */
const answeredMs = 30_000;

/**
 * Credentials for a client of node-redis, its pools, duplicates and clusters: a token that is good at each connect, and another
 * while it is connected, before AWS ends the connection. node-redis tells of a login that failed, but not on which connection:
 * all that were sent one in the last half minute are then sent another.
 *
 * A connection that is subscribed with RESP2 is not logged in again: AWS ends it 12 hours after its login, and the client
 * connects and subscribes again by itself.
 *
 * @throws CacheauthError with code `argument-invalid`
 */
export function credentialsProvider(
  provider: TokenProvider,
  options: KeepAuthenticatedOptions = {},
): StreamingCredentialsProvider {
  const { clock, random, user } = provider;
  // Options that cannot be are told now, and not when it is connected.
  keepAuthenticated({ authenticate: async () => {} }, provider, options).stop();
  const subscriptions = new Set<Subscription>();
  let [failures, isRetrying] = [0, false];

  const end = (subscription: Subscription) => {
    subscription.kept.stop();
    subscriptions.delete(subscription);
  };
  // The client ends its subscription when it is closed, but not when it connects again: then it takes another, and lets go
  // of what would end the first. Which client it is of, it tells nobody.
  const lost = new FinalizationRegistry(end);
  const sendAgain = async () => {
    isRetrying = false;
    const now = clock.elapsedMs();
    const unsure = [...subscriptions].filter(({ sentAt }) => now - sentAt < answeredMs + 5_000);
    try {
      const password = await provider();
      for (const { listener } of unsure) listener.onNext({ username: user, password });
    } catch {
      // Told by the provider's own events; the next login of each comes in its time.
    }
  };
  let handed = { token: "", at: Number.NEGATIVE_INFINITY, times: 0 };
  /** The client tells nobody that a login at its connect was refused; but it soon asks again, and gets another then. */
  const unrefused = async (): Promise<string> => {
    const token = await provider();
    const now = clock.elapsedMs();
    if (token !== handed.token || now - handed.at > answeredMs) handed = { token, at: now, times: 0 };
    handed.times += 1;
    return handed.times > 2 ? provider.refresh().catch(() => token) : token;
  };
  return {
    type: "streaming-credentials-provider",
    async subscribe(listener) {
      const password = await unrefused();
      const authenticate = async (username: string, token: string) => {
        subscription.sentAt = clock.elapsedMs();
        listener.onNext({ username, password: token });
      };
      const kept = keepAuthenticated({ authenticate }, provider, options);
      const subscription: Subscription = { listener, kept, sentAt: Number.NEGATIVE_INFINITY };
      subscriptions.add(subscription);
      const [oldest] = subscriptions;
      if (oldest && subscriptions.size > mostSubscriptions) end(oldest);
      const disposable = { dispose: () => end(subscription) };
      lost.register(disposable, subscription);
      return [{ username: user, password }, disposable];
    },
    onReAuthenticationError(error) {
      failures = isRetrying ? failures : (failures % mostTries) + 1;
      const delay = retryDelayMs(failures, random);
      options.onReauthenticationFailed?.({
        error: explained(error, provider),
        failures,
        nextAt: new Date(clock.now().getTime() + delay),
      });
      if (isRetrying) return;
      isRetrying = true;
      void provider.refresh().catch(() => {});
      wait(delay, clock, () => void sendAgain());
    },
  };
}

/** A client of node-redis, or a cluster: as far as its errors go. */
interface Failing {
  connect(...args: never[]): Promise<unknown>;
  emit(name: string | symbol, ...args: unknown[]): boolean;
}

/**
 * Has a client's errors say what `cacheauth lint` would say of them, below the server's own words: those that `connect` rejects
 * with, and those of its `error` events.
 *
 * @returns the same client
 */
export function explainErrors<Client extends object>(client: Client, provider: TokenProvider): Client {
  const failing = client as unknown as Failing;
  const { connect, emit } = failing;
  failing.connect = (...args) =>
    connect.apply(client, args).catch((error: unknown) => {
      throw explained(error, provider);
    });
  failing.emit = (name, ...args) => {
    if (name === "error") explained(args[0], provider);
    return emit.apply(client, [name, ...args]);
  };
  return client;
}

const done = new WeakSet<object>();

/** The same error: its beginning stays, for programs look for it. */
function explained<E>(error: E, provider: TokenProvider): E {
  if (!(error instanceof Error) || done.has(error)) return error;
  done.add(error);
  const why = explainRefusal(error, provider);
  if (why !== null) error.message += `\n${why}`;
  if (/WRONGPASS/.test(error.message)) void provider.refresh().catch(() => {});
  return error;
}
