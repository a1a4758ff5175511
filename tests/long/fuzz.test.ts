import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "./witness.ts";

// Without NODE_TEST_CONTEXT: a Node runner inside a Node runner's test runs nothing, and passes.
const { NODE_TEST_CONTEXT, ...outer } = process.env;

/** The properties of the core again, with many more runs; each failure prints its seed. */
const suites = [
  ["the command line", "tests/cli/cli.test.ts"],
  ["endpoints", "tests/target/endpoint.test.ts"],
  ["names", "tests/target/names.test.ts"],
  ["escaping and redaction", "tests/terminal/terminal.test.ts"],
  ["signing", "tests/token/create-token.test.ts"],
  ["reading and judging", "tests/lint/properties.test.ts"],
] as const;

const bun = ["bun", "test", "--timeout", "120000"];

for (const [what, file] of suites) {
  for (const [name, command] of [
    ["Node", ["node", "--test"]],
    ["Bun", bun],
    ["Deno", ["deno", "test", "--allow-all", "--no-check", "--quiet"]],
  ] as const) {
    test(`fuzz: ${what} on ${name}`, () => fuzz([...command, `./${file}`], 30_000));
  }
}

test("fuzz: a hundred thousand texts for lint on Bun, which is the fastest", () =>
  fuzz([...bun, "--test-name-pattern", "whatever the bytes", "./tests/lint/properties.test.ts"], 100_000));

function fuzz([program = "", ...args]: readonly string[], runs: number): void {
  const { status, stdout, stderr } = spawnSync(join(root, "node_modules/.bin", program), args, {
    cwd: root,
    env: { ...outer, CACHEAUTH_FUZZ_RUNS: String(runs) },
    encoding: "utf8",
    timeout: 300_000,
  });
  assert.equal(status, 0, (stdout + stderr).slice(-4_000));
  assert.match(stdout + stderr, /property: /);
}
