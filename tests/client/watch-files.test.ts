/** Files watched through real folders, and where nothing tells of a change. */
import assert from "node:assert/strict";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { watchFiles } from "../../src/client/watch-files.ts";
import { nodeProcess } from "../../src/node-runtime.ts";
import { movedClock } from "./clock.ts";

test("a file that changes is told, by content; others and mere touches are not; what comes later is watched too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cacheauth-test-"));
  let told = 0;
  let more = () => {};
  const next = () =>
    new Promise<void>((resolve) => {
      more = resolve;
    });
  writeFileSync(join(folder, "credentials"), "one");
  const { promise: read, resolve: wasRead } = Promise.withResolvers<void>();
  const end = watchFiles(
    [{ folder, files: ["credentials"] }],
    {
      watchFolder: nodeProcess.watchFolder,
      after: (_, run) => nodeProcess.after(5, run),
      readFile: (path) => readFile(path).finally(wasRead),
    },
    () => {
      told += 1;
      more();
    },
  );
  try {
    // What is there when it first looks is no change.
    await read;
    let came = next();
    writeFileSync(join(folder, "beside"), "two");
    renameSync(join(folder, "beside"), join(folder, "credentials"));
    await came;
    came = next();
    rmSync(join(folder, "credentials"));
    await came;
    came = next();
    writeFileSync(join(folder, "credentials"), "three");
    await came;
    assert.ok(told >= 3);
  } finally {
    end();
    rmSync(folder, { recursive: true });
  }
});

/** A host without events: what it watches tells only by being told. A fake, for no file system here keeps silent. */
function silent() {
  const clock = movedClock();
  const contents = new Map<string, string>();
  const watching = new Map<string, (name: string | null) => void>();
  const told: number[] = [];
  return {
    ...{ clock, contents, watching, told },
    host: {
      after: clock.after,
      readFile: async (path: string) => {
        const text = contents.get(path);
        if (text === undefined) throw Object.assign(new Error("none"), { code: "ENOENT" });
        return new TextEncoder().encode(text);
      },
      watchFolder: async (path: string, changed: (name: string | null) => void) => {
        if (path === "/missing" && !contents.has("/missing/f")) throw Object.assign(new Error(), { code: "ENOENT" });
        watching.set(path, changed);
        return () => watching.delete(path);
      },
    },
    changed: () => told.push(clock.elapsedMs()),
  };
}

test("without any event a change is seen within half a minute", async () => {
  const { host, changed, clock, contents, told } = silent();
  const end = watchFiles([{ folder: "/a", files: ["f"] }], host, changed);
  await clock.move(60_000);
  assert.deepEqual(told, []);
  contents.set("/a/f", "new");
  await clock.move(30_000);
  assert.deepEqual(told, [90_000]);
  end();
  assert.equal(clock.waiting, 0);
});

test("many events are one change; those of other files none; a folder watched as a whole tells by events", async () => {
  const { host, changed, clock, contents, told, watching } = silent();
  const end = watchFiles(
    [
      { folder: "/a", files: ["f"] },
      { folder: "/cache", files: null },
    ],
    host,
    changed,
  );
  await clock.move(1_000);
  contents.set("/a/f", "new");
  for (let event = 0; event < 10; event += 1) watching.get("/a")?.("f");
  await clock.move(100);
  assert.deepEqual(told, [1_100]);
  watching.get("/a")?.("other");
  watching.get("/a")?.("f");
  await clock.move(1_000);
  assert.equal(told.length, 1, "its content is the same");
  watching.get("/cache")?.("anything.json");
  await clock.move(100);
  assert.equal(told.length, 2);
  end();
  assert.equal(watching.size, 0);
});

test("events that never end put nothing off", async () => {
  const { host, changed, clock, contents, told, watching } = silent();
  const end = watchFiles([{ folder: "/a", files: ["f"] }], host, changed);
  await clock.move(1_000);
  for (let event = 0; event < 50; event += 1) {
    contents.set("/a/f", String(event));
    watching.get("/a")?.("f");
    await clock.move(20);
  }
  assert.ok(told.length >= 9, String(told.length));
  end();
});

test("a folder that is not there, or goes away, is watched again when it is there", async () => {
  const { host, changed, clock, contents, told, watching } = silent();
  const end = watchFiles([{ folder: "/missing", files: ["f"] }], host, changed);
  await clock.move(1_000);
  assert.equal(watching.size, 0);
  contents.set("/missing/f", "one");
  await clock.move(30_000);
  assert.deepEqual([watching.size, told.length], [1, 1]);
  watching.get("/missing")?.(null);
  assert.equal(watching.size, 0);
  await clock.move(30_000);
  assert.equal(watching.size, 1);
  end();
});
