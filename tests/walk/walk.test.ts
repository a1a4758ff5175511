import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Ended,
  failed,
  type Outcome,
  ok,
  type PlannedStep,
  type Step,
  type StepTime,
} from "../../src/walk/step.ts";
import { type WalkOptions, walk } from "../../src/walk/walk.ts";
import { pending, settled, type TurnedClock, turnedClock } from "./clock.ts";

const step = (name: string, run: PlannedStep["run"], needs: readonly string[] = []): PlannedStep => ({
  name,
  needs,
  run,
});
const fine = async () => ok();
const breaks = async () => failed([]);
const never = () => new Promise<never>(() => {});

function around(clock: TurnedClock, more: Partial<WalkOptions> = {}): WalkOptions {
  return { clock, limitMs: 100, budgetMs: 1_000, interruption: new AbortController().signal, ...more };
}

const statuses = (steps: readonly Step[]) => steps.map(({ name, status }) => `${name} ${status}`);

/** A step that runs these one after the other, and keeps how each ended. */
function waits(kept: Ended<unknown>[], ...each: ((time: StepTime) => Promise<Ended<unknown>>)[]): PlannedStep["run"] {
  return async (time) => {
    for (const wait of each) kept.push(await wait(time));
    return ok();
  };
}

test("walk: steps go one after the other, each from where the one before ended", async () => {
  const clock = turnedClock();
  const order: string[] = [];
  const takes = (name: string, ms: number) =>
    step(name, async (time) => {
      order.push(`${name} begins`);
      await time.within(() => new Promise<void>((done) => void clock.after(ms, done)));
      order.push(`${name} ends`);
      return ok({ name });
    });
  const walking = walk([takes("a", 12.5), takes("b", 0.25), takes("c", 30)], around(clock));
  await clock.pass(100);
  const steps = await walking;
  assert.deepEqual(order, ["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  assert.deepEqual(
    steps.map(({ startedAtMs, durationMs, detail }) => [startedAtMs, durationMs, detail]),
    [
      [0, 12.5, { name: "a" }],
      [12.5, 0.25, { name: "b" }],
      [12.75, 30, { name: "c" }],
    ],
  );
  assert.equal(clock.waiting, 0);
});

test("walk: what a failed step is needed for is skipped, and what that is needed for; the rest is not", async () => {
  const plan = [
    step("a", breaks),
    step("b", fine, ["a"]),
    step("c", fine, ["b"]),
    step("d", fine),
    step("e", fine, ["d"]),
  ];
  const steps = await walk(plan, around(turnedClock()));
  assert.deepEqual(statuses(steps), ["a failed", "b skipped", "c skipped", "d ok", "e ok"]);
  for (const { durationMs, detail, findings } of steps.slice(1, 3))
    assert.deepEqual([durationMs, detail, findings], [0, null, []]);
});

test("walk: what was not asked for, or could not be looked at, holds up nothing", async () => {
  const unknown: Outcome = { status: "unknown", detail: null, findings: [] };
  const plan = [step("a", null), step("b", fine, ["a"]), step("c", async () => unknown), step("d", fine, ["c"])];
  const steps = await walk(plan, around(turnedClock()));
  assert.deepEqual(statuses(steps), ["a skipped", "b ok", "c unknown", "d ok"]);
});

test("walk: a step's outcome is kept as it is; findings make ok a warning", async () => {
  const finding = { rule: "expired" } as never;
  const plan = [step("a", async () => ok(null, [finding])), step("b", async () => failed([finding], { seen: 1 }))];
  const steps = await walk(plan, around(turnedClock()));
  assert.deepEqual(statuses(steps), ["a warn", "b failed"]);
  assert.deepEqual([steps[1]?.detail, steps[1]?.findings], [{ seen: 1 }, [finding]]);
});

test("walk: all that a step waits for shares one limit", async () => {
  const clock = turnedClock();
  const kept: Ended<unknown>[] = [];
  const takes60 = (time: StepTime) =>
    time.within(() => new Promise((done) => void clock.after(60, () => done("late"))));
  const walking = walk([step("a", waits(kept, takes60, takes60, takes60))], around(clock));
  await clock.pass(500);
  const [a] = await walking;
  assert.deepEqual(kept, [
    { end: "done", value: "late" },
    { end: "timeout", afterMs: 40 },
    { end: "timeout", afterMs: 0 },
  ]);
  assert.equal(a?.durationMs, 100);
});

test("walk: a wait may have less than its step, never more", async () => {
  const clock = turnedClock();
  const kept: Ended<unknown>[] = [];
  const most = (ms: number) => (time: StepTime) => time.within(never, ms);
  const walking = walk([step("a", waits(kept, most(30))), step("b", waits(kept, most(300)))], around(clock));
  await clock.pass(500);
  await walking;
  assert.deepEqual(kept, [
    { end: "timeout", afterMs: 30 },
    { end: "timeout", afterMs: 100 },
  ]);
});

test("walk: what explains a failure has time of its own: two seconds, or the limit, or what it says", async () => {
  const clock = turnedClock();
  const kept: Ended<unknown>[] = [];
  const look = (time: StepTime) => time.afterwards(never);
  const longer = (time: StepTime) => time.afterwards(never, 5_000);
  const all = waits(kept, (time) => time.within(never), look, longer);
  const short = walk([step("a", all)], around(clock));
  await clock.pass(10_000);
  await short;
  const long = walk([step("a", all)], around(clock, { limitMs: 9_000, budgetMs: 9_000 }));
  await clock.pass(20_000);
  await long;
  assert.deepEqual(
    kept.map((ended) => ended.end === "timeout" && ended.afterMs),
    [100, 100, 5_000, 9_000, 2_000, 5_000],
  );
});

test("walk: the budget bounds the whole; a limit of a step's own is beside it", async () => {
  const clock = turnedClock();
  const kept: Ended<unknown>[] = [];
  const all = waits(kept, (time) => time.within(never));
  const person = { ...step("person", all), ownLimitMs: 7_000 };
  const plan = [step("a", all), person, step("b", all), step("c", all), step("d", all)];
  const walking = walk(plan, around(clock, { budgetMs: 250 }));
  await clock.pass(10_000);
  const steps = await walking;
  assert.deepEqual(
    steps.map(({ name, durationMs }) => [name, durationMs]),
    [
      ["a", 100],
      ["person", 7_000],
      ["b", 100],
      ["c", 50],
      ["d", 0],
    ],
  );
});

test("walk: a time-out aborts what it was waiting for, and what comes too late counts for nothing", async () => {
  const clock = turnedClock();
  const kept: Ended<unknown>[] = [];
  const [value, error] = [pending<string>(), pending<string>()];
  const signals: AbortSignal[] = [];
  const wait = (promise: Promise<string>) => (time: StepTime) =>
    time.within((signal) => {
      signals.push(signal);
      return promise;
    }, 10);
  const walking = walk([step("a", waits(kept, wait(value.promise), wait(error.promise)))], around(clock));
  await clock.pass(10);
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [true, false],
  );
  await clock.pass(10);
  value.resolve("too late");
  // Nobody hears it, and no process ends of it.
  error.reject(new Error("too late"));
  await walking;
  assert.deepEqual(kept, [
    { end: "timeout", afterMs: 10 },
    { end: "timeout", afterMs: 10 },
  ]);
  assert.equal(signals[1]?.aborted, true);
});

test("walk: what fails tells with what, and what is done aborts nothing", async () => {
  const clock = turnedClock();
  const kept: Ended<unknown>[] = [];
  const error = new Error("refused");
  const signals: AbortSignal[] = [];
  const done = (time: StepTime) =>
    time.within(async (signal) => {
      signals.push(signal);
      return 7;
    });
  await walk(
    [
      step(
        "a",
        waits(kept, (time) => time.within(() => Promise.reject(error)), done),
      ),
    ],
    around(clock),
  );
  assert.deepEqual(kept, [
    { end: "failed", error },
    { end: "done", value: 7 },
  ]);
  assert.equal(signals[0]?.aborted, false);
  assert.equal(clock.waiting, 0);
});

test("walk: a defect in a step is not kept for an outcome", async () => {
  const defect = new TypeError("a defect");
  await assert.rejects(walk([step("a", () => Promise.reject(defect))], around(turnedClock())), defect);
});

test("walk: an interruption ends the step under way as unknown, and skips the rest", async () => {
  const clock = turnedClock();
  const kept: Ended<unknown>[] = [];
  const stop = new AbortController();
  const signals: AbortSignal[] = [];
  const hangs = step("b", async (time) => {
    // It cannot be aborted: it is no longer waited for.
    kept.push(
      await time.within((signal) => {
        signals.push(signal);
        return never();
      }),
      await time.within(never),
      await time.afterwards(never),
    );
    return failed([{ rule: "no-answer" } as never], { seen: 1 });
  });
  const plan = [step("a", fine), hangs, step("c", fine, ["b"]), step("d", fine)];
  const walking = walk(plan, around(clock, { interruption: stop.signal }));
  await clock.pass(7);
  stop.abort();
  const steps = await walking;
  assert.deepEqual(statuses(steps), ["a ok", "b unknown", "c skipped", "d skipped"]);
  assert.deepEqual([steps[1]?.detail, steps[1]?.findings, steps[1]?.durationMs], [null, [], 7]);
  assert.deepEqual(kept, [{ end: "interrupted" }, { end: "interrupted" }, { end: "interrupted" }]);
  assert.equal(signals[0]?.aborted, true);
  assert.equal(clock.waiting, 0);
});

test("walk: interrupted before it begins, nothing is run", async () => {
  let ran = false;
  const runs = async () => {
    ran = true;
    return ok();
  };
  const steps = await walk([step("a", runs)], around(turnedClock(), { interruption: AbortSignal.abort() }));
  assert.deepEqual([statuses(steps), ran], [["a skipped"], false]);
});

test("walk: progress is told before each step that is run and after the last, as it stood then", async () => {
  const told: [readonly Step[], string | null][] = [];
  const plan = [step("a", fine), step("b", null), step("c", breaks), step("d", fine, ["c"])];
  await walk(plan, around(turnedClock(), { onProgress: (steps, underWay) => void told.push([steps, underWay]) }));
  await settled();
  assert.deepEqual(
    told.map(([steps, underWay]) => [statuses(steps), underWay]),
    [
      [[], "a"],
      [["a ok", "b skipped"], "c"],
      [["a ok", "b skipped", "c failed", "d skipped"], null],
    ],
  );
});
