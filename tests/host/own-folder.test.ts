/** Folders of this user's alone, what is left in them, and the logs of programs that go on alone. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nodeProcess } from "../../src/node-runtime.ts";
import { withFolder } from "../folder.ts";

const { makeOwnFolder, removeUnfinished, spawn } = nodeProcess;
const modeOf = (path: string) => lstatSync(path).mode & 0o777;

test("own folder: made with those above it for this user alone, whatever the umask", () =>
  withFolder(async (folder) => {
    const before = process.umask(0);
    try {
      await makeOwnFolder(join(folder, "a/b"), false);
      await makeOwnFolder(join(folder, "a/c"), true);
    } finally {
      process.umask(before);
    }
    for (const name of ["a", "a/b", "a/c"]) assert.equal(modeOf(join(folder, name)), 0o700);
  }));

test("own folder: what is there is taken where nobody else may write, and shut where it is to be private", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a");
    mkdirSync(path);
    for (const mode of [0o755, 0o750, 0o700]) {
      chmodSync(path, mode);
      await makeOwnFolder(path, false);
      assert.equal(modeOf(path), mode);
    }
    for (const mode of [0o775, 0o757, 0o777]) {
      chmodSync(path, mode);
      await assert.rejects(makeOwnFolder(path, false), { code: "ENOTOWN", why: "writable" });
      await makeOwnFolder(path, true);
      assert.equal(modeOf(path), 0o700);
    }
  }));

test("own folder: a link is one's own way to say where it is, but for a private one", () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, "a"), { mode: 0o700 });
    symlinkSync(join(folder, "a"), join(folder, "link"));
    await makeOwnFolder(join(folder, "link"), false);
    await assert.rejects(makeOwnFolder(join(folder, "link"), true), { code: "ENOTOWN", why: "link" });
    writeFileSync(join(folder, "file"), "");
    await assert.rejects(
      makeOwnFolder(join(folder, "file"), true),
      (error) => (error as { code: string }).code !== "ENOTOWN",
    );
    if (process.getuid?.() !== 0) return console.log("not run: folders of other users, which need root rights");
    spawnSync("chown", ["nobody", join(folder, "a")]);
    await assert.rejects(makeOwnFolder(join(folder, "a"), true), { code: "ENOTOWN", why: "owner" });
    await assert.rejects(makeOwnFolder(join(folder, "link"), false), { code: "ENOTOWN", why: "owner" });
  }));

test("own folder: what was left unfinished is removed once it is old", () =>
  withFolder(async (folder) => {
    const old = new Date(Date.now() - 61_000);
    for (const name of [".0123456789abcdef.tmp", ".0123456789abcde0.tmp", ".x.tmp", "0123456789abcdef.tmp"]) {
      writeFileSync(join(folder, name), "");
      if (!name.includes("e0")) utimesSync(join(folder, name), old, old);
    }
    await removeUnfinished(folder);
    assert.deepEqual(readdirSync(folder).sort(), [".0123456789abcde0.tmp", ".x.tmp", "0123456789abcdef.tmp"]);
  }));

test("log: what a program says goes to the end of a file for this user alone, which is begun anew where it is long", () =>
  withFolder(async (folder) => {
    const log = join(folder, "log");
    const say = async (most: number) => {
      const child = await spawn(["echo out; echo err >&2; cat"], {
        env: process.env,
        stdio: { log, most },
        shell: true,
      });
      return (await child.ended).code;
    };
    const before = process.umask(0);
    try {
      assert.equal(await say(100), 0, "without stdin");
    } finally {
      process.umask(before);
    }
    assert.deepEqual([readFileSync(log, "utf8"), modeOf(log)], ["out\nerr\n", 0o600]);
    chmodSync(log, 0o644);
    await say(8);
    assert.deepEqual([readFileSync(log, "utf8"), modeOf(log)], ["out\nerr\nout\nerr\n", 0o600]);
    await say(8);
    assert.equal(readFileSync(log, "utf8"), "out\nerr\n");
  }));

test("log: a link in its place is not followed", () =>
  withFolder(async (folder) => {
    writeFileSync(join(folder, "precious"), "kept");
    symlinkSync(join(folder, "precious"), join(folder, "log"));
    const options = { env: process.env, stdio: { log: join(folder, "log"), most: 1 } } as const;
    await assert.rejects(spawn(["echo", "x"], options), { code: "ELOOP" });
    assert.equal(readFileSync(join(folder, "precious"), "utf8"), "kept");
  }));
