import { CacheauthError } from "../errors.ts";
import { watchCommands } from "./ioredis-commands.ts";
import type { Cluster, Connection } from "./ioredis-internals.ts";
import { type KeepAuthenticatedOptions, type KeptAuthenticated, keepAuthenticated } from "./keep-authenticated.ts";
import { livePassword } from "./live-password.ts";
import type { TokenProvider } from "./token-provider.ts";

/** For a client of ioredis or iovalkey; both have the same parts. */
export function keepClientAuthenticated(
  client: object,
  provider: TokenProvider,
  options: KeepAuthenticatedOptions = {},
): void {
  const known = client as Connection | Cluster;
  if (known.status !== "wait") {
    throw new CacheauthError(
      "client-connected",
      "The client was connected before keepAuthenticated had it.",
      "Make it with lazyConnect: true, and pass it on before its first command.",
    );
  }
  // Options that cannot be are told now, and not when it is connected.
  keepAuthenticated({ authenticate: async () => {} }, provider, options).stop();
  if ("isCluster" in known && known.isCluster) keepCluster(known, provider, options);
  else keepConnection(known as Connection, provider, options);
}

function keepConnection(redis: Connection, provider: TokenProvider, options: KeepAuthenticatedOptions): void {
  logInWith(redis.options, provider);
  waitForToken(redis, provider);
  const commands = watchCommands(redis, provider);
  let kept: KeptAuthenticated | null = null;
  const stop = () => {
    kept?.stop();
    kept = null;
    commands.reset();
  };
  const authenticate = (user: string, token: string) => {
    // An automatic pipeline would send it later than now.
    const { enableAutoPipelining } = redis.options;
    redis.options.enableAutoPipelining = false;
    try {
      return redis.call("AUTH", user, token);
    } finally {
      redis.options.enableAutoPipelining = enableAutoPipelining ?? false;
    }
  };
  redis.on("ready", () => {
    kept?.stop();
    kept = keepAuthenticated({ authenticate, whenFree: commands.whenFree }, provider, options);
  });
  redis.on("close", stop);
  redis.on("end", stop);

  const { duplicate } = redis;
  redis.duplicate = (override) => {
    const { lazyConnect = false } = { ...redis.options, ...override };
    const copy = duplicate.call(redis, { ...override, lazyConnect: true });
    keepConnection(copy, provider, options);
    return connectedUnlessLazy(copy, lazyConnect);
  };
}

/** It connects when there is a token; until then commands are queued as while it connects. */
function waitForToken({ connector, options }: Connection, provider: TokenProvider): void {
  const { connect, disconnect } = connector;
  let aborter = new AbortController();
  connector.connect = async (...args) => {
    connector.connecting = true;
    aborter = new AbortController();
    try {
      await provider({ signal: aborter.signal });
    } catch (error) {
      if (!connector.connecting) throw disconnected();
      // What rejects here ends the client: one that does not try again, or has nothing to wait for.
      const isClosed = error instanceof CacheauthError && error.code === "provider-closed";
      if (isClosed || typeof options.retryStrategy !== "function") throw error;
      connector.firstError = error;
      return destroyedStream;
    }
    if (!connector.connecting) throw disconnected();
    delete connector.firstError;
    return connect.apply(connector, args);
  };
  connector.disconnect = () => {
    disconnect.call(connector);
    aborter.abort();
  };
}

function keepCluster(cluster: Cluster, provider: TokenProvider, options: KeepAuthenticatedOptions): void {
  for (const owner of [cluster.options, cluster.connectionPool]) {
    // They may be the caller's own.
    owner.redisOptions = { ...owner.redisOptions };
    logInWith(owner.redisOptions, provider);
  }
  // Nodes do not connect before their first command.
  cluster.on("+node", (node: Connection) => keepConnection(node, provider, options));

  const { resolveStartupNodeHostnames, duplicate } = cluster;
  cluster.resolveStartupNodeHostnames = async () => {
    try {
      await provider();
    } catch (error) {
      // The client tries again by itself, and would tell nobody why.
      if (cluster.listenerCount("error") > 0) cluster.emit("error", error);
      throw error;
    }
    return resolveStartupNodeHostnames.call(cluster);
  };
  cluster.duplicate = (nodes, override) => {
    const { lazyConnect = false } = { ...cluster.options, ...override };
    const copy = duplicate.call(cluster, nodes, { ...override, lazyConnect: true });
    keepCluster(copy, provider, options);
    return connectedUnlessLazy(copy, lazyConnect);
  };
}

function logInWith(options: { username?: unknown; password?: unknown }, provider: TokenProvider): void {
  options.username = provider.user;
  options.password = livePassword(provider);
}

function connectedUnlessLazy<Client extends Connection | Cluster>(client: Client, isLazy: boolean): Client {
  client.options.lazyConnect = isLazy;
  // A failure is told by its events, as with one that its constructor connects.
  if (!isLazy) void client.connect().catch(() => {});
  return client;
}

/** In the client's own words: it knows them, and is silent where they follow a disconnect. */
function disconnected(): Error {
  return new Error("Connection is closed.");
}

/** What a client is given in place of a socket, to have it do what it does after a connection that failed. */
const destroyedStream = {
  ...{ destroyed: true, connecting: false, writable: false },
  ...{ setNoDelay() {}, setKeepAlive() {}, end() {}, destroy() {}, on() {}, once() {}, removeAllListeners() {} },
};
