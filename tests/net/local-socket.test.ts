/** Sockets with a path, behind the Net port of each runtime. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, lstatSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { nodeNet } from "../../src/node-runtime.ts";
import type { Connection } from "../../src/runtime.ts";
import { withFolder } from "../folder.ts";

const text = (bytes: Uint8Array | null) => (bytes === null ? null : new TextDecoder().decode(bytes));
const bytes = (value: string) => new TextEncoder().encode(value);

async function echo(connection: Connection): Promise<void> {
  for (let chunk = await connection.read(); chunk !== null; chunk = await connection.read())
    await connection.write(chunk);
  connection.end();
}

test("local socket: bytes go both ways, and the end is seen", () =>
  withFolder(async (folder) => {
    const net = await nodeNet();
    const path = join(folder, "s");
    const listener = await net.listenLocal(path, (connection) => void echo(connection));
    const client = await net.connectLocal(path);
    await client.write(bytes("hello"));
    assert.equal(text(await client.read()), "hello");
    client.end();
    assert.equal(await client.read(), null);
    await listener.close();
  }));

test("local socket: its owner's alone, whatever the umask", () =>
  withFolder(async (folder) => {
    const before = process.umask(0);
    try {
      const path = join(folder, "s");
      const listener = await (await nodeNet()).listenLocal(path, () => {});
      assert.equal(lstatSync(path).mode & 0o777, 0o600);
      await listener.close();
    } finally {
      process.umask(before);
    }
  }));

test("local socket: closing drops who is connected and removes it", () =>
  withFolder(async (folder) => {
    const net = await nodeNet();
    const path = join(folder, "s");
    const listener = await net.listenLocal(path, () => {});
    const client = await net.connectLocal(path);
    const end = client.read();
    await listener.close();
    assert.equal(await end, null);
    assert.ok(!existsSync(path));
    client.destroy();
    await assert.rejects(net.connectLocal(path), { code: "ENOENT" });
  }));

test("local socket: one that a killed process left behind refuses, and is taken over", () =>
  withFolder(async (folder) => {
    const net = await nodeNet();
    const path = join(folder, "s");
    const script = `import socket, os, signal; s = socket.socket(socket.AF_UNIX); s.bind(${JSON.stringify(path)}); s.listen(); os.kill(os.getpid(), signal.SIGKILL)`;
    assert.equal(spawnSync("python3", ["-c", script]).signal, "SIGKILL");
    chmodSync(path, 0o600);
    await assert.rejects(net.connectLocal(path), { code: "ECONNREFUSED" });
    const listener = await net.listenLocal(path, (connection) => void echo(connection));
    const client = await net.connectLocal(path);
    client.destroy();
    await listener.close();
  }));

test("local socket: one that others may write to is not talked to", () =>
  withFolder(async (folder) => {
    const net = await nodeNet();
    const path = join(folder, "s");
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    for (const mode of [0o666, 0o620, 0o602]) {
      chmodSync(path, mode);
      await assert.rejects(net.connectLocal(path), { code: "EPERM" });
    }
    server.close();
  }));

test("local socket: a path that is too long is refused, and the longest works", () =>
  withFolder(async (folder) => {
    const net = await nodeNet();
    const most = process.platform === "linux" ? 107 : 103;
    const path = (length: number) => join(folder, "x".repeat(length - folder.length - 1));
    await assert.rejects(
      net.listenLocal(path(most + 1), () => {}),
      { code: "ENAMETOOLONG" },
    );
    await assert.rejects(net.connectLocal(path(most + 1)), { code: "ENAMETOOLONG" });
    const listener = await net.listenLocal(path(most), () => {});
    (await net.connectLocal(path(most))).destroy();
    await listener.close();
  }));

test("local socket: an abort ends the wait for it", () =>
  withFolder(async (folder) => {
    const net = await nodeNet();
    const path = join(folder, "s");
    const listener = await net.listenLocal(path, () => {});
    await assert.rejects(net.connectLocal(path, AbortSignal.abort()), { code: "ABORT_ERR" });
    await listener.close();
  }));
