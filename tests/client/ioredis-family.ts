/** What is expected of `cacheauth/ioredis` and of `cacheauth/iovalkey`, against the emulator on real TLS. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { inspect } from "node:util";
import type { Cluster, ClusterOptions, Redis, RedisOptions } from "ioredis";
import {
  CacheauthError,
  type Decision,
  type Emulator,
  type EmulatorOptions,
  type KeepAuthenticatedOptions,
  startEmulator,
  type TokenProvider,
  tokenProvider,
} from "../../src/index.ts";
import { movedClock } from "./clock.ts";

export interface Family {
  readonly name: string;
  readonly Redis: new (options: RedisOptions) => Redis;
  readonly Cluster: new (nodes: { host: string; port: number }[], options: ClusterOptions) => Cluster;
  keepAuthenticated<Client extends Redis | Cluster>(
    client: Client,
    provider: TokenProvider,
    options?: KeepAuthenticatedOptions,
  ): Client;
}

/** A moved clock's provider never refreshes by itself: it is as long good as nobody moves it. */
export function familyTests({ name, Redis, Cluster, keepAuthenticated }: Family): void {
  const made: (Redis | Cluster)[] = [];
  const kept: typeof keepAuthenticated = (client, provider, options) => {
    made.push(client);
    return keepAuthenticated(client, provider, options);
  };
  const emulated = async (
    options: EmulatorOptions,
    use: (emulator: Emulator, decided: Decision[]) => Promise<void>,
  ) => {
    await using emulator = await startEmulator(options);
    const decided: Decision[] = [];
    const collected = collect(emulator, decided);
    try {
      await use(emulator, decided);
    } finally {
      // Where an assertion failed they are there still.
      for (const client of made.splice(0)) client.disconnect();
      await emulator.close();
      await collected;
    }
  };
  const alone = (emulator: Emulator, provider: TokenProvider, own: RedisOptions = {}, options = {}) =>
    kept(
      new Redis({ ...emulator.endpoint, tls: { ca: emulator.ca ?? "" }, lazyConnect: true, ...own }),
      provider,
      options,
    );
  const clustered = (emulator: Emulator, provider: TokenProvider, options = {}) =>
    kept(
      new Cluster([emulator.endpoint], { lazyConnect: true, redisOptions: { tls: { ca: emulator.ca ?? "" } } }),
      provider,
      options,
    );

  for (const protocol of [2, 3] as const) {
    test(`${name}: logs in with the token, and so does a duplicate; RESP${protocol}`, () =>
      emulated({}, async (emulator, decided) => {
        await using provider = providerOf(emulator);
        const redis = alone(emulator, provider, { protocol });
        assert.equal(await redis.set("k", "v"), "OK");
        const copy = redis.duplicate();
        assert.equal(await copy.get("k"), "v");
        assert.doesNotMatch(inspect([redis.options, copy.options]) + JSON.stringify(redis.options), /X-Amz/);
        await Promise.all([redis.quit(), copy.quit()]);
        assert.deepEqual(
          decided.map(({ accepted, user }) => [accepted, user]),
          [
            [true, "my-user"],
            [true, "my-user"],
          ],
        );
      }));
  }

  test(`${name}: one that was connected before is turned down`, () =>
    emulated({}, async (emulator) => {
      await using provider = providerOf(emulator);
      const redis = new Redis({ ...emulator.endpoint, retryStrategy: () => null });
      redis.on("error", () => {});
      assert.throws(
        () => keepAuthenticated(redis, provider),
        (error) => error instanceof CacheauthError && error.code === "client-connected",
      );
      redis.disconnect();
      assert.throws(() => alone(emulator, provider, {}, { everySeconds: 43_200 }), /everySeconds is/);
    }));

  test(`${name}: dropped again and again while commands run, it logs in each time, and no command is lost`, () =>
    emulated({ connectionLifetime: 0.3 }, async (emulator, decided) => {
      await using provider = providerOf(emulator);
      const redis = alone(emulator, provider, { retryStrategy: () => 10, maxRetriesPerRequest: null });
      // A connection that is ended may be told as one that was reset.
      redis.on("error", () => {});
      let sent = 0;
      while (decided.length < 4) {
        sent += 1;
        // INCR would count twice where its answer alone was lost: the client sends again what has none.
        assert.equal(await redis.set("n", sent), "OK");
        assert.equal(await redis.get("n"), String(sent));
      }
      await redis.quit();
      assert.ok(decided.every(({ accepted }) => accepted));
    }));

  test(`${name}: a cluster's nodes each log in, and log in again, as often as both sides count`, () =>
    emulated({ cluster: 3 }, async (emulator, decided) => {
      const clock = movedClock(Date.now());
      await using provider = providerOf(emulator, { clock });
      let again = 0;
      const { promise, resolve } = Promise.withResolvers<void>();
      const cluster = clustered(emulator, provider, {
        everySeconds: 60,
        onReauthenticated: () => {
          again += 1;
          if (again === 3) resolve();
        },
        onReauthenticationFailed: ({ error }: { error: unknown }) => assert.fail(String(error)),
      });
      const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);
      await Promise.all(keys.map((key) => cluster.set(key, "v")));
      const before = decided.length;
      await clock.move(60_000);
      await promise;
      assert.deepEqual(
        await Promise.all(keys.map((key) => cluster.get(key))),
        keys.map(() => "v"),
      );
      const after = decided.slice(before);
      assert.deepEqual(new Set(after.map(({ node }) => node.port)), new Set(emulator.nodes.map(({ port }) => port)));
      assert.ok(decided.every(({ accepted }) => accepted));
      const copy = cluster.duplicate();
      assert.equal(await copy.get("k0"), "v");
      assert.deepEqual([again, after.length], [3, 3]);
      await Promise.all([cluster.quit(), copy.quit()]);
    }));

  test(`${name}: AUTH waits for EXEC, and comes before what the application sends next`, () =>
    emulated({}, async (emulator, decided) => {
      const clock = movedClock(Date.now());
      await using provider = providerOf(emulator, { clock });
      const redis = alone(emulator, provider, {}, { everySeconds: 60 });
      await redis.set("k", "v");

      await redis.multi({ pipeline: false });
      await clock.move(60_000);
      await redis.set("k", "w");
      assert.equal(decided.length, 1);
      const done = redis.exec();
      const next = redis.get("k");
      assert.deepEqual(await done, [[null, "OK"]]);
      assert.equal(await next, "w");
      assert.equal(decided.length, 2);
      await redis.quit();
    }));

  test(`${name}: the provider's failure reaches the application, and it recovers by itself`, () =>
    emulated({}, async (emulator) => {
      let isDown = true;
      await using provider = tokenProvider({
        ...login(emulator),
        credentials: () => {
          if (isDown) throw new Error("no credentials today");
          return emulator.credentials;
        },
        clock: hasty(),
      });
      const redis = alone(emulator, provider, { retryStrategy: () => 20, maxRetriesPerRequest: null });
      const answer = redis.set("k", "v");
      const [error] = await once(redis, "error");
      redis.on("error", () => {});
      assert.match(String(error), /no credentials today/);
      isDown = false;
      assert.equal(await answer, "OK");
      await redis.quit();
    }));

  test(`${name}: a command under way when the connection ends fails where no token can be had, and the client recovers`, () =>
    emulated({}, async (emulator) => {
      const clock = hasty();
      let [isDown, aheadMs] = [false, 0];
      await using provider = tokenProvider({
        ...login(emulator),
        credentials: () => {
          if (isDown) throw new Error("no credentials today");
          return emulator.credentials;
        },
        clock: { ...clock, now: () => new Date(Date.now() + aheadMs) },
      });
      const redis = alone(emulator, provider, { retryStrategy: () => 1, maxRetriesPerRequest: 2 });
      redis.on("error", () => {});
      assert.equal(await redis.set("k", "v"), "OK");
      // The token at hand has ended.
      [isDown, aheadMs] = [true, 3_600_000];
      const answer = assert.rejects(redis.get("k"), /max retries per request/);
      redis.stream.destroy();
      await answer;
      [isDown, aheadMs] = [false, 0];
      while ((await redis.get("k").catch(() => null)) !== "v");
      await redis.quit();
    }));

  test(`${name}: a refused login says what lint says, and keeps the server's words first`, () =>
    emulated({ region: "eu-west-3" }, async (emulator) => {
      await using provider = tokenProvider({
        ...login(emulator),
        credentials: { ...emulator.credentials, secretAccessKey: "throwaway/of-another-key" },
      });
      const redis = alone(emulator, provider, { retryStrategy: () => null });
      const [[error]] = await Promise.all([once(redis, "error"), assert.rejects(redis.get("k"))]);
      assert.match(error.message, /^WRONGPASS .*\n.*my-user at my-cache in eu-west-3/s);
      assert.doesNotMatch(inspect(error, { depth: 9 }), /X-Amz-Signature/);
    }));

  test(`${name}: a disconnect while the token is waited for ends the client at once`, () =>
    emulated({}, async (emulator, decided) => {
      const awaited = Promise.withResolvers<typeof emulator.credentials>();
      await using provider = tokenProvider({ ...login(emulator), credentials: () => awaited.promise });
      const redis = alone(emulator, provider);
      const answer = redis.get("k");
      redis.disconnect();
      await assert.rejects(answer, /Connection is closed/);
      assert.deepEqual([redis.status, decided.length], ["end", 0]);
      awaited.resolve(emulator.credentials);
    }));
}

const login = ({ target, user }: Emulator) => ({
  target: { replicationGroupId: target.name, region: target.region },
  region: target.region,
  user,
});

function providerOf(emulator: Emulator, options: { clock?: ReturnType<typeof movedClock> } = {}): TokenProvider {
  return tokenProvider({ ...login(emulator), credentials: emulator.credentials, random: () => 0, ...options });
}

async function collect(emulator: Emulator, decided: Decision[]): Promise<void> {
  for await (const decision of emulator.decisions) decided.push(decision);
}

/** A clock two hundred times as fast: tries come one upon the other. */
function hasty() {
  const start = Date.now();
  const elapsedMs = () => performance.now() * 200;
  const begun = elapsedMs();
  return {
    now: () => new Date(start + elapsedMs() - begun),
    elapsedMs,
    after(ms: number, run: () => void) {
      const timer = setTimeout(run, ms / 200);
      return () => clearTimeout(timer);
    },
  };
}
