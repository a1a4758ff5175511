/** BullMQ, which makes duplicates of the client that it is given, blocks on them, and runs Lua: so a real server is behind. */
import assert from "node:assert/strict";
import { test } from "node:test";
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

async function runJobs(connection: Redis, seconds: number): Promise<{ added: number; done: Map<string, number> }> {
  const queue = new Queue("jobs", { connection });
  const events = new QueueEvents("jobs", { connection });
  const done = new Map<string, number>();
  const worker = new Worker(
    "jobs",
    async (job) => {
      done.set(job.name, (done.get(job.name) ?? 0) + 1);
      return job.name;
    },
    { connection, concurrency: 5 },
  );
  queue.on("error", () => {});
  events.on("error", () => {});
  worker.on("error", () => {});
  await events.waitUntilReady();
  let added = 0;
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    const job = await queue.add(`job ${added}`, { n: added });
    added += 1;
    assert.equal(await job.waitUntilFinished(events, 20_000), job.name);
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
    const { added, done } = await runJobs(connection, 8);
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
