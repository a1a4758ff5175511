/** The table of platforms, as the page about releases has it, is of those that a release is made for. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { targets } from "../../scripts/release/targets.ts";
import { runnable } from "../../scripts/release/ways-to-run.ts";

const root = dirname(dirname(import.meta.dirname));
const [, page = ""] =
  /\n## Platforms\n([\s\S]*?)\n## /.exec(`${readFileSync(join(root, "scripts/release/README.md"), "utf8")}\n## `) ?? [];
const rows = [...page.matchAll(/^\| (`.*?) \| (.*?) \| (.*) \|$/gm)].flatMap(([, names = "", tested = ""]) =>
  [...names.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => [name, tested] as const),
);

test("targets: each platform has a row, and there is none besides", () => {
  assert.deepEqual(
    rows.map(([name]) => name),
    targets.map(({ name }) => name),
  );
});

for (const [name, tested] of rows)
  test(`targets: the row of ${name} says whether it was run`, () => {
    const isRun = name === "linux-x64" || runnable.includes(name);
    assert.equal(/^built but not run(;|$)/.test(tested), !isRun, tested);
    assert.equal(/^(run (in|with) |the whole suite)/.test(tested), isRun, tested);
  });
