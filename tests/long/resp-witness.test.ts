import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { connect } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { createDecoder } from "../../src/resp/decode.ts";
import { encode, encodeCommand } from "../../src/resp/encode.ts";
import { array, bulk, integer, map, type RespValue, text } from "../../src/resp/value.ts";
import { redisServer, withRedis } from "../real/servers.ts";
import { anyValue } from "../resp/arbitrary.ts";
import { type RequestRow, requestRows } from "../resp/requests.ts";
import { bytesOf } from "../resp/vectors.ts";
import { venv } from "./witness.ts";

const redis = redisServer();
const hiredis = venv("hiredis", ["hiredis==3.5.0"]);

if (redis) {
  test("witness: all that redis-server says of each type is read", () =>
    withRedis(redis, { settings: ["enable-debug-command yes"] }, async ({ port }) => {
      const names = "string integer double null array set map attrib push verbatim true false bignum".split(" ");
      const sent = [encodeCommand("HELLO", "3"), ...names.map((name) => encodeCommand("DEBUG", "PROTOCOL", name))];
      const [, ...values] = await exchange(port, sent);
      const expected: RespValue[] = [
        bulk("Hello World"),
        integer(12345),
        { type: "double", value: Number("3.141") },
        { type: "null", form: "null" },
        array([integer(0), integer(1), integer(2)]),
        { type: "set", items: [integer(0), integer(1), integer(2)] },
        map([0, 1, 2].map((number) => [integer(number), { type: "boolean", value: number === 1 }])),
        {
          ...bulk("Some real reply following the attribute"),
          attributes: [[bulk("key-popularity"), array([bulk("key:123"), integer(90)])]],
        },
        { type: "push", items: [bulk("server-cpu-usage"), integer(42)] },
        bulk("Some real reply following the push reply"),
        { type: "verbatim-string", format: "txt", bytes: bytesOf("This is a verbatim\nstring") },
        { type: "boolean", value: true },
        { type: "boolean", value: false },
        { type: "big-number", value: 1234567999999999999999999999999999999n },
      ];
      assert.deepEqual(values, expected);
    }));

  test("witness: redis-server reads requests as the decoder does, after authentication", () =>
    withRedis(redis, {}, async ({ port }) => {
      for (const row of requestRows.filter(({ before }) => !before)) {
        const replies = await exchange(port, [bytesOf(row.sent)]);
        assertRead(row, replies);
        const echoed = row.commands.filter(([name, ...rest]) => name === "ECHO" && rest.length === 1);
        const said = replies.flatMap((reply) =>
          reply.type === "bulk-string" ? [String.fromCharCode(...reply.bytes)] : [],
        );
        assert.deepEqual(
          said,
          echoed.map(([, word]) => word),
          row.sent.slice(0, 60),
        );
      }
    }));

  test("witness: and before it", () =>
    withRedis(redis, { settings: ["requirepass secret"] }, async ({ port }) => {
      for (const row of requestRows) assertRead(row, await exchange(port, [bytesOf(row.sent)]));
    }));
}

/** As many replies as there are commands, and the server's last words. */
function assertRead({ sent, commands, error }: RequestRow, replies: readonly RespValue[]): void {
  const where = JSON.stringify(sent.slice(0, 60));
  const last = replies.at(-1);
  const lastWords = last && last.type === "simple-error" ? text(last) : null;
  if (error) assert.equal(lastWords, `ERR Protocol error: ${error}`, where);
  else assert.doesNotMatch(lastWords ?? "", /Protocol error/, where);
  assert.equal(replies.length, commands.length + (error ? 1 : 0), where);
}

/** Sends it all and then the end, and reads until the server hangs up. */
function exchange(port: number, sent: readonly Uint8Array[]): Promise<RespValue[]> {
  return new Promise((resolve, reject) => {
    const decoder = createDecoder();
    const socket = connect(port, "127.0.0.1", () => {
      for (const bytes of sent) socket.write(bytes);
      socket.end();
    });
    socket.on("data", (bytes) => decoder.push(bytes));
    socket.on("error", reject);
    socket.on("close", () => {
      const values: RespValue[] = [];
      for (let decoded = decoder.next(); decoded.kind === "value"; decoded = decoder.next()) values.push(decoded.value);
      if (decoder.buffered > 0) reject(new Error("there is more than values"));
      else resolve(values);
    });
  });
}

/** Reads lines of hex digits, and prints what hiredis makes of the bytes, as JSON. */
const reader = `
import hiredis, json, math, struct, sys
def shown(value):
    if isinstance(value, bytes): return ["text", value.hex()]
    if isinstance(value, hiredis.ReplyError): return ["error", str(value).encode().hex()]
    if isinstance(value, bool): return ["boolean", value]
    if isinstance(value, float): return ["double", "nan" if math.isnan(value) else struct.pack(">d", value).hex()]
    if isinstance(value, int): return ["integer", str(value)]
    if isinstance(value, dict): return ["map", [[shown(name), shown(one)] for name, one in value.items()]]
    if isinstance(value, list): return ["list", [shown(one) for one in value]]
    return value
for line in sys.stdin:
    reader = hiredis.Reader()
    reader.feed(bytes.fromhex(line.strip()))
    print(json.dumps(shown(reader.gets())))
`;

if (hiredis) {
  test("witness: hiredis reads the same out of 1,000 values that were encoded", () => {
    const values = fc.sample(anyValue, 5_000).filter(isReadable).slice(0, 1_000);
    const input = values.map((value) => `${hex(encode(value))}\n`).join("");
    const { stdout, stderr } = spawnSync(hiredis, ["-c", reader], { input, encoding: "utf8", maxBuffer: 1 << 28 });
    const lines = stdout.trim().split("\n");
    assert.equal(lines.length, values.length, stderr);
    for (const [index, value] of values.entries()) assert.deepEqual(JSON.parse(lines[index] ?? ""), shown(value));
  });
}

/** hiredis knows neither bulk errors nor attributes, and its Python face wants names that can be hashed. */
function isReadable(value: RespValue): boolean {
  if (value.attributes || value.type === "bulk-error") return false;
  if ("items" in value) return value.items.every(isReadable);
  if (value.type !== "map") return true;
  const names = value.entries.map(([name]) => name);
  const isText = names.every((name) => /^(bulk|simple)-string$/.test(name.type) && isReadable(name));
  const isUnique = new Set(names.map((name) => JSON.stringify(shown(name)))).size === names.length;
  return isText && isUnique && value.entries.every(([, one]) => isReadable(one));
}

/** As the script above shows it: strings of all kinds, and lists of all kinds, are one to hiredis. */
function shown(value: RespValue): unknown {
  switch (value.type) {
    case "simple-error":
      // As text, in which what is not UTF-8 has been replaced.
      return ["error", hex(new TextEncoder().encode(text(value) ?? ""))];
    case "integer":
      return ["integer", String(value.value)];
    case "big-number":
      return ["text", hex(bytesOf(String(value.value)))];
    case "double":
      return ["double", Number.isNaN(value.value) ? "nan" : hex(bytesOfDouble(value.value))];
    case "boolean":
      return ["boolean", value.value];
    case "null":
      return null;
    case "map":
      return ["map", value.entries.map(([name, one]) => [shown(name), shown(one)])];
    case "array":
    case "set":
    case "push":
      return ["list", value.items.map(shown)];
    default:
      return ["text", hex(value.bytes)];
  }
}

function bytesOfDouble(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return bytes;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
