import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeToken } from "../../src/token/decode.ts";
import { readFields } from "../../src/token/fields.ts";
import { parseTokenText } from "../../src/token/parse.ts";
import { readPasted } from "../../src/token/pasted/read-pasted.ts";
import { runs } from "../runs.ts";

test("parse: every part stands where it says", () => {
  const text = "my-cache:6379/?Action=connect&User=a%2Fb+c&flag&X-Amz-Date=1#rest";
  const token = parseTokenText(text);
  assert.deepEqual([token.host.text, token.path.text, token.fragment?.text], ["my-cache:6379", "/", "#rest"]);
  assert.deepEqual(
    token.parameters.map(({ name, value, hasEquals }) => [name, value, hasEquals]),
    [
      ["Action", "connect", true],
      ["User", "a/b c", true],
      ["flag", "", false],
      ["X-Amz-Date", "1", true],
    ],
  );
  for (const { start, valueStart, end, raw } of token.parameters) {
    assert.equal(text.slice(valueStart, end), raw);
    assert.ok(start <= valueStart && valueStart <= end);
  }
});

test("parse: whatever stands before the first / or ?, and a ? that was lost", () => {
  const parts = (text: string) => {
    const { host, path, hasQuestionMark, parameters } = parseTokenText(text);
    return [host.text, path.text, hasQuestionMark, parameters.length];
  };
  assert.deepEqual(parts("c?Action=connect"), ["c", "", true, 1]);
  assert.deepEqual(parts("/?Action=connect"), ["", "/", true, 1]);
  assert.deepEqual(parts("c/a/b?Action=connect"), ["c", "/a/b", true, 1]);
  assert.deepEqual(parts("c/Action=connect&User=u"), ["c", "/", false, 2]);
  assert.deepEqual(parts("Action=connect&User=u?"), ["", "", false, 2]);
  assert.deepEqual(parts("def==&X-Amz-Date=1"), ["", "", false, 2]);
  assert.deepEqual(parts("nothing"), ["nothing", "", false, 0]);
});

test("parse: escapes that are none, that are not UTF-8, and that were written twice", () => {
  const [first] = parseTokenText("c/?User=100%").parameters;
  assert.deepEqual([first?.fault, first?.value], ["escape", "100%"]);
  const [second] = parseTokenText("c/?User=%41%ff").parameters;
  assert.deepEqual([second?.fault, second?.value], ["utf8", "A%ff"]);
  const [third] = parseTokenText("c/?User=a%252Fb").parameters;
  assert.deepEqual([third?.fault, third?.value, third?.valueTwice], [null, "a%2Fb", "a/b"]);
});

test("property: parsing never throws, and its parts are pieces of the text in their order", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const token = parseTokenText(text);
      let last = token.path.end;
      for (const { start, valueStart, end } of token.parameters) {
        assert.ok(last <= start && start <= valueStart && valueStart <= end && end <= text.length);
        last = end;
      }
      assert.equal(text.slice(token.host.start, token.host.end), token.host.text);
      decodeToken(readFields(token), { at: new Date(0), names: [], showSecrets: false, bytes: text.length });
    }),
    runs(2_000),
  );
});

const token = `my-cache/?Action=connect&User=me&X-Amz-Signature=${"a".repeat(64)}`;
const wrapped: readonly (readonly [
  what: string,
  text: string,
  layers: readonly string[],
  user?: string,
  endpoint?: string,
])[] = [
  ["the token alone", token, []],
  ["a prompt of redis-cli", `cache:6379> auth me "${token}"`, ["unwrapped"], "me"],
  ["a shell's export in quotes", `export REDISCLI_AUTH="${token}"\n`, ["unwrapped"]],
  ["one line of several", `HOST=h\nREDIS_PASSWORD=${token}\nPORT=1`, ["unwrapped"]],
  ["YAML", `  password: ${token}`, ["unwrapped"]],
  [
    "a URL in an environment line",
    `REDIS_URL=rediss://me:${encodeURIComponent(token)}@h:1/0`,
    ["unwrapped", "unwrapped"],
    "me",
    "h:1",
  ],
  ["JSON in depth", JSON.stringify([{ a: { password: token, user: "me" } }]), ["unwrapped"], "me"],
  ["quotes in white space", ` "${token}" `, ["surrounding-whitespace", "quoted"]],
  ["a scheme in quotes", `'https://${token}'`, ["quoted", "scheme-prefix"]],
  ["a log's line", `2025-01-31 INFO password=${token}`, ["unwrapped"]],
  ["a log's line with its end", `2025-01-31 INFO password=${token}\n`, ["unwrapped"]],
  ["a call of valkey-cli", `valkey-cli --tls -h h -p 2 --user me -a '${token}'`, ["unwrapped"], "me", "h:2"],
];
for (const [what, text, layers, user = null, endpoint = null] of wrapped) {
  test(`pasted: ${what}`, () => {
    const pasted = readPasted(new TextEncoder().encode(text));
    assert.equal(pasted.text, token);
    assert.deepEqual(
      pasted.layers.map(({ rule }) => rule),
      layers,
    );
    assert.deepEqual([pasted.user, pasted.endpoint], [user, endpoint]);
  });
}
