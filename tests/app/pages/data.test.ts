/** The pages' blocks of JSON and YAML can be read, and the file of users is one that `emulate --users` takes. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { usersFile } from "../../../src/emulate/users-file-schema.ts";
import { blocksOf } from "./blocks.ts";
import { pages, root } from "./page.ts";

for (const { page, line, language, text } of pages.flatMap(blocksOf)) {
  if (language === "json") {
    test(`${page}:${line}: is JSON`, () => {
      const read = JSON.parse(text);
      if (Object.hasOwn(read, "users")) usersFile.parse(read);
    });
  }
  if (language === "yaml") {
    test(`${page}:${line}: is YAML`, () => {
      // Bun reads YAML; Node does not.
      const read = "Bun.YAML.parse(await Bun.stdin.text())";
      const bun = join(root, "node_modules/.bin/bun");
      const { status, stderr } = spawnSync(bun, ["-e", read], { input: text, encoding: "utf8" });
      assert.equal(status, 0, stderr);
    });
  }
}
