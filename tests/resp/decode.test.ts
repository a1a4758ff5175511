import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDecoder, type Decoded, type DecodeLimits } from "../../src/resp/decode.ts";
import { encode } from "../../src/resp/encode.ts";
import { runs } from "../runs.ts";
import { anyValue } from "./arbitrary.ts";
import { bytesOf, vectors } from "./vectors.ts";

/** All that the decoder says of these pieces, its last word included. */
function decodeAll(pieces: Iterable<Uint8Array>, limits?: Partial<DecodeLimits>): Decoded[] {
  const decoder = createDecoder(limits);
  const said: Decoded[] = [];
  for (const piece of pieces) {
    decoder.push(piece);
    for (let decoded = decoder.next(); decoded.kind !== "more"; decoded = decoder.next()) {
      said.push(decoded);
      if (decoded.kind === "malformed") return said;
    }
  }
  if (decoder.buffered > 0) said.push({ kind: "more" });
  return said;
}

function* bytewise(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1) yield bytes.subarray(at, at + 1);
}

function inTwo(bytes: Uint8Array, at: number): Uint8Array[] {
  return [bytes.subarray(0, at), bytes.subarray(at)];
}

test("decode: every vector, whole, byte by byte, and split at every point", () => {
  for (const { source, sent, values } of vectors) {
    const bytes = bytesOf(sent);
    const expected = values.map((value) => ({ kind: "value", value }));
    assert.deepEqual(decodeAll([bytes]), expected, source);
    assert.deepEqual(decodeAll(bytewise(bytes)), expected, `${source}, byte by byte`);
    for (let at = 0; at <= bytes.length; at += 1) {
      assert.deepEqual(decodeAll(inTwo(bytes, at)), expected, `${source}, split at ${at}`);
    }
  }
});

test("decode: all vectors as one stream", () => {
  const bytes = bytesOf(vectors.map(({ sent }) => sent).join(""));
  const expected = vectors.flatMap(({ values }) => values.map((value) => ({ kind: "value", value })));
  assert.deepEqual(decodeAll([bytes]), expected);
  assert.deepEqual(decodeAll(bytewise(bytes)), expected);
});

test("decode: what is missing is waited for, after every byte but the last", () => {
  for (const { source, sent, values } of vectors) {
    const bytes = bytesOf(sent);
    for (let length = 0; length < bytes.length; length += 1) {
      const said = decodeAll([bytes.subarray(0, length)]);
      assert.ok(
        said.every(({ kind }) => kind !== "malformed"),
        `${source}, ${length} bytes of it`,
      );
      assert.ok(said.filter(({ kind }) => kind === "value").length < values.length, source);
    }
  }
});

/** What is sent, what is wrong with it, and the place. */
const malformed: readonly (readonly [string, string, number])[] = [
  ["HTTP/1.1 400 Bad Request\r\n", "unknown-type", 0],
  ["+OK\r\n220 smtp.example.com ESMTP\r\n", "unknown-type", 5],
  ["\x15\x03\x01\x00\x02\x02\x46", "unknown-type", 0],
  ["\r\n", "unknown-type", 0],
  ["ERROR\r\n", "unknown-type", 0],
  ["+OK\n", "bad-line-ending", 3],
  ["+a\rb\r\n", "bad-line-ending", 3],
  ["+a\r\r\n", "bad-line-ending", 3],
  ["$3\n", "bad-line-ending", 2],
  [":1\n\r\n", "bad-line-ending", 2],
  ["_\n\n", "bad-line-ending", 1],
  ["$3\r\nabcd\r\n", "unterminated-string", 7],
  ["$3\r\nabc\n\n", "unterminated-string", 7],
  ["$3\r\nabc\r\r", "unterminated-string", 8],
  ["$+3\r\nabc\r\n", "bad-length", 0],
  ["$-0\r\n\r\n", "bad-length", 0],
  ["$-2\r\n", "bad-length", 0],
  ["$03\r\nabc\r\n", "bad-length", 0],
  ["$ 3\r\nabc\r\n", "bad-length", 0],
  ["$3 \r\nabc\r\n", "bad-length", 0],
  ["$\r\n\r\n", "bad-length", 0],
  ["$0x3\r\nabc\r\n", "bad-length", 0],
  ["$1e1\r\nabc\r\n", "bad-length", 0],
  ["$99999999999999999999999\r\n", "bad-length", 0],
  ["*-2\r\n", "bad-length", 0],
  ["%-1\r\n", "bad-length", 0],
  ["~-1\r\n", "bad-length", 0],
  [">?\r\n", "bad-length", 0],
  ["|?\r\n", "bad-length", 0],
  ["!?\r\n", "bad-length", 0],
  ["*1\r\n*x\r\n", "bad-length", 4],
  [":\r\n", "bad-integer", 0],
  [":1.5\r\n", "bad-integer", 0],
  [":0x1\r\n", "bad-integer", 0],
  [": 1\r\n", "bad-integer", 0],
  [":--1\r\n", "bad-integer", 0],
  [":9223372036854775808\r\n", "bad-integer", 0],
  [":-9223372036854775809\r\n", "bad-integer", 0],
  ["(1.5\r\n", "bad-big-number", 0],
  ["(\r\n", "bad-big-number", 0],
  [",.5\r\n", "bad-double", 0],
  [",1.\r\n", "bad-double", 0],
  [",1e\r\n", "bad-double", 0],
  [",infinity\r\n", "bad-double", 0],
  [",\r\n", "bad-double", 0],
  ["#x\r\n", "bad-boolean", 0],
  ["#\r\n", "bad-boolean", 0],
  ["#true\r\n", "line-too-long", 0],
  ["_x\r\n", "line-too-long", 0],
  [".x\r\n", "line-too-long", 0],
  ["=3\r\ntxt\r\n", "bad-verbatim", 0],
  ["=5\r\ntxt=a\r\n", "bad-verbatim", 0],
  ["=0\r\n\r\n", "bad-verbatim", 0],
  [".\r\n", "misplaced-end", 0],
  ["*2\r\n:1\r\n.\r\n", "misplaced-end", 8],
  [";1\r\na\r\n", "misplaced-chunk", 0],
  ["*?\r\n;1\r\na\r\n", "misplaced-chunk", 4],
  ["$?\r\n:1\r\n", "misplaced-chunk", 4],
  ["$?\r\n;1\r\na\r\n.\r\n", "misplaced-chunk", 11],
  ["%?\r\n+a\r\n.\r\n", "odd-map", 8],
  ["*?\r\n|1\r\n+a\r\n:1\r\n.\r\n", "attributes-of-nothing", 16],
  [`:${"0".repeat(30)}1\r\n`, "line-too-long", 0],
  [`(${"9".repeat(9_000)}\r\n`, "line-too-long", 0],
];

test("decode: what is no RESP is refused with its place, however it comes", () => {
  for (const [sent, reason, at] of malformed) {
    const bytes = bytesOf(sent);
    for (const pieces of [[bytes], bytewise(bytes), ...Array.from(bytes, (_, at) => inTwo(bytes, at))]) {
      assert.deepEqual(decodeAll(pieces).at(-1), { kind: "malformed", reason, at }, JSON.stringify(sent));
    }
  }
});

/** Hostile streams: what each starts with, what it goes on with for ever, and where it is cut off. */
const hostile: readonly (readonly [string, string, string])[] = [
  ["$1000000000\r\n", "x", "too-long"],
  ["+", "a", "too-long"],
  ["-ERR ", "a", "too-long"],
  ["$", "1", "line-too-long"],
  ["*", "9", "line-too-long"],
  ["(", "9", "line-too-long"],
  [",", "9", "line-too-long"],
  ["", "*1\r\n", "too-deep"],
  ["", "|1\r\n", "too-deep"],
  ["", "%?\r\n", "too-deep"],
  ["*?\r\n", ":1\r\n", "too-many-items"],
  ["*?\r\n", "+\r\n", "too-many-items"],
  ["*?\r\n", "*0\r\n", "too-many-items"],
  ["*?\r\n", `$100\r\n${"x".repeat(100)}\r\n`, "too-long"],
  ["$?\r\n", ";1\r\na\r\n", "too-many-items"],
  ["", "|0\r\n", "too-many-items"],
  ["*1000000\r\n", "_\r\n", "too-many-items"],
  ["%600\r\n", "_\r\n", "too-many-items"],
  ["*?\r\n", "*999\r\n", "too-many-items"],
];

test("decode: a hostile stream ends at a limit, whole and byte by byte at the same place", () => {
  const limits = { depth: 20, bytes: 40_000, items: 1_000 };
  for (const [start, forever, reason] of hostile) {
    const bytes = bytesOf(start + forever.repeat(Math.ceil(60_000 / forever.length)));
    const [whole] = decodeAll([bytes], limits);
    assert.deepEqual(whole, decodeAll(bytewise(bytes), limits)[0], start + forever);
    assert.equal(whole?.kind === "malformed" && whole.reason, reason, start + forever);
  }
});

test("decode: limits are those of one value, not of the stream, and are kept to the byte", () => {
  const reasonOf = (sent: string, limits: Partial<DecodeLimits>) =>
    decodeAll([bytesOf(sent)], limits).map((decoded) => (decoded.kind === "malformed" ? decoded.reason : decoded.kind));
  assert.deepEqual(reasonOf("$3\r\nabc\r\n".repeat(3), { bytes: 9 }), ["value", "value", "value"]);
  assert.deepEqual(reasonOf("$3\r\nabc\r\n", { bytes: 8 }), ["too-long"]);
  assert.deepEqual(reasonOf("+abc\r\n".repeat(2), { bytes: 6 }), ["value", "value"]);
  assert.deepEqual(reasonOf("+abc\r\n", { bytes: 5 }), ["too-long"]);
  assert.deepEqual(reasonOf("*2\r\n:1\r\n:2\r\n".repeat(2), { items: 3 }), ["value", "value"]);
  assert.deepEqual(reasonOf("*2\r\n:1\r\n:2\r\n", { items: 2 }), ["too-many-items"]);
  assert.deepEqual(reasonOf("*1\r\n*1\r\n:1\r\n".repeat(2), { depth: 2 }), ["value", "value"]);
  assert.deepEqual(reasonOf("*1\r\n*1\r\n:1\r\n", { depth: 1 }), ["too-deep"]);
});

test("decode: after malformed bytes nothing is read or kept", () => {
  const decoder = createDecoder();
  decoder.push(bytesOf("+OK\r\n?"));
  assert.equal(decoder.next().kind, "value");
  const broken = { kind: "malformed", reason: "unknown-type", at: 5 };
  assert.deepEqual(decoder.next(), broken);
  decoder.push(bytesOf("+OK\r\n"));
  assert.deepEqual([decoder.next(), decoder.buffered], [broken, 0]);
});

test("decode: a value keeps its bytes when the caller uses the piece again", () => {
  const piece = bytesOf("$3\r\nabc\r\n");
  const decoder = createDecoder();
  decoder.push(piece);
  piece.fill(0);
  const decoded = decoder.next();
  decoder.push(bytesOf("$3\r\nxyz\r\n"));
  decoder.next();
  assert.deepEqual(decoded, { kind: "value", value: { type: "bulk-string", bytes: bytesOf("abc") } });
});

test("decode: a megabyte in pieces of one byte is looked at once", () => {
  const length = 1 << 20;
  const start = process.cpuUsage();
  const decoder = createDecoder();
  decoder.push(bytesOf(`*2\r\n$${length}\r\n`));
  const byte = new Uint8Array([120]);
  for (let sent = 0; sent < length; sent += 1) {
    decoder.push(byte);
    assert.equal(decoder.next().kind, "more");
  }
  decoder.push(bytesOf("\r\n+"));
  for (let sent = 0; sent < length; sent += 1) {
    decoder.push(byte);
    decoder.next();
  }
  decoder.push(bytesOf("\r\n"));
  const decoded = decoder.next();
  assert.ok(decoded.kind === "value" && decoded.value.type === "array");
  const lengths = decoded.value.items.map((item) => ("bytes" in item ? item.bytes.length : -1));
  assert.deepEqual(lengths, [length, length]);
  // A fifth of a second; forty times that and more where each byte has the ones before it looked at again.
  assert.ok(process.cpuUsage(start).user < 4_000_000);
});

test("property: what was encoded is decoded to the same, in any two pieces", () => {
  fc.assert(
    fc.property(anyValue, fc.nat(), (value, split) => {
      const bytes = encode(value);
      const expected = [{ kind: "value", value }];
      assert.deepEqual(decodeAll(inTwo(bytes, split % (bytes.length + 1))), expected);
      assert.deepEqual(decodeAll(bytewise(bytes)), expected);
    }),
    runs(300),
  );
});

test("property: any bytes are read to an end, and whole as byte by byte", () => {
  const byte = fc.oneof(
    fc.constantFrom(...bytesOf("*$%~>|:;+-_#,(=!.?0123\r\n\r\n\r\ntf")),
    fc.integer({ min: 0, max: 255 }),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 60 }), (sent) => {
      const bytes = Uint8Array.from(sent);
      const limits = { depth: 3, bytes: 30, items: 6 };
      assert.deepEqual(decodeAll([bytes], limits), decodeAll(bytewise(bytes), limits));
    }),
    runs(3_000),
  );
});

test("property: a vector with one byte changed is read to an end, and whole as byte by byte", () => {
  fc.assert(
    fc.property(fc.constantFrom(...vectors), fc.nat(), fc.integer({ min: 0, max: 255 }), ({ sent }, place, byte) => {
      const bytes = bytesOf(sent);
      bytes[place % bytes.length] = byte;
      assert.deepEqual(decodeAll([bytes]), decodeAll(bytewise(bytes)));
    }),
    runs(2_000),
  );
});
