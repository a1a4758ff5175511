import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { exampleKeys, programs, run } from "../app/program.ts";
import { root } from "./witness.ts";

const runtimes = [
  ["Bun", ["bun"]],
  ["Node", ["node"]],
  ["Deno", ["deno", "run", "--allow-all", "--no-check"]],
] as const;

for (const [name, [command, ...args]] of runtimes) {
  test(`endurance: 300,000 tokens in one process on ${name}: memory stays flat`, () => {
    const { status, stdout, stderr } = spawnSync(
      join(root, "node_modules/.bin", command),
      [...args, join(root, "tests/long/sign-many.ts")],
      { cwd: root, encoding: "utf8" },
    );
    assert.equal(status, 0, stderr);
    const megabytes: number[] = JSON.parse(stdout);
    // Between collections the heap goes up and down; what is kept for good lifts the lowest points.
    const lowest = (from: number, to: number) => Math.min(...megabytes.slice(from, to));
    assert.ok(lowest(20, 30) < lowest(5, 15) + 5, `heap in use after each 10,000: ${megabytes.join(", ")}`);
  });
}

for (const program of programs) {
  test(`endurance: ${program.name}: 500 starts, each a whole token`, async () => {
    const lengths = new Set<number>();
    for (let count = 0; count < 500; count += 1) {
      const { code, stdout, stderr } = await run(
        program,
        ["token", "master.c.abc123.use1.cache.amazonaws.com", "-u", "u"],
        { env: exampleKeys },
      );
      assert.deepEqual([code, stderr], [0, ""]);
      lengths.add(stdout.length);
    }
    assert.equal(lengths.size, 1);
  });
}
