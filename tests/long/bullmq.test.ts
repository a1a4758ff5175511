/** BullMQ, which makes duplicates of the client that it is given, blocks on them, and runs Lua: so a real server is behind. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { Queue, QueueEvents, Worker } from "bullmq";
import { Redis } from "ioredis";
import { keepAuthenticated } from "../../src/client/ioredis.ts";
import { type Decision, type EmulatorOptions, startEmulator, tokenProvider } from "../../src/index.ts";
import { redisServer, withRedis } from "../real/servers.ts";

const server = redisServer();

async function emulated(
  options: EmulatorOptions,
  everySeconds: number,
  use: (connection: Redis, counts: { decided: Decision[]; again: number }) => Promise<void>,
) {
  if (!server) return;
  await withRedis(server, {}, async ({ host, port }) => {
    await using emulator = await startEmulator({ ...options, upstream: { host, port } });
    const counts = { decided: [] as Decision[], again: 0 };
    const collected = (async () => {
      for await (const decision of emulator.decisions) counts.decided.push(decision);
    })();
    const { target, user, credentials } = emulator;
    await using provider = tokenProvider({
      target: { replicationGroupId: target.name, region: target.region },
      ...{ user, credentials },
    });
    const connection = keepAuthenticated(
      new Redis({
        ...emulator.endpoint,
        tls: { ca: emulator.ca ?? "" },
        ...{ lazyConnect: true, maxRetriesPerRequest: null, retryStrategy: () => 20 },
      }),
      provider,
      {
        everySeconds,
        onReauthenticated: () => {
          counts.again += 1;
        },
        onReauthenticationFailed: ({ error }) => assert.fail(String(error)),
      },
    );
    connection.on("error", () => {});
    try {
      await use(connection, counts);
      assert.deepEqual(
        counts.decided.filter(({ accepted }) => !accepted),
        [],
      );
    } finally {
      connection.disconnect();
      await emulator.close();
      await collected;
    }
  });
}

/** `areDropped`: an answer may be lost with its connection, and BullMQ finds a job that stalled for it and runs it again. */
async function runJobs(
  connection: Redis,
  seconds: number,
  areDropped = false,
): Promise<{ added: number; done: Map<string, number> }> {
  const queue = new Queue("jobs", { connection });
  const events = new QueueEvents("jobs", { connection });
  const done = new Map<string, number>();
  const ran = new Map<string, () => void>();
  const worker = new Worker(
    "jobs",
    async (job) => {
      done.set(job.name, (done.get(job.name) ?? 0) + 1);
      ran.get(job.name)?.();
      return job.name;
    },
    { connection, concurrency: 5, lockDuration: 1_000, stalledInterval: 1_000, maxStalledCount: 20 },
  );
  queue.on("error", () => {});
  events.on("error", () => {});
  worker.on("error", () => {});
  await events.waitUntilReady();
  let added = 0;
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    const name = `job ${added}`;
    const running = new Promise<void>((resolve) => ran.set(name, resolve));
    const job = await queue.add(name, { n: added });
    added += 1;
    if (areDropped) await running;
    else assert.equal(await job.waitUntilFinished(events, 20_000), name);
  }
  await Promise.all([worker.close(), events.close(), queue.close()]);
  return { added, done };
}

test("bullmq: its jobs run while each of its connections logs in again every second", () =>
  emulated({}, 1, async (connection, counts) => {
    const { added, done } = await runJobs(connection, 6);
    assert.deepEqual([done.size, [...done.values()].every((times) => times === 1)], [added, true]);
    assert.ok(counts.again >= 6, `logged in again ${counts.again} times`);
    const connections = new Set(counts.decided.map((decision) => decision.connection));
    assert.ok(connections.size >= 3, "the queue's, the worker's blocking one, the events' one");
    assert.equal(counts.decided.length - connections.size, counts.again);
    console.log(`bullmq: ${added} jobs, ${connections.size} connections, ${counts.again} logins again, none refused`);
  }));

test("bullmq: its jobs run while its connections are ended every two seconds, and each is done", () =>
  emulated({ connectionLifetime: 2 }, 3_600, async (connection, counts) => {
    const { added, done } = await runJobs(connection, 8, true);
    assert.equal(done.size, added);
    console.log(`bullmq: ${added} jobs, ${counts.decided.length} connections that lived two seconds, none refused`);
  }));

test("ioredis: AUTH waits for the end of BLPOP at a real server, and comes before the next command", () =>
  emulated({}, 0.2, async (connection, counts) => {
    await connection.connect();
    const before = counts.again;
    let blocks = 0;
    while (counts.again < before + 3 && blocks < 40) {
      blocks += 1;
      // A moment is left to it between two of them, and no more.
      assert.equal(await connection.blpop("empty", 0.3), null);
    }
    assert.equal(counts.again, before + 3);
    await connection.quit();
  }));

test("ioredis: the process ends by itself after quit, with the provider open and logins due", async () => {
  await using emulator = await startEmulator();
  const { endpoint, ca, target, user, credentials } = emulator;
  const from = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);
  const program = `
    import { Redis } from ${JSON.stringify(import.meta.resolve("ioredis"))};
    import { keepAuthenticated } from ${from("client/ioredis.ts")};
    import { tokenProvider } from ${from("index.ts")};
    const { endpoint, ca, target, user, credentials } = JSON.parse(process.env.LOGIN);
    const provider = tokenProvider({ target: { replicationGroupId: target.name, region: target.region }, user, credentials });
    const redis = keepAuthenticated(new Redis({ ...endpoint, tls: { ca }, lazyConnect: true }), provider);
    console.log(await redis.ping());
    await redis.quit();`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    env: { LOGIN: JSON.stringify({ endpoint, ca, target, user, credentials }) },
    timeout: 20_000,
  });
  assert.equal(stdout, "PONG\n");
});
