import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { connect as tlsConnect } from "node:tls";
import { createCertificates } from "../../src/emulate/certificates/create-certificates.ts";
import { createDecisionQueue } from "../../src/emulate/decision-queue.ts";
import { throwawayKey } from "../../src/emulate/throwaway.ts";
import { CacheauthError } from "../../src/errors.ts";
import { nodeProcess } from "../../src/node-runtime.ts";
import { accountOf, keyKindOf, looksLikeSecret } from "../../src/token/access-key.ts";
import { dial, emulating, tokenAt } from "./harness.ts";

test("emulate: closing drops every connection and gives the port back", () =>
  emulating({}, async ({ port, clock, close }) => {
    const [inside, outside] = [await dial(port), await dial(port)];
    await inside.ask("AUTH", "my-user", await tokenAt(clock.now()));
    await close();
    await Promise.all([inside.closed(), outside.closed()]);
    await emulating({ listen: { host: "127.0.0.1", port } }, async (again) => assert.equal(again.port, port));
    while (clock.waiting > 0) await new Promise((resolve) => setImmediate(resolve));
  }));

test("emulate: a port that is taken, an address of another machine and a name of none are told apart", () =>
  emulating({}, async ({ port }) => {
    for (const [listen, message] of [
      [{ host: "127.0.0.1", port }, /127\.0\.0\.1:\d+: another program listens there/],
      [{ host: "192.0.2.1", port: 0 }, /192\.0\.2\.1:0: it is no address of this machine/],
      [
        { host: "no-such-host.invalid", port: 0 },
        /no-such-host\.invalid:0: (no such host is known|the name cannot be looked up)/,
      ],
    ] as const) {
      await assert.rejects(
        emulating({ listen }, async () => {}),
        (error) =>
          error instanceof CacheauthError &&
          error.code === "listen-failed" &&
          error.exitCode === 4 &&
          message.test(error.message),
        String(message),
      );
    }
  }));

test("emulate: where one node of a cluster cannot listen, none is left", async () => {
  for (let attempt = 0; ; attempt += 1) {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as { port: number };
    const listen = { host: "127.0.0.1", port: port - 1 };
    const failure = await emulating({ cluster: 2, listen }, async () => null).catch((error: unknown) => error);
    taken.close();
    assert.ok(failure instanceof CacheauthError);
    const isTaken = failure.message.includes(`:${port}: another program listens there`);
    // Another program may have the port before it: then another pair is tried.
    if (!isTaken && attempt < 10) continue;
    assert.ok(isTaken, failure.message);
    while (!(await isFree(listen)));
    return;
  }
});

test("emulate: a client that is dropped by the end is not told of as one that said nothing", async () => {
  const { ca: _, ...own } = await createCertificates({
    names: ["localhost"],
    now: new Date(),
    random: nodeProcess.random,
  });
  await emulating({ tls: { ...own, names: ["localhost"] } }, async ({ port, clock, notices, close }) => {
    const socket = tlsConnect({ host: "127.0.0.1", port, rejectUnauthorized: false });
    socket.on("error", () => {});
    await once(socket, "secureConnect");
    const until = async (isSo: () => boolean) => {
      while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
    };
    // Its deadline for the login is there while it is served.
    await until(() => clock.waiting > 0);
    await close();
    await until(() => clock.waiting === 0);
    socket.destroy();
    assert.deepEqual(notices, []);
  });
});

async function isFree(listen: { host: string; port: number }): Promise<boolean> {
  try {
    return await emulating({ listen }, async () => true);
  } catch {
    // On a Deno of 2.6 a listener may close a little later.
    return new Promise((resolve) => setImmediate(resolve, false));
  }
}

const decision = (connection: number) => ({
  time: "2025-01-31T12:00:00Z",
  connection,
  node: { host: "127.0.0.1", port: 6379 },
  user: null,
  accepted: false,
  fault: null,
  findings: [],
});

test("decisions: given in their order, waited for, and at the end no more", async () => {
  const queue = createDecisionQueue();
  queue.push(decision(1));
  queue.push(decision(2));
  const iterator = queue[Symbol.asyncIterator]();
  assert.equal((await iterator.next()).value.connection, 1);
  assert.equal((await iterator.next()).value.connection, 2);
  const later = iterator.next();
  queue.push(decision(3));
  assert.equal((await later).value.connection, 3);
  const last = iterator.next();
  queue.push(decision(4));
  queue.push(decision(5));
  queue.end();
  assert.equal((await last).value.connection, 4);
  const rest: number[] = [];
  for await (const { connection } of queue) rest.push(connection);
  assert.deepEqual(rest, [5]);
  assert.equal((await iterator.next()).done, true);
});

test("decisions: whoever leaves a loop takes the next one from where it was", async () => {
  const queue = createDecisionQueue();
  for (let connection = 1; connection <= 3; connection += 1) queue.push(decision(connection));
  for await (const { connection } of queue) if (connection === 2) break;
  for await (const { connection } of queue) {
    assert.equal(connection, 3);
    break;
  }
});

test("decisions: those that nobody asks for are forgotten, the oldest first", async () => {
  const queue = createDecisionQueue();
  for (let connection = 1; connection <= 10_100; connection += 1) queue.push(decision(connection));
  assert.equal((await queue[Symbol.asyncIterator]().next()).value.connection, 101);
});

test("throwaway keys: of the form that signers expect, of AWS's example account, and never the same", () => {
  const keys = Array.from({ length: 100 }, () => throwawayKey(nodeProcess.random));
  for (const { accessKeyId, secretAccessKey, sessionToken } of keys) {
    assert.match(accessKeyId, /^AKIA[A-Z2-7]{16}$/);
    assert.equal(keyKindOf(accessKeyId), "long-term");
    assert.equal(accountOf(accessKeyId), "111122223333");
    assert.ok(looksLikeSecret(secretAccessKey) && secretAccessKey.startsWith("throwaway/"));
    assert.equal(sessionToken, null);
  }
  assert.equal(new Set(keys.map(({ secretAccessKey }) => secretAccessKey)).size, 100);
  assert.equal(new Set(keys.map(({ accessKeyId }) => accessKeyId)).size, 100);
});
