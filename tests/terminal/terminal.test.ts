import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createColour, wantsColour } from "../../src/terminal/colour.ts";
import { escapeForeign, escapeForeignIn } from "../../src/terminal/escape.ts";
import { commandHelp, overview } from "../../src/terminal/help.ts";
import { Lines } from "../../src/terminal/lines.ts";
import { createRedactor, ownWords } from "../../src/terminal/redact.ts";
import { definitionList, wrap } from "../../src/terminal/wrap.ts";
import { runs } from "../runs.ts";

for (const [text, escaped] of [
  ["plain text, äöü, 日本語, 🙂", "plain text, äöü, 日本語, 🙂"],
  ["a\u001b[31mb", "a\\u{1b}[31mb"],
  ["a\r\nb\tc\u0000", "a\\u{d}\\u{a}b\\u{9}c\\u{0}"],
  ["\u007f\u0080\u009b", "\\u{7f}\\u{80}\\u{9b}"],
  ["\u202eabc\u2066", "\\u{202e}abc\\u{2066}"],
  ["a\u200bb\ufeff\u2060\u00ad", "a\\u{200b}b\\u{feff}\\u{2060}\\u{ad}"],
  ["\u{110bd}\u2028", "\\u{110bd}\\u{2028}"],
  ["\u{e0041}", "\\u{e0041}"],
  ["\ud800x", "\\u{d800}x"],
] as const) {
  test(`escape: ${JSON.stringify(text)}`, () => assert.equal(escapeForeign(text), escaped));
}

test("escape: a text of several lines keeps its lines, and nothing else", () => {
  const escaped = escapeForeignIn({ a: new Lines("x\u001b\n\ty\r\n") });
  assert.equal(JSON.stringify(escaped), JSON.stringify({ a: "x\\u{1b}\n\\u{9}y\\u{d}\n" }));
});

test("escape: every text inside a value, keys as they are", () => {
  assert.deepEqual(escapeForeignIn({ a: ["\u0007", { b: "\u200b" }], c: 1, d: null, e: true }), {
    a: ["\\u{7}", { b: "\\u{200b}" }],
    c: 1,
    d: null,
    e: true,
  });
});

test("property: nothing that moves a cursor or hides survives, and escaping twice changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const escaped = escapeForeign(text);
      assert.doesNotMatch(escaped, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      assert.equal(escapeForeign(escaped), escaped);
    }),
    runs(2_000),
  );
});

test("redact: remembered secrets, raw and percent-encoded, and what gives a secret away", () => {
  const { hide, redact } = createRedactor();
  hide("s3cr3t+/=");
  hide(undefined);
  hide("abc");
  assert.equal(redact("x s3cr3t+/= y s3cr3t%2B%2F%3D z abc"), "x [redacted] y [redacted] z abc");
  assert.equal(
    redact("?X-Amz-Signature=0a1b&User=u&X-Amz-Security-Token=t%2B"),
    "?X-Amz-Signature=[redacted]&User=u&X-Amz-Security-Token=[redacted]",
  );
  assert.equal(redact("rediss://app:hunter2@host"), "rediss://app:[redacted]@host");
  assert.equal(
    redact('{"SecretAccessKey": "abc", aws_secret_access_key = xyz, sessionToken:"q"}'),
    '{"SecretAccessKey": "[redacted]", aws_secret_access_key = [redacted], sessionToken:"[redacted]"}',
  );
});

test("redact: a secret with white space, quotes or control characters in it, in every form that it is shown in", () => {
  const { hide, redact } = createRedactor();
  hide(' abc"defg\nhijk\u202elmno ');
  assert.doesNotMatch(redact('abc"defg hijk lmno'), /defg|hijk|lmno/);
  assert.doesNotMatch(redact(JSON.stringify(escapeForeignIn({ a: 'abc"defg\nhijk\u202elmno' }))), /defg|hijk|lmno/);
});

test("redact: a piece of the words that tell of secrets is no secret, and is not told by its gap", () => {
  const { hide, redact } = createRedactor();
  for (const secret of [" tok", "oken", "secret", "access key"]) hide(secret);
  const text = "The secret access key and the session token have white space in them";
  assert.equal(redact(text), text);
});

test("redact: half a surrogate pair is no bug", () => {
  const { hide, redact } = createRedactor();
  hide("abcd\ud800efgh");
  assert.equal(redact("efgh"), "[redacted]");
});

test("redact: the longer of two secrets goes first", () => {
  const { hide, redact } = createRedactor();
  hide("secret");
  hide("secret-longer");
  assert.equal(redact("a secret-longer b"), "a [redacted] b");
});

test("property: no remembered secret is left in any text", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\x21-\x7e]{4,30}$/), fc.string(), fc.string(), (secret, before, after) => {
      // A piece of those words is none, by the test above: "dent" of credentials.
      if ("[redacted]".includes(secret) || ownWords.includes(secret.toLowerCase())) return;
      const { hide, redact } = createRedactor();
      hide(secret);
      assert.ok(!redact(before + secret + after).includes(secret));
    }),
  );
});

test("colour: the flag, then NO_COLOR, FORCE_COLOR, the terminal", () => {
  assert.equal(wantsColour("always", { NO_COLOR: "1" }, false), true);
  assert.equal(wantsColour("never", { FORCE_COLOR: "1" }, true), false);
  assert.equal(wantsColour("auto", {}, true), true);
  assert.equal(wantsColour("auto", {}, false), false);
  assert.equal(wantsColour("auto", { NO_COLOR: "1", FORCE_COLOR: "1" }, true), false);
  assert.equal(wantsColour("auto", { NO_COLOR: "" }, true), true);
  assert.equal(wantsColour("auto", { FORCE_COLOR: "1" }, false), true);
  assert.equal(wantsColour("auto", { FORCE_COLOR: "0" }, true), false);
  assert.equal(wantsColour("auto", { TERM: "dumb" }, true), false);
  assert.equal(createColour(false).red("x"), "x");
  assert.equal(createColour(true).red("x"), "\u001b[31mx\u001b[39m");
});

test("property: wrapped text keeps its words and its width, but for words that are longer", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 60 }), (list, width) => {
      const wrapped = wrap(list.join(" "), width);
      assert.deepEqual(wrapped.split(/\s+/), list);
      for (const line of wrapped.split("\n")) assert.ok(line.length <= width || !line.includes(" "));
    }),
  );
});

const flags = {
  region: {
    short: "r",
    value: "REGION",
    about: "the region, or else the one that the environment names in one of two variables",
  },
  json: { about: "one object" },
};
const command = {
  name: "token",
  summary: "a token",
  words: ["ENDPOINT"],
  exits: [0, 2, 3, 70],
  flags,
  examples: [["one way", "cacheauth token x -u me"]],
} as const;

for (const width of [30, 40, 80, 200]) {
  test(`help: fits ${width} columns, but for examples and names`, () => {
    for (const text of [
      overview([["token", "a token on stdout, for AUTH as USER"]], flags, width),
      commandHelp(command, flags, width, true),
    ]) {
      for (const line of text.split("\n")) {
        assert.ok(
          line.length <= Math.min(width, 100) || /^ {2}(cacheauth|-)|\[FLAGS\]/.test(line),
          `${line.length}: ${line}`,
        );
      }
      assert.match(text, /-r, --region REGION/);
    }
  });
}

test("definition list: two columns where there is room, else one under the other", () => {
  assert.equal(
    definitionList(
      [
        ["a", "one two"],
        ["bcd", "three"],
      ],
      60,
    ),
    "  a    one two\n  bcd  three",
  );
  assert.equal(definitionList([["a", "one two"]], 20), "  a\n      one two");
});
