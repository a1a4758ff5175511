/** The provider at a clock that is moved by hand: what whoever asks gets, when tokens are made, and what is told of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tokenProvider } from "../../src/index.ts";
import { movedClock } from "./clock.ts";

const minute = 60_000;
const keys = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
const target = "master.my-cache.abc123.use1.cache.amazonaws.com:6379";

function setUp() {
  const clock = movedClock();
  const world = { broken: null as Error | null, asked: 0, forced: 0 };
  const provider = tokenProvider({
    ...{ target, clock, user: "my-user", random: () => 0 },
    async credentials(options) {
      world.asked += 1;
      if (options?.forceRefresh) world.forced += 1;
      if (world.broken) throw world.broken;
      return keys;
    },
  });
  return { clock, world, provider };
}

test("ten thousand who ask at once cost one signing", async () => {
  const { provider, world } = setUp();
  const tokens = await Promise.all(Array.from({ length: 10_000 }, () => provider()));
  assert.deepEqual([new Set(tokens).size, world.asked, provider.counters().refreshes], [1, 1, 1]);
  await provider.close();
});

test("what is at hand costs no promise; the next is made five minutes before its end", async () => {
  const { provider, clock } = setUp();
  const first = await provider();
  assert.equal(provider(), provider());
  await clock.move(10 * minute - 1);
  assert.equal(await provider(), first);
  await clock.move(1);
  assert.notEqual(await provider(), first);
  await provider.close();
  assert.equal(clock.waiting, 0);
});

test("while it fails the old one is served to its end, and no longer; then it recovers by itself", async () => {
  const { provider, world, clock } = setUp();
  const stale: boolean[] = [];
  provider.on("stale", ({ isUsable }) => stale.push(isUsable));
  const first = await provider();
  world.broken = new Error("STS is down");
  await clock.move(14 * minute);
  assert.equal(await provider(), first);
  await clock.move(minute);
  const asked = assert.rejects(provider(), /STS is down/);
  await clock.move(minute);
  await asked;
  assert.ok(stale.includes(true) && stale.at(-1) === false);
  world.broken = null;
  await clock.move(31_000);
  assert.notEqual(await provider(), first);
  await provider.close();
});

test("a refused token is made anew once, with credentials that are not kept", async () => {
  const { provider, world, clock } = setUp();
  const first = await provider();
  assert.equal(await provider.refresh(), first);
  await clock.move(5_000);
  const again = await Promise.all(Array.from({ length: 50 }, () => provider.refresh()));
  assert.notEqual(again[0], first);
  assert.deepEqual([new Set(again).size, world.forced, world.asked], [1, 1, 2]);
  await provider.close();
});
