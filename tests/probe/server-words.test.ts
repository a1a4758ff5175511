/** What a server says is shown, and no piece of a token with it, whatever the server does with the token. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { serverWords } from "../../src/probe/server-words.ts";
import { withoutSecretsIn } from "../../src/probe/without-token.ts";
import { runs } from "../runs.ts";

const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

interface Made {
  readonly text: string;
  readonly signature: string;
  /** As it stands in the token, and decoded. */
  readonly session: readonly [raw: string, decoded: string];
  readonly user: string;
  readonly name: string;
}

const made: fc.Arbitrary<Made> = fc
  .record({
    name: fc.stringMatching(/^[a-z][a-z0-9-]{2,38}$/),
    user: fc.stringMatching(/^[a-z][a-z0-9-]{2,38}$/),
    signature: fc.stringMatching(/^[0-9a-f]{64}$/),
    decoded: fc.string({ unit: fc.constantFrom(...base64), minLength: 40, maxLength: 300 }),
    key: fc.stringMatching(/^ASIA[A-Z2-7]{16}$/),
  })
  .map(({ name, user, signature, decoded, key }) => {
    const raw = encodeURIComponent(decoded);
    const text = `${name}/?Action=connect&User=${user}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${key}%2F20250101%2Fus-east-1%2Felasticache%2Faws4_request&X-Amz-Date=20250101T000000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Security-Token=${raw}&X-Amz-Signature=${signature}`;
    return { text, signature, session: [raw, decoded], user, name };
  });

const reversed = (text: string) => [...text].reverse().join("");
const halfDecoded = (text: string) => text.replace(/%2[BF]/g, (encoded) => decodeURIComponent(encoded));

/** What a server may do with a text before it says it. */
const mangled = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom<((text: string) => string)[]>(
        (same) => same,
        decodeURIComponent,
        halfDecoded,
        encodeURIComponent,
        reversed,
        (whole) => reversed(decodeURIComponent(whole)),
        (whole) => whole.toUpperCase(),
        (whole) => whole.toLowerCase(),
        (whole) => decodeURIComponent(whole).replaceAll("+", " "),
      ),
      fc.nat(400),
      fc.nat(400),
    )
    .map(([change, from, length]) => {
      const whole = change(text);
      const start = from % whole.length;
      return whole.slice(start, start + length);
    });

const noise = fc.constantFrom(
  "",
  " ",
  "ERR unknown command '",
  "', with args beginning with: '",
  "<<",
  "ü\u001b[31m",
  "|",
);

function assertNoPiece(shown: string, whole: string, length: number, apart: (piece: string) => boolean = () => false) {
  for (const form of [whole, reversed(whole)])
    for (let start = 0; start + length <= form.length; start += 1) {
      const piece = form.slice(start, start + length);
      assert.ok(apart(piece) || !shown.includes(piece), `${piece} is in ${shown}`);
    }
}

test("server words: nothing of a token survives, however it is cut, turned, decoded or embedded", () => {
  const said = made.chain((token) => {
    const pieces = [token.text, token.text, token.signature, token.session[0], token.session[1]];
    const part = fc.oneof(...pieces.map((piece) => mangled(piece)));
    return fc.record({
      token: fc.constant(token),
      parts: fc.array(fc.tuple(noise, part), { minLength: 1, maxLength: 5 }),
    });
  });
  fc.assert(
    fc.property(said, ({ token, parts }) => {
      const shown = serverWords(parts.flat().join(""), token.text);
      for (const secret of [token.signature, ...token.session]) assertNoPiece(shown, secret, 8);
      const isPublic = (piece: string) =>
        [token.user, token.name].some((name) => name.includes(piece) || reversed(name).includes(piece));
      assertNoPiece(shown, token.text, 16, isPublic);
    }),
    runs(1_500),
  );
});

test("server words: a percent sign before a piece that was decoded hides nothing of it", () => {
  const session = "eSc5xFyJ8714LFhf32DQyuWxBPkWn=6Up7Da4c788/jAb+deadbeef";
  const token = `my-cache/?Action=connect&User=my-user&X-Amz-Security-Token=${encodeURIComponent(session)}&X-Amz-Signature=${"5b".repeat(32)}`;
  for (const piece of ["Da4c788/", "da4c788/jab deadbeef", "deadbeef", "b+deadbeef"]) {
    assert.equal(serverWords(`ERR 50%${piece}`, token), "ERR 50%[token]");
    assert.equal(serverWords(`ERR ${reversed(piece)}%05`, token), "ERR [token]%05");
  }
});

test("server words: what has nothing of the token stays as it is, the names of the user and the cache too", () => {
  fc.assert(
    fc.property(made, ({ text, user, name }) => {
      const said = `NOPERM User ${user} has no permissions to run the 'ping' command on ${name}`;
      assert.equal(serverWords(said, text), said);
    }),
    runs(300),
  );
});

const example =
  "my-cache/?Action=connect&User=a-user-with-a-long-name&X-Amz-Security-Token=abc%2Fdef%2Bghijklmnop&X-Amz-Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

test("server words: by example", () => {
  const says = (text: string) => serverWords(text, example);
  assert.equal(
    says(`ERR unknown command 'HELLO', with args: '3' '${example}'`),
    "ERR unknown command 'HELLO', with args: '3' '[token]'",
  );
  assert.equal(says("ERR 89abcdef0123 and 0123456"), "ERR [token] and 0123456");
  assert.equal(says("ERR abc/def%2BghijKLMNOP."), "ERR [token].");
  assert.equal(says("ERR User=a-user-with-a-long-name&X"), "ERR [token]");
  assert.equal(says("a-user-with-a-long-name"), "a-user-with-a-long-name");
  assert.equal(says("A%2dUSER-with-a-long-name"), "A%2dUSER-with-a-long-name");
  // Encoded once more, and twice.
  assert.equal(says("ERR abc%252Fdef%25252Bghij"), "ERR [token]");
  // Where the & is lost, what follows the user is no name.
  const lost = example.replace("long-name&", "long-name%26");
  assert.equal(serverWords("X-Amz-Security-Token=abc/def", lost), "[token]");
});

test("server words: one line, without white space around it, and of 200 characters at most", () => {
  assert.equal(serverWords("\r\n ERR one\r\nERR two\n", null), "ERR one");
  assert.equal(serverWords("", null), "");
  assert.equal(serverWords(`ERR ${"x".repeat(500)}`, null), `ERR ${"x".repeat(196)}…`);
  assert.equal(serverWords(`ERR ${"x".repeat(196)}`, null), `ERR ${"x".repeat(196)}`);
});

test("server words: a reply of megabytes and the longest token take no time to speak of", () => {
  const token = `my-cache/?X-Amz-Security-Token=${"aB3%2F".repeat(2_700)}&X-Amz-Signature=${"0f".repeat(32)}`;
  const began = performance.now();
  serverWords("aB3/".repeat(1 << 20), token);
  assert.ok(performance.now() - began < 2_000);
});

test("secrets are taken out of every text inside of a value, and all else stays", () => {
  const when = new Date(0);
  const value = {
    ok: true,
    list: [1, null, { host: "0123456789abcdef.test", key: "AKIAIOSFODNN7EXAMPLE" }],
    when,
    whole: "User=a-user-with-a-long-name",
    names: ["abc/def+ghi", "a%2Fb"],
  };
  assert.deepEqual(withoutSecretsIn(value, example), {
    ok: true,
    list: [1, null, { host: "[token].test", key: "AKIAIOSFODNN7EXAMPLE" }],
    when,
    whole: "User=a-user-with-a-long-name",
    names: ["[token]", "a%2Fb"],
  });
});
