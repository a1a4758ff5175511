import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { judgementOf } from "../../src/lint/judgement.ts";
import { runs } from "../runs.ts";
import { vectors } from "../vectors/vectors.ts";
import { idsOf, judge, sessionToken, signature, temporary, token } from "./sample.ts";

/** Ten times as often where it costs a tenth. */
const many = typeof Bun === "undefined" ? 10_000 : 100_000;

test("property: every token of a witness, in any order of parameters, has no error", () => {
  for (const { id, token: text, at, kind, service, name, user, region } of vectors) {
    const when = new Date(Date.parse(at));
    const expected = { kind, service, name, user, region };
    assert.deepEqual(idsOf(judge(text, expected, when), ["error"]), [], id);
    const [head = "", query = ""] = text.split("?");
    const sorted = `${head}?${query.split("&").sort().join("&")}`;
    assert.deepEqual(idsOf(judge(sorted, expected, when), ["error"]), [], id);
    const lowerEscapes = text.replace(/%[0-9A-F]{2}/g, (digits) => digits.toLowerCase());
    assert.deepEqual(idsOf(judge(lowerEscapes, expected, when), ["error"]), [], id);
  }
});

/** Any eight characters of a secret in a row give it away. */
function leaks(shown: string): string | undefined {
  for (const secret of [signature.slice(0, 2) + signature, sessionToken, encodeURIComponent(sessionToken)]) {
    for (let at = 0; at + 8 <= secret.length; at += 1) {
      const piece = secret.slice(at, at + 8);
      if (shown.includes(piece)) return piece;
    }
  }
  return undefined;
}

const good = temporary();

test("property: whatever the bytes, lint ends, and what it says can be shown", () => {
  const mutation = fc.record({
    at: fc.nat(good.length),
    remove: fc.nat(6),
    insert: fc.constantFrom("", "&", "=", "%", "?", "/", "#", " ", "\n", '"', "+", "\u202e", "A", "X-Amz-", "@"),
  });
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(mutation, { minLength: 1, maxLength: 3 }).map((mutations) => {
      let mutated = good;
      for (const { at, remove, insert } of mutations) {
        mutated = mutated.slice(0, at) + insert + mutated.slice(at + remove);
      }
      return mutated;
    }),
    fc.nat(good.length).map((end) => good.slice(0, end)),
    fc.nat(good.length).map((start) => good.slice(start)),
  );
  fc.assert(
    fc.property(text, (given) => {
      const judgement = judgementOf(judge(given), false);
      assert.equal(judgement.ok, judgement.counts.error === 0);
      assert.equal(leaks(JSON.stringify(judgement)), undefined);
    }),
    runs(many),
  );
});

test("property: a fault put into any good token is the first error, with at most one other", () => {
  const sample = fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,6}){0,2}$/),
    user: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
    temporary: fc.boolean(),
  });
  const faults: readonly (readonly [string, (text: string) => string])[] = [
    ["surrounding-whitespace", (text) => `${text}\n`],
    ["embedded-whitespace", (text) => text.replace(/.{60}(?=.)/g, "$&\n")],
    ["quoted", (text) => `'${text}'`],
    ["escaped", (text) => text.replaceAll("&", "&amp;")],
    ["scheme-prefix", (text) => `https://${text}`],
    ["truncated", (text) => text.slice(0, text.indexOf("&"))],
    ["truncated", (text) => text.slice(0, -7)],
    ["truncated", (text) => text.slice(0, text.indexOf("X-Amz-Date") + 12)],
    ["fragment", (text) => `${text}#x`],
    ["name-missing", (text) => text.slice(text.indexOf("/"))],
    ["name-has-port", (text) => text.replace("/?", ":6379/?")],
    ["name-is-endpoint", (text) => text.replace("/?", ".abc123.use1.cache.amazonaws.com/?")],
    ["action-missing", (text) => text.replace("Action=connect&", "")],
    ["action-wrong", (text) => text.replace("=connect", "=Connect")],
    ["user-missing", (text) => text.replace(/&User=[^&]*/, "")],
    ["user-invalid", (text) => text.replace("&User=", "&User=A")],
    ["algorithm-wrong", (text) => text.replace("AWS4-HMAC-SHA256", "AWS3")],
    ["credential-missing", (text) => text.replace(/&X-Amz-Credential=[^&]*/, "")],
    ["credential-malformed", (text) => text.replace("%2Faws4_request", "")],
    ["service-wrong", (text) => text.replace("%2Felasticache%2F", "%2Fcache%2F")],
    ["date-missing", (text) => text.replace(/&X-Amz-Date=[^&]*/, "")],
    ["date-malformed", (text) => text.replace("20250131T1", "2025-01-31T1")],
    ["scope-date-mismatch", (text) => text.replace("%2F20250131%2F", "%2F20250130%2F")],
    ["expires-missing", (text) => text.replace("&X-Amz-Expires=900", "")],
    ["expires-malformed", (text) => text.replace("=900", "=9e2")],
    ["expires-too-long", (text) => text.replace("=900", "=9000")],
    ["signed-headers-wrong", (text) => text.replace("=host", "=host%3Bx-amz-date")],
    ["signature-missing", (text) => text.replace(/&X-Amz-Signature=.*/, "")],
    ["signature-malformed", (text) => `${text}00`],
    ["double-encoded", (text) => text.replaceAll("%2F", "%252F")],
    ["parameter-duplicate", (text) => text.replace("Action=connect", "Action=connect&Action=connect")],
  ];
  fc.assert(
    fc.property(sample, fc.constantFrom(...faults), (given, [id, put]) => {
      const make = given.temporary ? temporary : token;
      const text = put(make({ name: given.name, set: { User: given.user } }));
      const errors = idsOf(judge(text), ["error"]);
      assert.equal(errors[0], id, `${errors.join(", ")}: ${text}`);
      assert.ok(errors.length <= 2, errors.join(", "));
    }),
    runs(5_000),
  );
});

test("lint: time is linear: 1 MiB of anything ends within a second", () => {
  for (const piece of [
    "a",
    "&",
    "=",
    "%",
    "%25",
    "a=b&",
    "?",
    "/",
    "#",
    " ",
    "\n",
    '"',
    "X-Amz-Date=1&",
    "+",
    "A=b\n",
    "\\u0026",
    "&amp;",
  ]) {
    for (const head of ["", "my-cache/?Action=connect&", '"', "AUTH u "]) {
      const text = head + piece.repeat(Math.floor(((1 << 20) - 64) / piece.length));
      const start = performance.now();
      judgementOf(judge(text), false);
      const took = performance.now() - start;
      assert.ok(took < 1_000, `${JSON.stringify(head + piece)}: ${took} ms`);
    }
  }
});
