import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { percentiles } from "../../src/probe/repeat.ts";
import { runs } from "../runs.ts";

/** The smallest of the values that so many percent of them are not above, counted one by one. */
function naive(values: readonly number[], percent: number): number {
  const enough = (candidate: number) =>
    values.filter((value) => value <= candidate).length * 100 >= percent * values.length;
  return Math.min(...values.filter(enough));
}

test("percentiles: of nothing there are none; of one it is the one", () => {
  assert.equal(percentiles([]), null);
  assert.deepEqual(percentiles([4.5]), { p50: 4.5, p90: 4.5, p99: 4.5 });
});

test("percentiles: by the nearest rank", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  assert.deepEqual(percentiles(hundred), { p50: 50, p90: 90, p99: 99 });
  assert.deepEqual(percentiles([3, 1, 2]), { p50: 2, p90: 3, p99: 3 });
  assert.deepEqual(percentiles([1.23456, 9.87654]), { p50: 1.235, p90: 9.877, p99: 9.877 });
});

test("percentiles: the same as counted one by one, and the values stay as they were", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 250 }), (ticks) => {
      const values = Object.freeze(ticks.map((tick) => tick / 1000));
      assert.deepEqual(percentiles(values), { p50: naive(values, 50), p90: naive(values, 90), p99: naive(values, 99) });
    }),
    runs(1_000),
  );
});
