import assert from "node:assert/strict";
import { test } from "node:test";
import { dial, emulating, tokenAt } from "./harness.ts";

const minute = 60_000;
const hour = 60 * minute;

test("emulate: a connection lives 12 hours after its login, and is closed", () =>
  emulating({}, async ({ port, clock, notices }) => {
    const client = await dial(port);
    assert.equal(await client.ask("AUTH", "my-user", await tokenAt(clock.now())), "+OK");
    clock.advance(12 * hour - 1);
    assert.equal(await client.ask("PING"), "+PONG");
    clock.advance(1);
    await client.closed();
    assert.deepEqual(
      notices.map(({ time, connection, code }) => [time, connection, code]),
      [["2025-02-01T00:00:00Z", 1, "connection-expired"]],
    );
  }));

test("emulate: AUTH and HELLO with a fresh token prolong it", () =>
  emulating({ lifetimeMs: hour }, async ({ port, clock }) => {
    const client = await dial(port);
    await client.ask("AUTH", "my-user", await tokenAt(clock.now()));
    for (const login of [["AUTH"], ["HELLO", "3", "AUTH"], ["HELLO", "2", "AUTH"], ["AUTH"]]) {
      clock.advance(50 * minute);
      assert.doesNotMatch(await client.ask(...login, "my-user", await tokenAt(clock.now())), /^-/);
    }
    clock.advance(50 * minute);
    assert.equal(await client.ask("PING"), "+PONG");
    clock.advance(10 * minute);
    await client.closed();
  }));

test("emulate: a token that has expired, HELLO alone and a login inside MULTI prolong nothing", () =>
  emulating({ lifetimeMs: hour }, async ({ port, clock }) => {
    const client = await dial(port);
    const token = await tokenAt(clock.now());
    await client.ask("AUTH", "my-user", token);
    clock.advance(50 * minute);
    assert.match(await client.ask("AUTH", "my-user", token), /^-WRONGPASS/);
    await client.ask("HELLO", "3");
    await client.ask("MULTI");
    assert.equal(await client.ask("AUTH", "my-user", await tokenAt(clock.now())), "+QUEUED");
    assert.match(await client.ask("EXEC"), /inside MULTI/);
    clock.advance(10 * minute);
    await client.closed();
  }));

test("emulate: after RESET the time of the login does not count any more, but that for a new one does", () =>
  emulating({ lifetimeMs: hour }, async ({ port, clock }) => {
    const client = await dial(port);
    await client.ask("AUTH", "my-user", await tokenAt(clock.now()));
    clock.advance(hour - 1);
    await client.ask("RESET");
    clock.advance(1);
    assert.match(await client.ask("PING"), /^-NOAUTH/);
    clock.advance(minute);
    await client.closed();
  }));

test("emulate: whoever does not log in is dropped after a minute without a word", () =>
  emulating({}, async ({ port, clock }) => {
    const silent = await dial(port);
    const talking = await dial(port);
    for (let times = 0; times < 3; times += 1) {
      assert.match(await talking.ask("PING"), /^-NOAUTH/);
      clock.advance(minute / 2);
    }
    await silent.closed();
    assert.match(await talking.ask("PING"), /^-NOAUTH/);
    clock.advance(minute);
    await talking.closed();
  }));

test("emulate: a command that never ends does not keep a connection without a login", () =>
  emulating({}, async ({ port, clock }) => {
    const client = await dial(port);
    await client.ask("PING");
    client.sendRaw("*2\r\n$4\r\nAUTH\r\n$5\r\nx");
    clock.advance(minute);
    await client.closed();
  }));

test("emulate: what a connection waited for is gone with it", () =>
  emulating({}, async ({ port, clock }) => {
    const client = await dial(port);
    await client.ask("AUTH", "my-user", await tokenAt(clock.now()));
    assert.equal(clock.waiting, 1);
    assert.equal(await client.ask("QUIT"), "+OK");
    await client.closed();
    client.destroy();
    while (clock.waiting > 0) await new Promise((resolve) => setImmediate(resolve));
  }));
