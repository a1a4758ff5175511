/** Each connection of node-redis logs in again by itself: of a client that connected often, a pool, a cluster, and RESP2. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createClient, createClientPool, createCluster } from "redis";
import { credentialsProvider } from "../../src/client/node-redis.ts";
import { type Emulator, type EmulatorOptions, startEmulator, tokenProvider } from "../../src/index.ts";
import { openDoor } from "../fakes/door.ts";
import { movedClock } from "./clock.ts";

const everySeconds = 60;

/** `again`: moves the clock on to the next login of each connection, and waits until as many were taken. */
async function emulated(
  options: EmulatorOptions,
  use: (
    emulator: Emulator,
    own: {
      credentials: ReturnType<typeof credentialsProvider>;
      again(logins: number): Promise<void>;
      timers(): number;
    },
  ) => Promise<void>,
): Promise<readonly (readonly [connection: string, logins: number])[]> {
  await using emulator = await startEmulator(options);
  const { target, user } = emulator;
  const clock = movedClock(Date.now());
  await using provider = tokenProvider({ target, user, credentials: emulator.credentials, clock, random: () => 0 });
  const logins = new Map<string, number>();
  let judged = () => {};
  const counted = (async () => {
    for await (const { accepted, connection, node } of emulator.decisions) {
      assert.ok(accepted);
      const name = `${node.port} ${connection}`;
      logins.set(name, (logins.get(name) ?? 0) + 1);
      judged();
    }
  })();
  const total = () => [...logins.values()].reduce((sum, count) => sum + count, 0);
  const credentials = credentialsProvider(provider, { everySeconds });
  await use(emulator, {
    credentials,
    async again(more) {
      const wanted = total() + more;
      await clock.move(everySeconds * 1_000);
      while (total() < wanted) {
        await new Promise<void>((resolve) => {
          judged = resolve;
        });
      }
    },
    timers: () => clock.waiting,
  });
  // What was sent too often came before the client was closed.
  await emulator.close();
  await counted;
  return [...logins];
}

const tlsOf = ({ ca }: Emulator) => ({ tls: true as const, ca: ca ?? "", reconnectStrategy: () => 1 });

test("node-redis: after fifty reconnects a client logs in again once, as one that never lost its connection does", async () => {
  const logins = await emulated({}, async (emulator, { credentials, again, timers }) => {
    const door = await openDoor(emulator.endpoint.port);
    const client = createClient({
      socket: { ...tlsOf(emulator), host: "127.0.0.1", port: door.port },
      credentialsProvider: credentials,
    });
    client.on("error", () => {});
    await client.connect();
    for (let reconnects = 0; reconnects < 50; reconnects += 1) {
      const ready = new Promise((resolve) => client.once("ready", resolve));
      door.showOut();
      await ready;
    }
    // One of the token, one of the connection.
    for (let turn = 0; turn < 500 && timers() > 2; turn += 1) await collectGarbage();
    assert.equal(timers(), 2);
    await again(1);
    await again(1);
    assert.equal(await client.incr("key"), 1);
    await client.close();
    assert.equal(timers(), 1);
    door.close();
  });
  assert.deepEqual(logins.map(([, count]) => count).sort(), [...Array(50).fill(1), 3]);
});

test("node-redis: each connection of a pool logs in again", async () => {
  const logins = await emulated({}, async (emulator, { credentials, again, timers }) => {
    const pool = createClientPool(
      { socket: { ...tlsOf(emulator), ...emulator.endpoint }, credentialsProvider: credentials },
      { minimum: 3, maximum: 3 },
    );
    pool.on("error", () => {});
    await pool.connect();
    await again(3);
    assert.deepEqual(await Promise.all([1, 2, 3].map(() => pool.ping())), ["PONG", "PONG", "PONG"]);
    await again(3);
    await pool.close();
    assert.equal(timers(), 1);
  });
  assert.deepEqual(
    logins.map(([, count]) => count),
    [3, 3, 3],
  );
});

test("node-redis: RESP2: it logs in again, and stays silent while it is subscribed", async () => {
  const logins = await emulated({}, async (emulator, { credentials, again }) => {
    const options = {
      RESP: 2 as const,
      socket: { ...tlsOf(emulator), ...emulator.endpoint },
      credentialsProvider: credentials,
    };
    const [client, subscriber] = [createClient(options), createClient(options)];
    for (const one of [client, subscriber]) await one.on("error", () => {}).connect();
    const heard: string[] = [];
    await subscriber.subscribe("news", (message) => heard.push(message));
    await again(1);
    await client.publish("news", "still here");
    while (heard.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await subscriber.unsubscribe("news");
    await again(2);
    await Promise.all([client.close(), subscriber.close()]);
  });
  assert.deepEqual(logins.map(([, count]) => count).sort(), [2, 3]);
});

test("node-redis: each node of a cluster logs in again", async () => {
  const logins = await emulated({ cluster: 3 }, async (emulator, { credentials, again }) => {
    const { host, port } = emulator.endpoint;
    const cluster = createCluster({
      rootNodes: [{ url: `rediss://${host}:${port}` }],
      defaults: { credentialsProvider: credentials, socket: tlsOf(emulator) },
    });
    cluster.on("error", () => {});
    await cluster.connect();
    const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);
    await Promise.all(keys.map((key) => cluster.set(key, "v")));
    await again(3);
    assert.deepEqual(new Set(await Promise.all(keys.map((key) => cluster.get(key)))), new Set(["v"]));
    await again(3);
    await cluster.close();
  });
  // It looks for its nodes with a connection that it closes.
  const counts = logins.map(([, count]) => count).filter((count) => count > 1);
  assert.deepEqual(counts, [3, 3, 3]);
});

/** What is let go of is collected now, and told of in the turn after; Deno 2.6 has `gc` only where its flags ask for it. */
async function collectGarbage(): Promise<void> {
  if (typeof globalThis.Bun === "undefined") collector()();
  else globalThis.Bun.gc(true);
  await new Promise((resolve) => setImmediate(resolve));
}

function collector(): () => void {
  if (globalThis.gc) return () => void globalThis.gc?.();
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
