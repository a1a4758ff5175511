/** The lock between processes, on each runtime: one holder, whoever is killed, wherever it runs. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lockFolder } from "../../src/node/lock.ts";
import { withFolder } from "../folder.ts";
import { another } from "./another.ts";

const locked = (processId: number | null) => ({ code: "ELOCKED", processId });

test("lock: one at a time in one process, told who; given back it leaves nothing", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a.lock");
    const unlock = await lockFolder(path);
    assert.equal(statSync(path).mode & 0o777, 0o700);
    await assert.rejects(lockFolder(path), locked(process.pid));
    assert.equal(readdirSync(path).length, 1, "who was refused left nothing");
    await unlock();
    await unlock();
    assert.equal(existsSync(path), false);
    await (await lockFolder(path))();
  }));

test("lock: of many at once one gets it, or none", () =>
  withFolder(async (folder) => {
    for (let round = 0; round < 10; round += 1) {
      const all = await Promise.allSettled(Array.from({ length: 6 }, () => lockFolder(join(folder, "a.lock"))));
      const held = all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      assert.ok(held.length <= 1, `${held.length} at once`);
      for (const unlock of held) await unlock();
      assert.deepEqual(readdirSync(folder), []);
    }
  }));

test("lock: another process is told who holds it, and gets it when that one ends", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a.lock");
    const first = await another(path);
    const second = await another(path);
    assert.deepEqual([first.said, second.said], ["held", `ELOCKED ${first.child.pid}`]);
    await second.end();
    await first.end();
    const third = await another(path);
    assert.equal(third.said, "held");
    await third.end();
  }));

test("lock: that of a killed process is taken over at once, and nothing of it stays", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a.lock");
    for (let round = 0; round < 3; round += 1) {
      const killed = await another(path);
      assert.equal(killed.said, "held");
      await killed.end("SIGKILL");
      assert.equal(readdirSync(path).length, 1);
    }
    const unlock = await lockFolder(path, { beatMs: 60_000 });
    assert.equal(readdirSync(path).length, 1);
    await unlock();
    assert.deepEqual(readdirSync(folder), []);
  }));

test("lock: a stopped process holds it still", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a.lock");
    const stopped = await another(path);
    process.kill(stopped.child.pid ?? 0, "SIGSTOP");
    await assert.rejects(lockFolder(path), locked(stopped.child.pid ?? 0));
    await stopped.end("SIGKILL");
  }));

test("lock: a process that has the number of a dead holder is not taken for it", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a.lock");
    const unlock = await lockFolder(path);
    const [claim = ""] = readdirSync(path);
    await unlock();
    const [processId, start, place, nonce] = claim.split(".");
    if (start === "0") return;
    mkdirSync(path);
    writeFileSync(join(path, [processId, Number(start) - 1, place, nonce].join(".")), "");
    await (await lockFolder(path, { beatMs: 60_000 }))();
    assert.deepEqual(readdirSync(folder), []);
  }));

test("lock: a holder in another container lives as long as it renews its claim", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a.lock");
    const claim = join(path, "1.5.anotherboot-1.0123456789abcdef");
    mkdirSync(path);
    writeFileSync(claim, "");
    let time = 1_000;
    const beating = setInterval(() => utimesSync(claim, time, time++), 20);
    try {
      await assert.rejects(lockFolder(path, { beatMs: 100 }), locked(null));
    } finally {
      clearInterval(beating);
    }
    await (await lockFolder(path, { beatMs: 20 }))();
    assert.deepEqual(readdirSync(folder), []);
  }));

test("lock: a holder renews its claim", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a.lock");
    const unlock = await lockFolder(path, { beatMs: 20 });
    const [claim = ""] = readdirSync(path);
    const file = join(path, claim);
    utimesSync(file, 1, 1);
    while (statSync(file).mtimeMs === 1_000) await new Promise((resolve) => setTimeout(resolve, 5));
    await unlock();
  }));

test("lock: two process namespaces that share a folder exclude each other", async (t) => {
  const unshare = ["unshare", "--pid", "--fork", "--mount-proc"];
  if (spawnSync(unshare[0] ?? "", [...unshare.slice(1), "true"]).status !== 0) {
    console.log("not run: locks between process namespaces, which this user may not make");
    return t.diagnostic("no namespaces");
  }
  await withFolder(async (folder) => {
    const path = join(folder, "a.lock");
    const inside = await another(path, unshare);
    assert.equal(inside.said, "held");
    await assert.rejects(lockFolder(path, { beatMs: 50 }), locked(null));
    await inside.end();
    await (await lockFolder(path, { beatMs: 50 }))();
  });
});

test("lock: never through a link, and told apart what is in the way", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a.lock");
    symlinkSync("/tmp", path);
    await assert.rejects(lockFolder(path), { code: "ENOTDIR" });
    await assert.rejects(lockFolder(join(folder, "none", "a.lock")), { code: "ENOENT" });
    writeFileSync(join(folder, "file"), "");
    await assert.rejects(lockFolder(join(folder, "file")), { code: "ENOTDIR" });
  }));
