import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDecoder } from "../../src/resp/decode.ts";
import { encode, encodeCommand, encodeFor } from "../../src/resp/encode.ts";
import {
  array,
  bulk,
  error,
  integer,
  isError,
  map,
  nothing,
  nothingOfMany,
  type RespValue,
  simple,
  text,
} from "../../src/resp/value.ts";
import { runs } from "../runs.ts";
import { anyValue } from "./arbitrary.ts";
import { bytesOf, vectors } from "./vectors.ts";

function sent(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

test("encode: the vectors that are canonical, the same bytes", () => {
  for (const { source, sent: bytes, values, canonical } of vectors) {
    if (canonical) assert.equal(values.map((value) => sent(encode(value))).join(""), bytes, source);
  }
});

/** As redis-server 7.0.15 answers `DEBUG PROTOCOL …` to a client of each version, and what else it was seen to send. */
const versions: readonly (readonly [RespValue, string, string])[] = [
  [bulk("Hello World"), "$11\r\nHello World\r\n", "$11\r\nHello World\r\n"],
  [integer(12345), ":12345\r\n", ":12345\r\n"],
  [{ type: "double", value: 3.25 }, "$4\r\n3.25\r\n", ",3.25\r\n"],
  [nothing, "$-1\r\n", "_\r\n"],
  [nothingOfMany, "*-1\r\n", "_\r\n"],
  [{ type: "null", form: "null" }, "$-1\r\n", "_\r\n"],
  [array([integer(0), integer(1)]), "*2\r\n:0\r\n:1\r\n", "*2\r\n:0\r\n:1\r\n"],
  [{ type: "set", items: [integer(0), integer(1)] }, "*2\r\n:0\r\n:1\r\n", "~2\r\n:0\r\n:1\r\n"],
  [
    map([
      [integer(0), { type: "boolean", value: false }],
      [integer(1), { type: "boolean", value: true }],
    ]),
    "*4\r\n:0\r\n:0\r\n:1\r\n:1\r\n",
    "%2\r\n:0\r\n#f\r\n:1\r\n#t\r\n",
  ],
  [
    { ...bulk("reply"), attributes: [[bulk("key-popularity"), array([bulk("key:123"), integer(90)])]] },
    "$5\r\nreply\r\n",
    "|1\r\n$14\r\nkey-popularity\r\n*2\r\n$7\r\nkey:123\r\n:90\r\n$5\r\nreply\r\n",
  ],
  [
    { type: "push", items: [bulk("message"), bulk("c"), bulk("m")] },
    "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n",
    ">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n",
  ],
  [
    { type: "verbatim-string", format: "txt", bytes: bytesOf("This is a verbatim\nstring") },
    "$25\r\nThis is a verbatim\nstring\r\n",
    "=29\r\ntxt:This is a verbatim\nstring\r\n",
  ],
  [
    { type: "big-number", value: 1234567999999999999999999999999999999n },
    "$37\r\n1234567999999999999999999999999999999\r\n",
    "(1234567999999999999999999999999999999\r\n",
  ],
  [{ type: "bulk-error", bytes: bytesOf("ERR a\r\nb") }, "-ERR a  b\r\n", "!8\r\nERR a\r\nb\r\n"],
];

test("encodeFor: what a server sends to a client of either version", () => {
  for (const [value, resp2, resp3] of versions) {
    assert.deepEqual([sent(encodeFor(2, value)), sent(encodeFor(3, value))], [resp2, resp3]);
    // Inside of something else as well.
    assert.equal(sent(encodeFor(2, array([value, value]))), `*2\r\n${resp2}${resp2}`);
    assert.equal(sent(encodeFor(3, array([value, value]))), `*2\r\n${resp3}${resp3}`);
  }
});

test("encodeCommand: an array of bulk strings, text as UTF-8", () => {
  assert.equal(
    sent(encodeCommand("SET", "é", bytesOf("\0\r\n"))),
    "*3\r\n$3\r\nSET\r\n$2\r\n\xc3\xa9\r\n$3\r\n\0\r\n\r\n",
  );
});

test("encode: no line ending gets into a line, and no format of another length before a verbatim string", () => {
  assert.equal(sent(encode(simple("a\r\n:1\r\nb"))), "+a  :1  b\r\n");
  assert.equal(sent(encode(error("ERR \n"))), "-ERR  \r\n");
  const verbatim = (format: string): RespValue => ({ type: "verbatim-string", format, bytes: bytesOf("a") });
  for (const format of ["", "text", "é€x"]) assert.equal(sent(encode(verbatim(format))), "=5\r\ntxt:a\r\n");
  assert.throws(() => encode({ type: "integer", value: 2n ** 63n }), RangeError);
});

test("encode: a value that goes a hundred thousand deep", () => {
  let value: RespValue = array([]);
  for (let depth = 0; depth < 100_000; depth += 1) value = array([value]);
  assert.equal(encode(value).length, 400_004);
});

test("property: to a client of RESP2 nothing of RESP3 is sent", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const decoder = createDecoder();
      decoder.push(encodeFor(2, value));
      const decoded = decoder.next();
      assert.ok(decoded.kind === "value" && decoder.buffered === 0);
      assert.doesNotMatch(
        JSON.stringify(typesIn(decoded.value)),
        /set|map|push|bool|double|big|verbatim|bulk-error|attr/,
      );
    }),
    runs(300),
  );
});

function typesIn(value: RespValue): unknown[] {
  if (value.attributes) return ["attributes"];
  if (value.type === "map") return ["map"];
  return "items" in value ? [value.type, ...value.items.map(typesIn)] : [value.type];
}

test("value: what a value says as text", () => {
  assert.deepEqual(
    [simple("OK"), error("ERR é"), bulk(bytesOf("a\xff")), integer(-5), { type: "double", value: 1.5 } as const].map(
      text,
    ),
    ["OK", "ERR é", "a�", "-5", "1.5"],
  );
  assert.deepEqual([nothing, array([simple("OK")])].map(text), [null, null]);
  assert.deepEqual([error("ERR"), simple("OK"), { ...bulk("x"), type: "bulk-error" } as RespValue].map(isError), [
    true,
    false,
    true,
  ]);
});
