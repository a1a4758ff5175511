import assert from "node:assert/strict";
import { test } from "node:test";
import { createThrottle, noFaults, parseFaults } from "../../src/emulate/faults.ts";
import { CacheauthError } from "../../src/errors.ts";
import { dial, emulating, tokenAt } from "./harness.ts";

const good: readonly (readonly [text: string, faults: Partial<typeof noFaults>])[] = [
  ["throttle:0.2", { throttledShare: 0.2 }],
  ["throttle:1", { throttledShare: 1 }],
  ["throttle:.5", { throttledShare: 0.5 }],
  ["unavailable", { unavailable: "iam" }],
  ["unavailable:iam", { unavailable: "iam" }],
  ["unavailable:service", { unavailable: "service" }],
  ["slow:500ms", { delayMs: 500 }],
  ["slow:2s", { delayMs: 2000 }],
  ["slow:1.5s", { delayMs: 1500 }],
  ["drop-after-auth", { dropAfterAuth: true }],
  ["garbage", { garbage: true }],
  ["slow:1s, throttle:0.1,drop-after-auth", { delayMs: 1000, throttledShare: 0.1, dropAfterAuth: true }],
];

for (const [text, faults] of good) {
  test(`faults: ${text}`, () => assert.deepEqual(parseFaults(text), { ...noFaults, ...faults }));
}

const bad = [
  ...["", "slow", "slow:", "slow:500", "slow:-1s", "slow:0s", "slow:2h", "slow:9999s", "slow:1e3ms"],
  ...["throttle", "throttle:0", "throttle:1.1", "throttle:20%", "throttle:NaN", "throttle:-0.1"],
  ...["unavailable:all", "garbage:1", "drop-after-auth:1", "fire", "Slow:1s", "slow:1s,", "slow:1s,slow:2s"],
];

for (const text of bad) {
  test(`faults: ${JSON.stringify(text)} is refused`, () => {
    assert.throws(
      () => parseFaults(text),
      (error) => error instanceof CacheauthError && error.exitCode === 2 && error.message.startsWith("fault "),
    );
  });
}

test("faults: a share is spread evenly, and exact in the long run", () => {
  for (const share of [0, 0.1, 0.2, 0.3, 0.5, 0.7, 1]) {
    const throttled = createThrottle(share);
    const all = Array.from({ length: 1000 }, throttled);
    assert.equal(all.filter(Boolean).length, share * 1000);
    for (let at = 0; at + 10 <= 1000; at += 10) assert.equal(all.slice(at, at + 10).filter(Boolean).length, share * 10);
  }
  assert.deepEqual(Array.from({ length: 5 }, createThrottle(0.2)), [false, false, false, false, true]);
});

const faults = (text: string) => ({ faults: parseFaults(text) });

test("emulate: of throttled logins every fifth is refused, and told so", () =>
  emulating(faults("throttle:0.2"), async ({ port, clock, decisions }) => {
    const client = await dial(port);
    const token = await tokenAt(clock.now());
    const replies: string[] = [];
    for (let times = 0; times < 10; times += 1) replies.push(await client.ask("AUTH", "my-user", token));
    const throttled = "-ERR Exceeded limit of IAM Authentication requests";
    assert.deepEqual(replies, [
      ..."OK OK OK OK".split(" ").map((ok) => `+${ok}`),
      throttled,
      ...["+OK", "+OK", "+OK", "+OK"],
      throttled,
    ]);
    assert.deepEqual(
      decisions.map(({ accepted, findings }) => (accepted ? "" : findings[0]?.rule)),
      ["", "", "", "", "iam-throttled", "", "", "", "", "iam-throttled"],
    );
    client.destroy();
  }));

for (const [fault, reply] of [
  ["unavailable", "-ERR IAM Authentication service is not available"],
  ["unavailable:service", "-ERR service is not available"],
] as const) {
  test(`emulate: ${fault} refuses every login with AWS's words`, () =>
    emulating(faults(fault), async ({ port, clock, decisions }) => {
      const client = await dial(port);
      const token = await tokenAt(clock.now());
      assert.equal(await client.ask("AUTH", "my-user", token), reply);
      assert.equal(await client.ask("HELLO", "3", "AUTH", "my-user", token), reply);
      assert.match(await client.ask("PING"), /^-NOAUTH/);
      assert.deepEqual(
        decisions.map(({ findings }) => findings.map(({ rule }) => rule)),
        [["iam-unavailable"], ["iam-unavailable"]],
      );
      client.destroy();
    }));
}

/** What had to be answered by now has been. */
async function othersAnswered(port: number): Promise<void> {
  const other = await dial(port);
  for (let times = 0; times < 5; times += 1) await other.ask("PING");
  other.destroy();
}

test("emulate: a slow login is answered late, good or not, and what follows it waits; others do not", () =>
  emulating(faults("slow:500ms"), async ({ port, clock, decided }) => {
    const slow = await dial(port);
    const other = await dial(port);
    slow.send("AUTH", "my-user", await tokenAt(clock.now()));
    slow.send("PING");
    await decided(1);
    assert.match(await other.ask("PING"), /^-NOAUTH/);
    other.send("AUTH", "my-user", "wrong");
    await decided(3);
    clock.advance(499);
    let answered = false;
    const replies = Promise.all([slow.reply(), other.reply()]).then((all) => {
      answered = true;
      return all;
    });
    await othersAnswered(port);
    assert.equal(answered, false);
    clock.advance(1);
    assert.deepEqual(
      (await replies).map((reply) => reply.split(" ")[0]),
      ["+OK", "-WRONGPASS"],
    );
    assert.equal(await slow.reply(), "+PONG");
    slow.destroy();
    other.destroy();
  }));

test("emulate: what is refused as unavailable is late as well", () =>
  emulating(faults("unavailable,slow:2s"), async ({ port, clock, decided }) => {
    const client = await dial(port);
    client.send("AUTH", "my-user", await tokenAt(clock.now()));
    await decided(1);
    clock.advance(1_999);
    let answered = false;
    const reply = client.reply().then((said) => {
      answered = true;
      return said;
    });
    await othersAnswered(port);
    assert.equal(answered, false);
    clock.advance(1);
    assert.equal(await reply, "-ERR IAM Authentication service is not available");
    client.destroy();
  }));

test("emulate: closing does not wait for slow logins", () =>
  emulating(faults("slow:1800s"), async ({ port, clock, decided, close }) => {
    const client = await dial(port);
    client.send("AUTH", "my-user", await tokenAt(clock.now()));
    await decided(1);
    await close();
    await client.closed();
    while (clock.waiting > 0) await new Promise((resolve) => setImmediate(resolve));
  }));

test("emulate: a connection can be dropped right after its login", () =>
  emulating(faults("drop-after-auth"), async ({ port, clock, decisions }) => {
    const token = await tokenAt(clock.now());
    for (const [words, reply] of [
      [["AUTH", "my-user", token], /^\+OK$/],
      [["HELLO", "3", "AUTH", "my-user", token], /^\{\$server=/],
    ] as const) {
      const client = await dial(port);
      assert.match(await client.ask("AUTH", "my-user", "wrong"), /^-WRONGPASS/);
      assert.match(await client.ask(...words), reply);
      await client.closed();
    }
    assert.deepEqual(
      decisions.map(({ accepted }) => accepted),
      [false, true, false, true],
    );
  }));

test("emulate: a login can be answered by what is no reply", () =>
  emulating(faults("garbage"), async ({ port, clock }) => {
    const client = await dial(port);
    client.send("AUTH", "my-user", await tokenAt(clock.now()));
    await assert.rejects(client.reply(), /malformed: unknown-type/);
    client.destroy();
  }));

test("emulate: each decision has the fault that was played on it, of several the one that changes the most", async () => {
  for (const [text, told] of [
    ["throttle:0.5", [null, "throttle", null]],
    ["throttle:0.5,slow:1ms", ["slow", "throttle", "slow"]],
    ["unavailable", ["unavailable", "unavailable", "unavailable"]],
    ["slow:1ms,drop-after-auth", ["slow"]],
    ["garbage,drop-after-auth", ["garbage", "garbage", "garbage"]],
  ] as const) {
    await emulating(faults(text), async ({ port, clock, decisions, decided }) => {
      const client = await dial(port);
      for (const count of told.keys()) {
        client.send("AUTH", "my-user", "wrong");
        await decided(count + 1);
        clock.advance(1);
      }
      assert.deepEqual(
        decisions.map(({ fault }) => fault),
        told,
      );
      client.destroy();
    });
  }
  await emulating(faults("drop-after-auth,slow:1ms"), async ({ port, clock, decisions, decided }) => {
    const client = await dial(port);
    client.send("AUTH", "my-user", await tokenAt(clock.now()));
    await decided(1);
    assert.equal(decisions[0]?.fault, "drop-after-auth");
    clock.advance(1);
    await client.closed();
  });
});
