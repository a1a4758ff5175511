import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { authenticatedLimits, type RequestLimits, unauthenticatedLimits } from "../../src/resp/request-limits.ts";
import { createRequestReader } from "../../src/resp/request-reader.ts";
import { runs } from "../runs.ts";
import { commandOf, requestRows } from "./requests.ts";
import { bytesOf } from "./vectors.ts";

interface Said {
  readonly commands: string[][];
  readonly error: string | null;
}

function read(pieces: Iterable<Uint8Array>, limits: RequestLimits): Said {
  const reader = createRequestReader(null, limits);
  const commands: string[][] = [];
  for (const piece of pieces) {
    reader.push(piece);
    for (let request = reader.next(); request.kind !== "more"; request = reader.next()) {
      if (request.kind === "malformed") return { commands, error: request.message };
      // Commands without words are passed by.
      if (request.kind === "command") commands.push(request.words.map(latin1));
    }
  }
  return { commands, error: null };
}

const latin1 = (bytes: Uint8Array): string => bytes.reduce((text, byte) => text + String.fromCharCode(byte), "");

function* bytewise(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1) yield bytes.subarray(at, at + 1);
}

test("request: every row, whole and byte by byte, before authentication and after", () => {
  for (const { sent, commands, error, before = false } of requestRows) {
    const bytes = bytesOf(sent);
    const expected = { commands, error: error ? `Protocol error: ${error}` : null };
    for (const limits of [unauthenticatedLimits, ...(before ? [] : [authenticatedLimits()])]) {
      assert.deepEqual(read([bytes], limits), expected, JSON.stringify(sent.slice(0, 60)));
      assert.deepEqual(read(bytewise(bytes), limits), expected, JSON.stringify(sent.slice(0, 60)));
    }
  }
});

test("request: every short row, split at every point", () => {
  for (const { sent, commands } of requestRows.filter(({ sent }) => sent.length < 200)) {
    const bytes = bytesOf(sent);
    for (let at = 0; at <= bytes.length; at += 1) {
      const { commands: found } = read([bytes.subarray(0, at), bytes.subarray(at)], unauthenticatedLimits);
      assert.deepEqual(found, commands, `${JSON.stringify(sent)} split at ${at}`);
    }
  }
});

test("request: after authentication the limits are others, from the next command on, even in the same piece", () => {
  const reader = createRequestReader(null, unauthenticatedLimits);
  reader.push(
    bytesOf(commandOf("AUTH", "u", "p") + commandOf("MSET", ..."abcdefghijkl") + commandOf("x".repeat(20_000))),
  );
  assert.equal(reader.next().kind, "command");
  reader.setLimits(authenticatedLimits());
  const lengths = [reader.next(), reader.next()].map((request) => request.kind === "command" && request.words.length);
  assert.deepEqual([lengths, reader.next().kind, reader.buffered], [[13, 1], "more", 0]);
});

test("request: limits after authentication are whoever asks for them", () => {
  const limits: RequestLimits = { authenticated: true, words: 3, bulk: 10, command: 40 };
  const errorOf = (sent: string) => read([bytesOf(sent)], limits).error;
  assert.equal(errorOf(commandOf("a", "b", "c")), null);
  assert.equal(errorOf("*4\r\n"), "Protocol error: invalid multibulk length");
  assert.equal(errorOf("*1\r\n$11\r\n"), "Protocol error: invalid bulk length");
  assert.equal(errorOf(commandOf("a".repeat(10), "b".repeat(10))), null);
  assert.equal(
    errorOf(`${commandOf("a".repeat(10), "b".repeat(10)).replace("*2", "*3")}$1\r\n`),
    "Protocol error: invalid bulk length",
  );
});

test("request: nothing is kept for what was announced and has not come, or after an error", () => {
  const reader = createRequestReader(null, authenticatedLimits(512 << 20));
  reader.push(bytesOf("*1000000\r\n$500000000\r\nx"));
  assert.deepEqual([reader.next().kind, reader.buffered], ["more", 23]);
  const broken = createRequestReader(null, unauthenticatedLimits);
  broken.push(bytesOf("*x\r\nPING\r\n"));
  broken.next();
  broken.push(bytesOf("PING\r\n"));
  assert.deepEqual([broken.next().kind, broken.buffered], ["malformed", 0]);
});

test("request: a megabyte in pieces of one byte is looked at once", () => {
  const length = 1 << 20;
  const bytes = bytesOf(commandOf("SET", "k", "x".repeat(length)));
  const start = process.cpuUsage();
  const { commands } = read(bytewise(bytes), authenticatedLimits());
  assert.equal(commands[0]?.[2]?.length, length);
  assert.ok(process.cpuUsage(start).user < 4_000_000);
});

const word = fc.string({ unit: "binary-ascii", maxLength: 12 });

test("property: commands that were encoded are read again, in any two pieces", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(word, { minLength: 1, maxLength: 8 }), { maxLength: 5 }),
      fc.nat(),
      (commands, split) => {
        const bytes = bytesOf(commands.map((words) => commandOf(...words)).join(""));
        const at = split % (bytes.length + 1);
        const expected = { commands, error: null };
        assert.deepEqual(read([bytes.subarray(0, at), bytes.subarray(at)], unauthenticatedLimits), expected);
        assert.deepEqual(read(bytewise(bytes), unauthenticatedLimits), expected);
      },
    ),
    runs(300),
  );
});

test("property: words in quotes are read again from a line", () => {
  const quoted = (text: string) =>
    `"${text.replace(/./gs, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`)}"`;
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
      const { commands } = read([bytesOf(`${words.map(quoted).join(" ")}\r\n`)], unauthenticatedLimits);
      assert.deepEqual(commands, [words]);
    }),
    runs(300),
  );
});

test("property: any bytes are read to an end, and whole as byte by byte", () => {
  const byte = fc.oneof(
    fc.constantFrom(...bytesOf("**$$0123459\r\n\r\n\r\n\"' \\xaA\0")),
    fc.integer({ min: 0, max: 255 }),
  );
  const limits: RequestLimits = { authenticated: false, words: 3, bulk: 9, command: 30 };
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 60 }), (sent) => {
      const bytes = Uint8Array.from(sent);
      assert.deepEqual(read([bytes], limits), read(bytewise(bytes), limits));
    }),
    runs(3_000),
  );
});
