import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "../../src/commands/emulate/log.ts";

test("log: lines are written one after the other, in their order", async () => {
  const written: number[] = [];
  const log = createLog(10, async () => assert.fail("nothing is left out"));
  const { promise: held, resolve } = Promise.withResolvers<void>();
  log.add(() => held);
  for (let line = 1; line <= 5; line += 1) {
    log.add(async () => {
      await new Promise((next) => setImmediate(next));
      written.push(line);
    });
  }
  await new Promise((next) => setImmediate(next));
  assert.deepEqual(written, []);
  resolve();
  await log.written();
  assert.deepEqual(written, [1, 2, 3, 4, 5]);
  await log.written();
});

test("log: what nobody reads in time is left out, and counted once somebody does", async () => {
  const written: string[] = [];
  const log = createLog(3, async (count) => void written.push(`${count} left out`));
  const { promise: held, resolve } = Promise.withResolvers<void>();
  log.add(() => held);
  for (let line = 1; line <= 10; line += 1) log.add(async () => void written.push(`line ${line}`));
  resolve();
  await log.written();
  log.add(async () => void written.push("line 11"));
  await log.written();
  assert.deepEqual(written, ["7 left out", "line 1", "line 2", "line 3", "line 11"]);
});
