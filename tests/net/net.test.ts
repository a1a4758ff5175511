/** The sockets of each runtime behind the Net port: alike in bytes, ends, errors and back-pressure. */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { nodeNet } from "../../src/node-runtime.ts";
import type { Connection } from "../../src/runtime.ts";
import { listening } from "./listening.ts";

const text = (bytes: Uint8Array | null) => (bytes === null ? null : new TextDecoder().decode(bytes));
const bytes = (value: string) => new TextEncoder().encode(value);
const codeOf = (error: unknown) => (error as { code?: string }).code;

async function readAll(connection: Connection): Promise<number> {
  let length = 0;
  for (let chunk = await connection.read(); chunk !== null; chunk = await connection.read()) length += chunk.length;
  return length;
}

test("bytes go both ways, and the end is seen", async () => {
  const { net, listener } = await listening(async (server) => {
    for (let chunk = await server.read(); chunk !== null; chunk = await server.read()) await server.write(chunk);
    server.end();
  });
  const client = await net.connect({ address: "127.0.0.1", port: listener.port });
  assert.equal(client.remote.port, listener.port);
  assert.equal(client.remote.family, 4);
  await client.write(bytes("hello"));
  assert.equal(text(await client.read()), "hello");
  client.end();
  assert.equal(await client.read(), null);
  assert.equal(await client.read(), null);
  await listener.close();
});

test("a writer is held back by a reader that does not read, and loses nothing", async () => {
  const total = 64 * 65_536;
  let written = 0;
  let finished: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    finished = resolve;
  });
  const { net, listener } = await listening(async (server) => {
    const piece = new Uint8Array(65_536);
    for (; written < total; written += piece.length) await server.write(piece);
    server.end();
    finished();
  });
  const client = await net.connect({ address: "127.0.0.1", port: listener.port });
  assert.equal(await readAll(client), total);
  await all;
  await listener.close();
});

test("what nobody listens on refuses, and a name that nobody has is not found", async () => {
  const net = await nodeNet();
  const { port, close } = await freePort();
  await close();
  await assert.rejects(net.connect({ address: "127.0.0.1", port }), (error) => codeOf(error) === "ECONNREFUSED");
  await assert.rejects(net.resolve("no-such-host.invalid"), (error) =>
    ["ENOTFOUND", "EAI_AGAIN"].includes(codeOf(error) ?? ""),
  );
  assert.deepEqual(await net.resolve("::1"), [{ address: "::1", family: 6 }]);
});

test("an abort ends a connect, and destroy ends a read", async () => {
  const { net, listener } = await listening(() => {});
  const stopped = AbortSignal.abort();
  await assert.rejects(
    net.connect({ address: "127.0.0.1", port: listener.port, signal: stopped }),
    (error) => codeOf(error) === "ABORT_ERR",
  );
  const client = await net.connect({ address: "127.0.0.1", port: listener.port });
  const reading = client.read();
  client.destroy();
  assert.equal(await reading, null);
  await assert.rejects(client.write(bytes("x")), (error) => codeOf(error) === "EPIPE");
  await listener.close();
});

test("closing a listener drops its connections", async () => {
  const { net, listener } = await listening(() => {});
  const client = await net.connect({ address: "127.0.0.1", port: listener.port });
  const reading = client.read().catch((error) => codeOf(error));
  await listener.close();
  assert.ok([null, "ECONNRESET"].includes((await reading) as null | string));
  await assert.rejects(net.connect({ address: "127.0.0.1", port: listener.port }));
});

test("a TLS handshake with what speaks no TLS can be stopped", async () => {
  const { net, listener } = await listening(() => {});
  const client = await net.connect({ address: "127.0.0.1", port: listener.port });
  const stop = new AbortController();
  const secured = net.secure(client, { name: "localhost", ca: null, verify: true, signal: stop.signal });
  stop.abort();
  await assert.rejects(secured, (error) => ["ABORT_ERR", "runtime-unfit"].includes(codeOf(error) ?? ""));
  await listener.close();
});

async function freePort(): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
