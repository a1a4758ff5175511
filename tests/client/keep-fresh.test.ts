/** Refreshing at a clock that is moved by hand: when, how often, and what whoever asks gets meanwhile. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Failure, keepFresh } from "../../src/client/keep-fresh.ts";
import { type Expiring, mostTries, refreshDelayMs, retryDelayMs, usableTimes } from "../../src/client/refresh-times.ts";
import { runs } from "../runs.ts";
import { movedClock } from "./clock.ts";

const minute = 60_000;

interface Numbered extends Expiring {
  readonly number: number;
}

function setUp({
  everyMs = null,
  lifeMs = 15 * minute,
  random = () => 0,
}: {
  everyMs?: number | null;
  lifeMs?: number;
  random?: () => number;
} = {}) {
  const clock = movedClock();
  const start = clock.now().getTime();
  const made: { readonly atMs: number; readonly number: number }[] = [];
  const failures: Failure[] = [];
  const world = { clock, made, failures, broken: null as Error | null, gate: null as Promise<void> | null, started: 0 };
  const fresh = keepFresh<Numbered>({
    async make() {
      world.started += 1;
      const now = clock.now().getTime();
      await world.gate;
      if (world.broken) throw world.broken;
      made.push({ atMs: now - start, number: made.length + 1 });
      const rfc3339 = (ms: number) => new Date(ms).toISOString();
      return { issuedAt: rfc3339(now), expiresAt: rfc3339(now + lifeMs), number: made.length };
    },
    when: { everyMs },
    clock,
    random,
    failed: (failure) => failures.push(failure),
  });
  return { fresh, world, ...world };
}

test("nothing is made before somebody asks", async () => {
  const { made, clock } = setUp();
  await clock.move(60 * minute);
  assert.deepEqual([made.length, clock.waiting], [0, 0]);
});

test("a new one is made when a third of the life is left", async () => {
  const { fresh, made, clock } = setUp();
  await fresh.current();
  await clock.move(10 * minute - 1);
  assert.equal(made.length, 1);
  await clock.move(1);
  await clock.move(10 * minute);
  assert.deepEqual(
    made.map(({ atMs }) => atMs),
    [0, 10 * minute, 20 * minute],
  );
});

test("every so often where that was asked for, and in time where the token would end before", async () => {
  const often = setUp({ everyMs: 2 * minute });
  await often.fresh.current();
  await often.clock.move(6 * minute);
  assert.equal(often.made.length, 4);
  const seldom = setUp({ everyMs: 14 * minute, lifeMs: 6 * minute });
  await seldom.fresh.current();
  await seldom.clock.move(8 * minute);
  assert.deepEqual(
    seldom.made.map(({ atMs }) => atMs),
    [0, 4 * minute, 8 * minute],
  );
});

test("500 refreshes: each in its time, no two at once, no timer left over, and always one that is good", async () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const { fresh, made, clock } = setUp({ random });
  await fresh.current();
  while (made.length < 500) {
    const before = made.length;
    await clock.next();
    assert.ok(clock.waiting <= 1);
    assert.equal((await fresh.current()).number, made.length);
    assert.ok(made.length - before <= 1);
  }
  const gaps = made.slice(1).map(({ atMs }, at) => atMs - (made[at]?.atMs ?? 0));
  assert.ok(Math.min(...gaps) >= 9 * minute && Math.max(...gaps) <= 10 * minute);
  assert.ok(Math.max(...gaps) - Math.min(...gaps) > minute / 2, "by chance");
  await fresh.stop();
  assert.equal(clock.waiting, 0);
});

test("however many ask, one is made", async () => {
  const { fresh, world } = setUp();
  const { promise, resolve: open } = Promise.withResolvers<void>();
  world.gate = promise;
  const asked = Array.from({ length: 100 }, () => fresh.current());
  open();
  assert.deepEqual(new Set((await Promise.all(asked)).map(({ number }) => number)), new Set([1]));
  await fresh.current();
  assert.equal(world.started, 1);
});

test("failures: eight tries, 100 ms doubling to 5 s, then a pause; the token at hand is given meanwhile", async () => {
  const { fresh, world, failures, clock, made } = setUp({ random: () => 0.5 });
  await fresh.current();
  world.broken = new Error("no credentials");
  await clock.move(9.5 * minute);
  const start = clock.now().getTime();
  await clock.move(100 + 200 + 400 + 800 + 1_600 + 3_200 + 5_000);
  assert.deepEqual(
    failures.map(({ tries, isLast, nextAt }) => [tries, isLast, nextAt.getTime() - start]),
    [
      [1, false, 100],
      [2, false, 300],
      [3, false, 700],
      [4, false, 1_500],
      [5, false, 3_100],
      [6, false, 6_300],
      [7, false, 11_300],
      [8, true, 41_300],
    ],
  );
  assert.equal((await fresh.current()).number, 1);
  await clock.move(29_999);
  assert.equal(failures.length, 8);
  await clock.move(1);
  assert.deepEqual([failures.length, failures[8]?.tries, failures[8]?.isLast], [9, 9, false]);
  world.broken = null;
  await clock.move(200);
  assert.equal(made.length, 2);
  world.broken = new Error("again");
  await clock.move(10 * minute);
  assert.equal(failures[9]?.tries, 1, "a success begins anew");
});

test("between two tries whoever asks gets the last failure, and makes no more of them", async () => {
  const { fresh, world, clock } = setUp();
  world.broken = new Error("no credentials");
  for (let ask = 0; ask < 10; ask += 1) await assert.rejects(fresh.current(), /no credentials/);
  assert.equal(world.started, 1);
  world.broken = null;
  await clock.move(100);
  assert.equal((await fresh.current()).number, 1);
});

test("what has changed is made anew at once, also during a pause", async () => {
  const { fresh, world, clock, made } = setUp();
  await fresh.current();
  fresh.changed();
  await clock.move(0);
  assert.equal(made.length, 2);
  world.broken = new Error("gone");
  fresh.changed();
  await clock.move(12_000);
  assert.equal(world.failures.at(-1)?.isLast, true);
  world.broken = null;
  fresh.changed();
  await clock.move(0);
  assert.deepEqual([made.length, (await fresh.current()).number], [3, 3]);
});

test("what changes while one is being made makes one more, and only one", async () => {
  const { fresh, world, clock, made } = setUp();
  const { promise, resolve: open } = Promise.withResolvers<void>();
  world.gate = promise;
  const first = fresh.current();
  for (let change = 0; change < 5; change += 1) fresh.changed();
  assert.equal(world.started, 1);
  world.gate = null;
  open();
  await first;
  await clock.move(0);
  assert.deepEqual([world.started, made.length], [2, 2]);
});

test("after it was stopped nothing more is made, and what is under way is waited for", async () => {
  const { fresh, world, clock, made } = setUp();
  const { promise, resolve: open } = Promise.withResolvers<void>();
  world.gate = promise;
  const first = fresh.current();
  const stopped = fresh.stop();
  fresh.changed();
  open();
  await first;
  await stopped;
  fresh.changed();
  await clock.move(60 * minute);
  assert.deepEqual([made.length, clock.waiting], [1, 0]);
});

test("a clock that is set forward, or a sleep of the machine, is seen within half a minute", async () => {
  const { fresh, made, clock } = setUp();
  await fresh.current();
  await clock.move(minute);
  clock.setTime(Date.parse("2025-01-01T08:00:00Z"));
  await clock.move(30_000);
  assert.equal(made.length, 2);
});

test("a clock that is set back puts nothing off", async () => {
  const { fresh, made, clock } = setUp();
  await fresh.current();
  clock.setTime(Date.parse("2024-12-31T00:00:00Z"));
  await clock.move(10 * minute);
  assert.equal(made.length, 2);
});

test("property: a refresh comes never later than a third before the end, and not much sooner", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 6, max: 900 }),
      fc.option(fc.integer({ min: 1, max: 900 })),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (seconds, every, chance) => {
        const token = {
          issuedAt: "2025-01-01T00:00:00Z",
          expiresAt: new Date(Date.parse("2025-01-01T00:00:00Z") + seconds * 1_000).toISOString(),
        };
        const now = new Date("2025-01-01T00:00:00Z");
        const everyMs = every === null ? null : every * 1_000;
        const delay = refreshDelayMs(token, { everyMs }, now, () => chance);
        const latest = everyMs !== null && every !== null && every < seconds ? everyMs : (seconds * 2_000) / 3;
        assert.ok(delay <= Math.max(latest, 1_000) && delay >= latest * 0.9 - 2 && delay >= 1_000);
        const { from, until } = usableTimes(token);
        assert.ok(from < now.getTime() && now.getTime() < until && until < Date.parse(token.expiresAt));
      },
    ),
    runs(1_000),
  );
});

test("property: each retry is a fifth around its time, whatever chance says", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: mostTries - 1 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, chance) => {
        const base = Math.min(5_000, 100 * 2 ** (failures - 1));
        const delay = retryDelayMs(failures, () => chance);
        assert.ok(delay >= base * 0.8 - 2 && delay <= base * 1.2);
      },
    ),
    runs(1_000),
  );
});
