import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "./witness.ts";

/** The properties of the core again, with many more runs; each failure prints its seed. */
const suites = [
  ["the command line", "tests/cli/cli.test.ts"],
  ["endpoints", "tests/target/endpoint.test.ts"],
  ["names", "tests/target/names.test.ts"],
  ["escaping and redaction", "tests/terminal/terminal.test.ts"],
  ["signing", "tests/token/create-token.test.ts"],
] as const;

for (const [what, file] of suites) {
  for (const [name, command] of [
    ["Node", ["node", "--test"]],
    ["Bun", ["bun", "test"]],
    ["Deno", ["deno", "test", "--allow-all", "--no-check", "--quiet"]],
  ] as const) {
    test(`fuzz: ${what} on ${name}`, () => {
      const [program, ...args] = command;
      const { status, stdout, stderr } = spawnSync(join(root, "node_modules/.bin", program), [...args, `./${file}`], {
        cwd: root,
        env: { ...process.env, CACHEAUTH_FUZZ_RUNS: "30000" },
        encoding: "utf8",
        timeout: 300_000,
      });
      assert.equal(status, 0, (stdout + stderr).slice(-4_000));
    });
  }
}
