import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { authenticatedLimits, type RequestLimits } from "../../src/resp/request-limits.ts";
import { createRequestReader, type Read } from "../../src/resp/request-reader.ts";
import { runs } from "../runs.ts";
import { commandOf, requestRows } from "./requests.ts";
import { bytesOf } from "./vectors.ts";

const held: ReadonlySet<string> = new Set(["AUTH", "HELLO", "QUIT"]);
const limits = { ...authenticatedLimits(512 << 20), command: 70_000 };

type Said = Exclude<Read, { readonly kind: "more" }>;

/** All that each piece settles, in its order. After `malformed` there is nothing more. */
function createScanner(
  names: ReadonlySet<string>,
  limits: RequestLimits,
): { push(bytes: Uint8Array): readonly Said[] } {
  const reader = createRequestReader(names, limits);
  let hasEnded = false;
  return {
    push(bytes) {
      const said: Said[] = [];
      reader.push(bytes);
      while (!hasEnded) {
        const read = reader.next();
        if (read.kind === "more") break;
        hasEnded = read.kind === "malformed";
        said.push(read);
      }
      return said;
    },
  };
}

function scan(pieces: Iterable<Uint8Array>): Said[] {
  const scanner = createScanner(held, limits);
  return [...pieces].flatMap((piece) => scanner.push(piece));
}

function* bytewise(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1) yield bytes.subarray(at, at + 1);
}

const latin1 = (bytes: Uint8Array): string => bytes.reduce((text, byte) => text + String.fromCharCode(byte), "");

/** What was said with pieces that follow each other joined: text for what is passed on, a list for a held command. */
function summary(scanned: readonly Said[]): unknown[] {
  const said: unknown[] = [];
  for (const one of scanned) {
    if (one.kind === "command") said.push({ raw: latin1(one.raw), words: one.words.map(latin1) });
    else if (one.kind === "malformed") said.push({ error: one.message });
    else if (typeof said.at(-1) === "string") said.push((said.pop() as string) + latin1(one.bytes));
    else said.push(latin1(one.bytes));
  }
  return said;
}

/** Bytes in and out: what is held and what is passed on are the stream, in its order. */
function out(scanned: readonly Said[]): string {
  return scanned
    .map((one) => (one.kind === "bytes" ? latin1(one.bytes) : one.kind === "command" ? latin1(one.raw) : ""))
    .join("");
}

test("request: a held command is given whole, all else is passed on as it came", () => {
  const auth = commandOf("auth", "user", "pass\r\nword");
  const set = commandOf("SET", "k", "AUTH\r\n*1\r\n$4\r\nQUIT\r\n");
  const stream = bytesOf(`${set}PING\r\n${auth}*0\r\n\r\n${set}${set}hello 3\r\nQUIT\n*1\r\n$4\r\nQuit\r\n`);
  const expected = [
    `${set}PING\r\n`,
    { raw: auth, words: ["auth", "user", "pass\r\nword"] },
    `*0\r\n\r\n${set}${set}`,
    { raw: "hello 3\r\n", words: ["hello", "3"] },
    { raw: "QUIT\n", words: ["QUIT"] },
    { raw: "*1\r\n$4\r\nQuit\r\n", words: ["Quit"] },
  ];
  for (const pieces of [
    [stream],
    bytewise(stream),
    ...Array.from(stream, (_, at) => [stream.subarray(0, at), stream.subarray(at)]),
  ]) {
    assert.deepEqual(summary(scan(pieces)), expected);
  }
});

test("request: what is held can be changed between commands", () => {
  const reader = createRequestReader(null, limits);
  reader.push(bytesOf(`${commandOf("GET", "k")}${commandOf("zadd", "k")}PING\r\n${commandOf("auth", "p")}`));
  const next = () => summary([reader.next()].filter((read) => read.kind !== "more"))[0];
  assert.deepEqual(next(), { raw: commandOf("GET", "k"), words: ["GET", "k"] });
  reader.hold(new Set(["AUTH", "ZADD"]));
  assert.deepEqual(next(), { raw: commandOf("zadd", "k"), words: ["zadd", "k"] });
  assert.deepEqual([next(), next()], ["PING\r\n", { raw: commandOf("auth", "p"), words: ["auth", "p"] }]);
  reader.push(bytesOf(commandOf("zadd", "k")));
  reader.hold(new Set(["AUTH"]));
  assert.deepEqual([next(), reader.buffered], [commandOf("zadd", "k"), 0]);
});

test("request: no way of writing a held name hides it", () => {
  for (const sent of [
    "AUTH a\r\n",
    " \tauth a\n",
    '"AUTH" a\r\n',
    "'AU'TH\r\n",
    '"\\x41UTH" a\r\n',
    'AU"TH" a\r\n',
    "*1\r\n$4\r\naUtH\r\n",
    "*-1\r\n*1\rx$4\rxAUTHxx",
  ]) {
    const kinds = scan([bytesOf(sent)]).map(({ kind }) => kind);
    // What cannot be read so by a server either is refused.
    assert.ok(kinds.includes("command") || kinds.includes("malformed"), sent);
  }
  assert.deepEqual(summary(scan([bytesOf("'AU'TH\r\n")])), [{ error: "Protocol error: unbalanced quotes in request" }]);
});

test("request: what is passed on goes at once, and no argument is kept", () => {
  const scanner = createScanner(held, limits);
  const push = (text: string) => summary(scanner.push(bytesOf(text)));
  assert.deepEqual(push("*3\r\n$3\r\nSE"), []);
  // The name is known when its line has ended.
  assert.deepEqual(push("T\r"), []);
  assert.deepEqual(push("\n$1"), ["*3\r\n$3\r\nSET\r\n"]);
  assert.deepEqual(push("\r\nk\r\n$500000000\r"), ["$1\r\nk\r\n"]);
  assert.deepEqual(push("\nxxx"), ["$500000000\r\nxxx"]);
  assert.deepEqual(push("y".repeat(100_000)), ["y".repeat(100_000)]);
  // A name that is longer than all that are held is known by its length.
  const other = createScanner(held, limits);
  assert.deepEqual(summary(other.push(bytesOf("*2\r\n$6\r\nECHO"))), ["*2\r\n$6\r\nECHO"]);
});

test("request: what no server would read is not passed on", () => {
  assert.deepEqual(summary(scan([bytesOf("PING\r\n*2\r\n$3\r\nGET\r\n$x\r\n")])), [
    "PING\r\n*2\r\n$3\r\nGET\r\n",
    { error: "Protocol error: invalid bulk length" },
  ]);
  assert.deepEqual(summary(scan([bytesOf("*x\r\nPING\r\n")])), [{ error: "Protocol error: invalid multibulk length" }]);
  const scanner = createScanner(held, limits);
  scanner.push(bytesOf("*x\r\n"));
  assert.deepEqual(scanner.push(bytesOf("PING\r\n")), []);
});

test("request: a held command that is too large to keep is refused", () => {
  assert.deepEqual(summary(scan([bytesOf("*2\r\n$4\r\nAUTH\r\n$80000\r\n")])), [
    { error: "Protocol error: invalid bulk length" },
  ]);
  const fits = (length: number) =>
    createScanner(held, { ...limits, command: 40 }).push(bytesOf(commandOf("AUTH", "x".repeat(length))));
  // 4 + 10 + 7 bytes beside the word.
  assert.deepEqual(
    [fits(19), fits(20)].map(([one]) => one?.kind),
    ["command", "malformed"],
  );
  const many = `*100000\r\n$4\r\nAUTH\r\n${"$0\r\n\r\n".repeat(20_000)}`;
  assert.deepEqual(summary(scan([bytesOf(many)])), [{ error: "Protocol error: invalid bulk length" }]);
  // What is not held may be of any size.
  const large = commandOf("SET", "k", "x".repeat(200_000));
  assert.deepEqual(summary(scan([bytesOf(large)])), [large]);
});

test("request: commands are held where they are found", () => {
  for (const { sent, commands } of requestRows.filter(({ error }) => !error)) {
    const names = new Set(commands.map(([name = ""]) => name.toUpperCase()));
    const found = createScanner(names, limits).push(bytesOf(sent));
    const words = found.flatMap((one) => (one.kind === "command" ? [one.words.map(latin1)] : []));
    assert.deepEqual(words, commands, JSON.stringify(sent.slice(0, 60)));
  }
});

/** Commands of all sorts, one after the other, and what should become of them. */
const commands = fc.array(
  fc.oneof(
    fc
      .tuple(
        fc.constantFrom("AUTH", "hello", "GET", "QUIT", "SUBSCRIBE"),
        fc.array(fc.string({ unit: "binary-ascii", maxLength: 9 }), { maxLength: 4 }),
      )
      .map(([name, rest]) => commandOf(name, ...rest)),
    fc.constantFrom("PING\r\n", "auth a\n", "\r\n", "*0\r\n", "*-1\r\n", 'ECHO "a b"\r\n', "  quit\r\n"),
  ),
  { maxLength: 8 },
);

test("property: what goes in comes out, whole and byte by byte, and the same commands are held", () => {
  fc.assert(
    fc.property(commands, fc.nat(), (sent, split) => {
      const stream = bytesOf(sent.join(""));
      const at = split % (stream.length + 1);
      const whole = scan([stream]);
      assert.equal(out(whole), sent.join(""));
      for (const pieces of [bytewise(stream), [stream.subarray(0, at), stream.subarray(at)]]) {
        assert.deepEqual(summary(scan(pieces)), summary(whole));
      }
      const isHeld = (text: string) => /^(\*\d\r\n\$\d\r\n|\s*)(auth|hello|quit)\b/i.test(text);
      assert.equal(whole.filter(({ kind }) => kind === "command").length, sent.filter(isHeld).length);
    }),
    runs(500),
  );
});

test("property: any bytes are scanned to an end, whole as byte by byte, and come out in their order", () => {
  const byte = fc.oneof(
    fc.constantFrom(...bytesOf("**$$0123459\r\n\r\n\r\n\"' AUTHauth\0")),
    fc.integer({ min: 0, max: 255 }),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 60 }), (sent) => {
      const stream = Uint8Array.from(sent);
      const whole = scan([stream]);
      assert.deepEqual(summary(whole), summary(scan(bytewise(stream))));
      assert.ok(latin1(stream).startsWith(out(whole)));
    }),
    runs(3_000),
  );
});
