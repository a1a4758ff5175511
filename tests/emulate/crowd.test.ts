/** Many clients, slow ones and hostile ones: none is lost, and none holds up another. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { usualLimits } from "../../src/emulate/serving.ts";
import { createTurn } from "../../src/emulate/turn.ts";
import { type Client, dial, emulating, tokenAt } from "./harness.ts";

test("emulate: 1,000 clients at once are all let in, and each gets its own replies", () =>
  emulating({}, async ({ port, clock, decisions }) => {
    const token = await tokenAt(clock.now());
    const clients: Client[] = [];
    // Not more at once than wait to be accepted.
    for (let at = 0; at < 1000; at += 100)
      clients.push(...(await Promise.all(Array.from({ length: 100 }, () => dial(port)))));
    const replies = await Promise.all(
      clients.map(async (client, index) => [
        await client.ask("AUTH", "my-user", token),
        await client.ask("SET", `key-${index}`, `value-${index}`),
        await client.ask("GET", `key-${index}`),
      ]),
    );
    for (const [index, reply] of replies.entries()) assert.deepEqual(reply, ["+OK", "+OK", `$value-${index}`]);
    assert.equal(decisions.filter(({ accepted }) => accepted).length, 1000);
    assert.equal(new Set(decisions.map(({ connection }) => connection)).size, 1000);
    assert.equal(await clients[0]?.ask("DBSIZE"), ":1000");
    for (const client of clients) client.destroy();
  }));

test("emulate: a client that does not read what it is sent unasked is dropped, and others go on", () =>
  emulating({ limits: { ...usualLimits, unsentBytes: 1 << 20 } }, async ({ port, clock, noticed }) => {
    const token = await tokenAt(clock.now());
    const [deaf, reader, writer] = (await Promise.all([dial(port), dial(port), dial(port)])) as [
      Client,
      Client,
      Client,
    ];
    for (const client of [deaf, reader, writer]) await client.ask("AUTH", "my-user", token);
    for (const client of [deaf, reader]) assert.match(await client.ask("SUBSCRIBE", "news"), /subscribe/);
    const message = "x".repeat(1 << 18);
    // What the system's own buffers take is more than the limit.
    let heard = 0;
    while (true) {
      const listeners = await writer.ask("PUBLISH", "news", message);
      assert.equal(await reader.reply(), `[$message $news $${message}]`);
      heard += 1;
      if (listeners === ":1") break;
      assert.ok(heard < 400, "the deaf client is never dropped");
    }
    assert.match((await noticed("client-not-reading")).message, /^Connection 1 /);
    assert.equal(await writer.ask("PING"), "+PONG");
    for (const client of [deaf, reader, writer]) client.destroy();
  }));

test("emulate: a client that asks and does not read is held back, and loses nothing", () =>
  emulating({ limits: { ...usualLimits, unsentBytes: 4 << 20 } }, async ({ port, clock, notices }) => {
    const token = await tokenAt(clock.now());
    const [greedy, other] = (await Promise.all([dial(port), dial(port)])) as [Client, Client];
    for (const client of [greedy, other]) await client.ask("AUTH", "my-user", token);
    await greedy.ask("SET", "big", "x".repeat(1 << 20));
    for (let times = 0; times < 64; times += 1) greedy.send("GET", "big");
    for (let times = 0; times < 100; times += 1) assert.equal(await other.ask("PING"), "+PONG");
    for (let times = 0; times < 64; times += 1) assert.equal((await greedy.reply()).length, 1 + (1 << 20));
    assert.deepEqual(notices, []);
    for (const client of [greedy, other]) client.destroy();
  }));

test("emulate: one that sends wrong logins without end holds up nobody", () =>
  emulating({}, async ({ port, clock }) => {
    const token = await tokenAt(clock.now());
    const wrong = token.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    const [hostile, other] = (await Promise.all([dial(port), dial(port)])) as [Client, Client];
    for (let times = 0; times < 2_000; times += 1) hostile.send("AUTH", "my-user", wrong);
    assert.equal(await other.ask("AUTH", "my-user", token), "+OK");
    for (let times = 0; times < 2_000; times += 1) assert.match(await hostile.reply(), /^-WRONGPASS/);
    for (const client of [hostile, other]) client.destroy();
  }));

test("emulate: whoever has been served for 5 ms lets the others have their turn", async () => {
  let now = 0;
  const turns: (() => void)[] = [];
  const after = (ms: number, run: () => void) => {
    assert.equal(ms, 0);
    turns.push(run);
    return () => {};
  };
  const turn = createTurn({ elapsedMs: () => now, after });
  const busy = (ms: number) =>
    turn(async () => {
      now += ms;
      return ms;
    });
  assert.equal(await busy(3), 3);
  // What others did in the meantime is not its own.
  now += 100;
  assert.equal(await busy(2), 2);
  let isOver = false;
  const third = busy(1).then(() => {
    isOver = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([isOver, turns.length], [false, 1]);
  turns[0]?.();
  await third;
  await busy(4);
  assert.equal(turns.length, 1);
});

test("emulate: the mistake behind a wrong signature is searched for as long as few are wrong", () =>
  emulating({}, async ({ port, clock, decisions }) => {
    const cache = { ...(await import("./harness.ts")).target, region: "eu-west-1" };
    // Signed for one region, and then the other was written into it.
    const wrong = (await tokenAt(clock.now(), { cache })).replace("eu-west-1", "us-east-1");
    const client = await dial(port);
    for (let times = 0; times < 30; times += 1) await client.ask("AUTH", "my-user", wrong);
    const causes = decisions.map(
      ({ findings }) => findings.find(({ rule }) => rule === "signature-mismatch")?.message ?? "",
    );
    assert.equal(causes.filter((cause) => cause.includes("eu-west-1")).length, 20);
    clock.advance(1_000);
    for (let times = 0; times < 3; times += 1) await client.ask("AUTH", "my-user", wrong);
    assert.equal(decisions.filter(({ findings }) => findings[0]?.message.includes("eu-west-1")).length, 22);
    client.destroy();
  }));
