/** The talk between runner and commands: over real sockets, with whoever may turn up there. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { nodeNet, nodeProcess } from "../../src/node-runtime.ts";
import type { Connection } from "../../src/runtime.ts";
import { answer, ask } from "../../src/session/talk.ts";

const facts = {
  pid: 4711,
  startedAt: "2025-01-01T00:00:00Z",
  file: "/s/credentials",
  madeOf: "/a/credentials",
};

/** Timers that the test fires, so that nobody waits five seconds. */
function timers() {
  const due = new Set<() => void>();
  return {
    fire: () => {
      for (const run of due) run();
    },
    after(_: number, run: () => void) {
      due.add(run);
      return () => void due.delete(run);
    },
  };
}

async function withServer(
  serve: (connection: Connection) => void,
  use: (connect: () => Promise<Connection>) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cacheauth-test-"));
  const net = await nodeNet();
  const listener = await net.listenLocal(join(folder, "s"), serve);
  try {
    await use(() => net.connectLocal(join(folder, "s")));
  } finally {
    await listener.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readAll(connection: Connection): Promise<string> {
  let text = "";
  for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read())
    text += new TextDecoder().decode(bytes);
  return text;
}
const send = (connection: Connection, text: string) => connection.write(new TextEncoder().encode(text));

test("talk: what is asked is answered with the facts, and told to the runner", async () => {
  for (const what of ["ping", "terminate"] as const) {
    const { promise: asked, resolve } = Promise.withResolvers<unknown>();
    await withServer(
      (connection) => void answer(connection, facts, nodeProcess).then(resolve),
      async (connect) => {
        assert.deepEqual(await ask(await connect(), what, nodeProcess), facts);
        assert.equal(await asked, what);
      },
    );
  }
});

test("talk: whatever else is asked gets no facts and does nothing", async () => {
  const questions = [
    '{"ask":"secrets"}',
    "{}",
    "null",
    "[1]",
    '"ping"',
    '{"ask":["terminate"]}',
    "ping",
    "GET / HTTP/1.1",
    "",
    "\u0000",
  ];
  for (const question of questions) {
    const { promise: asked, resolve } = Promise.withResolvers<unknown>();
    await withServer(
      (connection) => void answer(connection, facts, nodeProcess).then(resolve),
      async (connect) => {
        const connection = await connect();
        await send(connection, `${question}\n`);
        const said = await readAll(connection).catch(() => "");
        assert.ok(said === "" || said === '{"error":"the question is unknown"}\n', said);
        connection.destroy();
        assert.equal(await asked, null);
      },
    );
  }
});

test("talk: a question byte by byte is a question", async () => {
  await withServer(
    (connection) => void answer(connection, facts, nodeProcess),
    async (connect) => {
      const connection = await connect();
      for (const byte of '{"ask":"ping"}\n') await send(connection, byte);
      assert.deepEqual(JSON.parse(await readAll(connection)), facts);
    },
  );
});

test("talk: who says nothing is let go in time, who says too much at once", async () => {
  const { promise: silent, resolve } = Promise.withResolvers<unknown>();
  const clock = timers();
  await withServer(
    (connection) => {
      void answer(connection, facts, clock).then(resolve);
      clock.fire();
    },
    async (connect) => {
      const connection = await connect();
      assert.equal(await readAll(connection).catch(() => ""), "");
      assert.equal(await silent, null);
      connection.destroy();
    },
  );
  const { promise: loud, resolve: heard } = Promise.withResolvers<unknown>();
  await withServer(
    // By what it says, not by how long: these timers are never due.
    (connection) => void answer(connection, facts, timers()).then(heard),
    async (connect) => {
      const connection = await connect();
      await send(connection, "x".repeat(1 << 20)).catch(() => {});
      assert.equal(await loud, null);
      connection.destroy();
    },
  );
});

test("talk: an answer that makes no sense, or never comes, is none", async () => {
  for (const said of ["", "nonsense\n", '{"pid":"x"}\n', "null\n", "x".repeat(40_000)]) {
    await withServer(
      (connection) => void send(connection, said).then(() => connection.end()),
      async (connect) => assert.equal(await ask(await connect(), "ping", nodeProcess), null),
    );
  }
  const clock = timers();
  await withServer(
    // When the question is there, whoever asked waits.
    (connection) => void connection.read().then(clock.fire),
    async (connect) => assert.equal(await ask(await connect(), "ping", clock), null),
  );
});
