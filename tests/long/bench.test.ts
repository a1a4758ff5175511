import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { cleanEnv } from "../app/program.ts";
import { root, venv } from "./witness.ts";

function bench(...words: string[]) {
  const env = { ...cleanEnv("/nonexistent"), HOME: process.env["HOME"] ?? "" };
  return spawnSync(join(root, "node_modules/.bin/bun"), [join(root, "scripts/bench.ts"), ...words], {
    env,
    encoding: "utf8",
  });
}

/** The rows of a table of Markdown, by their first cell. */
function rowsOf(out: string): Map<string, readonly string[]> {
  const rows = out.split("\n").flatMap((line) => (line.startsWith("| ") ? [line.slice(2, -2).split(" | ")] : []));
  return new Map(rows.map(([name = "", ...cells]) => [name, cells]));
}

test("bench: each way to a token has its time, its memory and its size, and what is a token for the cache is verified", () => {
  const { status, stdout, stderr } = bench("alternatives", "1");
  assert.equal(status, 0, stdout + stderr);
  const rows = [...rowsOf(stdout)].slice(1).filter(([, cells]) => !cells[0]?.startsWith("not measured"));
  for (const [name, [, ms, ratio, memory, size, , token]] of rows) {
    for (const figure of [ms, ratio, memory, size])
      assert.ok(Number.parseFloat(figure ?? "") > 0, `${name}: ${figure}`);
    assert.equal(token === "verified, the same signature", !name.startsWith("AWS CLI"), `${name}: ${token}`);
  }
  const named = (start: string) => rows.filter(([name]) => name.startsWith(start)).length;
  assert.ok(named("cacheauth, ") >= 2);
  assert.equal(named("a program with aws4fetch, "), 2);
  assert.equal(named("a program with botocore"), venv("botocore", ["botocore==1.44.5"]) ? 1 : 0);
});

test("bench: the parts that start processes or connections have a figure in each row", () => {
  const { status, stdout, stderr } = bench("starts", "connections", "probe", "1");
  assert.equal(status, 0, stdout + stderr);
  const rows = [...rowsOf(stdout)].filter(([, [first]]) => first !== "ms");
  assert.equal(rows.length, 5 + 2 + 3);
  for (const [name, [ms]] of rows) assert.ok(Number.parseFloat(ms ?? "") > 0, `${name}: ${ms}`);
});

test("bench: of an unknown part it says what the parts are, and runs none", () => {
  const { status, stdout, stderr } = bench("starts", "alternative");
  assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
  assert.match(stderr, /no part of the bench: alternative\nIts parts are alternatives, starts, /);
});
