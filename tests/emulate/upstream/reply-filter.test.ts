import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createReplyFilter } from "../../../src/emulate/upstream/reply-filter.ts";
import { encode, encodeFor } from "../../../src/resp/encode.ts";
import { anyValue } from "../../resp/arbitrary.ts";
import { runs } from "../../runs.ts";

const marker = "0123456789abcdef0123456789abcdef";
const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const text = (pieces: readonly Uint8Array[]) =>
  pieces.map((piece) => Array.from(piece, (byte) => String.fromCharCode(byte)).join("")).join("");

const plain = `$32\r\n${marker}\r\n`;
const subscribed = `*2\r\n$4\r\npong\r\n${plain}`;

function filter() {
  return createReplyFilter((found, isSubscribed) =>
    found === marker ? bytes(isSubscribed ? "-SUBSCRIBED\r\n" : "+OURS\r\n") : null,
  );
}

/** What a server sends, and what must come of it. */
const replies: readonly (readonly [what: string, sent: string, passed: string])[] = [
  ["a marker alone", plain, "+OURS\r\n"],
  ["a marker to a client that has subscribed", subscribed, "-SUBSCRIBED\r\n"],
  ["two in a row", plain + plain, "+OURS\r\n+OURS\r\n"],
  ["in a pipeline", `+PONG\r\n${plain}:1\r\n`, "+PONG\r\n+OURS\r\n:1\r\n"],
  ["as the reply of EXEC", `*3\r\n+OK\r\n${plain}$1\r\na\r\n`, "*3\r\n+OK\r\n+OURS\r\n$1\r\na\r\n"],
  ["first in the reply of EXEC", `*2\r\n${plain}+OK\r\n`, "*2\r\n+OURS\r\n+OK\r\n"],
  ["inside of a value", `$${plain.length}\r\n${plain}\r\n`, `$${plain.length}\r\n${plain}\r\n`],
  [
    "inside of a verbatim string",
    `=${plain.length + 4}\r\ntxt:${plain}\r\n`,
    `=${plain.length + 4}\r\ntxt:${plain}\r\n`,
  ],
  ["inside of a bulk error", `!${plain.length}\r\n${plain}\r\n`, `!${plain.length}\r\n${plain}\r\n`],
  [
    "inside of a streamed string",
    `$?\r\n;40\r\n${plain}x\r\n;0\r\n${plain}`,
    `$?\r\n;40\r\n${plain}x\r\n;0\r\n+OURS\r\n`,
  ],
  ["a value as long as a marker", `$32\r\n${"x".repeat(32)}\r\n`, `$32\r\n${"x".repeat(32)}\r\n`],
  ["another pong", "*2\r\n$4\r\npong\r\n$0\r\n\r\n", "*2\r\n$4\r\npong\r\n$0\r\n\r\n"],
  [
    "a list that begins with pong",
    `*2\r\n$4\r\npong\r\n$32\r\n${"x".repeat(32)}\r\n`,
    `*2\r\n$4\r\npong\r\n$32\r\n${"x".repeat(32)}\r\n`,
  ],
  ["nothing at all, and then one", `$-1\r\n*-1\r\n_\r\n${plain}`, "$-1\r\n*-1\r\n_\r\n+OURS\r\n"],
  ["an empty value, and then one", `$0\r\n\r\n${plain}`, "$0\r\n\r\n+OURS\r\n"],
  ["a push in between", `>2\r\n$7\r\nmessage\r\n$1\r\nx\r\n${plain}`, ">2\r\n$7\r\nmessage\r\n$1\r\nx\r\n+OURS\r\n"],
];

for (const [what, sent, passed] of replies) {
  test(`reply filter: ${what}, whole, byte by byte and in two pieces`, () => {
    assert.equal(text(filter().push(bytes(sent))), passed);
    const byByte = filter();
    assert.equal([...bytes(sent)].map((byte) => text(byByte.push(Uint8Array.of(byte)))).join(""), passed);
    for (let at = 1; at < sent.length; at += 1) {
      const inTwo = filter();
      assert.equal(text(inTwo.push(bytes(sent.slice(0, at)))) + text(inTwo.push(bytes(sent.slice(at)))), passed);
    }
  });
}

const anyReply = fc.oneof(
  anyValue.map((value) => ({ sent: text([encode(value)]), passed: text([encode(value)]) })),
  anyValue.map((value) => ({ sent: text([encodeFor(2, value)]), passed: text([encodeFor(2, value)]) })),
  fc.constant({ sent: plain, passed: "+OURS\r\n" }),
  fc.constant({ sent: subscribed, passed: "-SUBSCRIBED\r\n" }),
);

test("reply filter: whatever the replies and their pieces, markers are replaced, all else is untouched, and no whole reply waits", () => {
  fc.assert(
    fc.property(
      fc.array(anyReply, { maxLength: 8 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      (all, sizes) => {
        const filtered = filter();
        let out = "";
        for (const { sent, passed } of all) {
          const before = out.length;
          for (let at = 0; at < sent.length; ) {
            const size = sizes.next().value ?? 1;
            out += text(filtered.push(bytes(sent.slice(at, at + size))));
            at += size;
          }
          assert.equal(out.slice(before), passed);
          assert.equal(filtered.midway, false);
        }
      },
    ),
    runs(300),
  );
});

test("reply filter: a value of many pieces goes by piece by piece, and nothing of it is kept", () => {
  const filtered = filter();
  assert.equal(text(filtered.push(bytes(`$${1 << 20}\r\n`))), `$${1 << 20}\r\n`);
  for (let piece = 0; piece < 1024; piece += 1) assert.equal(filtered.push(new Uint8Array(1024)).length, 1);
  assert.equal(filtered.midway, true);
  assert.equal(text(filtered.push(bytes(`\r\n${plain}`))), "\r\n+OURS\r\n");
  assert.equal(filtered.midway, false);
});

test("reply filter: a line without an end is passed on, and so is all that follows", () => {
  const filtered = filter();
  const line = "x".repeat(70_000);
  assert.equal(text(filtered.push(bytes(line))), line);
  assert.equal(text(filtered.push(bytes(plain))), plain);
});

test("reply filter: what is opened looks at nothing any more", () => {
  const filtered = filter();
  filtered.open();
  assert.equal(text(filtered.push(bytes(plain))), plain);
});
