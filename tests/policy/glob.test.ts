import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { globOf, literal, matches } from "../../src/policy/glob.ts";
import { runs } from "../runs.ts";

const fits = (pattern: string, text: string) => matches(globOf(pattern), text);

test("glob: wildcards as AWS's own examples of resources have them", () => {
  // reference_policies_elements_resource.html: "all IAM users whose path is /Development/product_1234/", and across colons.
  const user = "arn:aws:iam::123456789012:user/Development/product_1234/";
  assert.ok(fits(`${user}*`, `${user}Bob`));
  assert.ok(!fits(`${user}*`, "arn:aws:iam::123456789012:user/Development/product_12345/Bob"));
  assert.ok(fits("arn:aws:iam::123456789012:user/*", `${user}Bob`));
  assert.ok(fits("arn:aws:elasticache:*", "arn:aws:elasticache:us-east-1:123456789012:user:my-user"));
  assert.ok(
    fits("arn:aws:elasticache:us-east-1:*:user:my-?ser", "arn:aws:elasticache:us-east-1:123456789012:user:my-user"),
  );
});

test("glob: * is any number of characters, ? exactly one, and the rest itself", () => {
  for (const [pattern, text, expected] of [
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
    ["**", "abc", true],
    ["?", "", false],
    ["?", "ab", false],
    ["a*b*c", "a--b--c", true],
    ["a*b*c", "a--c--b", false],
    ["*a", "aaab", false],
    ["*ab", "aaab", true],
    ["a.c", "abc", false],
    ["[a]", "a", false],
    ["A", "a", false],
  ] as const) {
    assert.equal(fits(pattern, text), expected, `${pattern} ${text}`);
  }
  assert.ok(matches(literal("a*?"), "a*?"));
  assert.ok(!matches(literal("a*"), "ab"));
});

const letters = (signs: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...signs), { maxLength }).map((all) => all.join(""));

test("glob: the same as a regular expression, for all short patterns and texts", () => {
  const escaped = (sign: string) => sign.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  fc.assert(
    fc.property(
      letters(["a", "b", ":", "/", ".", "*", "?"], 8),
      letters(["a", "b", ":", "/", "."], 10),
      (pattern, text) => {
        const source = [...pattern].map((sign) => (sign === "*" ? ".*" : sign === "?" ? "." : escaped(sign))).join("");
        assert.equal(fits(pattern, text), new RegExp(`^${source}$`, "s").test(text), `${pattern} ${text}`);
      },
    ),
    runs(5000),
  );
});

test("glob: a pattern that makes others try for ever is answered at once", () => {
  assert.ok(!fits(`${"*a".repeat(2000)}b`, "a".repeat(4000)));
});
