/** Private files and watched folders, on each runtime. */
import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nodeProcess as host } from "../../src/node-runtime.ts";
import { withFolder } from "../folder.ts";

test("writePrivateFile: 0600 whatever the umask and whatever was there before, and nothing beside it", () =>
  withFolder(async (folder) => {
    for (const umask of [0o000, 0o022, 0o777]) {
      const path = join(folder, `u${umask}`);
      writeFileSync(path, "old");
      chmodSync(path, 0o666);
      const before = process.umask(umask);
      try {
        await host.writePrivateFile(path, "new");
        await host.writePrivateFile(`${path}-fresh`, "new");
      } finally {
        process.umask(before);
      }
      for (const file of [path, `${path}-fresh`]) {
        assert.equal(statSync(file).mode & 0o777, 0o600);
        assert.equal(readFileSync(file, "utf8"), "new");
      }
    }
    assert.equal(readdirSync(folder).length, 6);
  }));

test("writePrivateFile: what fails leaves the old file, and nothing beside it", () =>
  withFolder(async (folder) => {
    const path = join(folder, "there");
    mkdirSync(path);
    writeFileSync(join(path, "x"), "");
    await assert.rejects(host.writePrivateFile(path, "new"));
    assert.deepEqual(readdirSync(folder), ["there"]);
    await assert.rejects(host.writePrivateFile(join(folder, "none", "file"), "new"), { code: "ENOENT" });
  }));

test("kindOf: what stands there itself", () =>
  withFolder(async (folder) => {
    writeFileSync(join(folder, "file"), "");
    symlinkSync("file", join(folder, "link"));
    symlinkSync("nowhere", join(folder, "dangling"));
    const kinds = await Promise.all(
      [folder, "file", "link", "dangling", "none"].map((name) =>
        host.kindOf(name === folder ? name : join(folder, name)),
      ),
    );
    assert.deepEqual(kinds, ["folder", "file", "link", "link", null]);
    assert.equal(await host.kindOf("/dev/null"), "other");
    await assert.rejects(host.kindOf(join(folder, "file", "x")), { code: "ENOTDIR" });
  }));

test("watchFolder: every replacement of a file is seen, and none after the end", () =>
  withFolder(async (folder) => {
    let seen = () => {};
    let isOver = false;
    const end = await host.watchFolder(folder, (name) => {
      assert.equal(isOver, false);
      if (name === "file") seen();
    });
    for (let round = 0; round < 3; round += 1) {
      const came = new Promise<void>((resolve) => {
        seen = resolve;
      });
      writeFileSync(join(folder, "beside"), String(round));
      renameSync(join(folder, "beside"), join(folder, "file"));
      await came;
    }
    end();
    isOver = true;
    await assert.rejects(
      host.watchFolder(join(folder, "none"), () => {}),
      { code: "ENOENT" },
    );
  }));
