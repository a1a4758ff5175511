import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fetchRuntime, lockedPackage } from "../../scripts/release/runtimes.ts";
import { targets } from "../../scripts/release/targets.ts";
import { withDirectory } from "../app/program.ts";

for (const target of targets) {
  test(`runtimes: one for ${target.name} that is not the lock file's is refused`, () =>
    withDirectory(async (directory) => {
      const { version, integrity } = lockedPackage(target.runtime);
      assert.match(integrity, /^sha512-/);
      // As if npm had fetched it already.
      const archive = `${target.runtime.slice(1).replace("/", "-")}-${version}.tgz`;
      writeFileSync(join(directory, archive), "something else");
      assert.throws(() => fetchRuntime(target, directory), /is not the one that package-lock\.json has/);
    }));
}

test("runtimes: all are of one version, which is that of the Bun that builds", () => {
  const versions = new Set(
    ["bun", ...targets.map(({ runtime }) => runtime)].map((name) => lockedPackage(name).version),
  );
  assert.equal(versions.size, 1);
});
