import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluateCondition } from "../../src/policy/conditions.ts";
import { contextOf } from "../../src/policy/context.ts";
import { readOperator } from "../../src/policy/operators.ts";
import type { Truth } from "../../src/policy/truth.ts";
import { variable } from "./sample.ts";

type Values = string | readonly string[];

/** Whether a condition on `key` holds, where the request has these values for it; null is absent. */
function holds(operator: string, wanted: Values, given: Values | null, others: Record<string, Values> = {}): Truth {
  const read = readOperator(operator);
  assert.ok(read, operator);
  const values = typeof wanted === "string" ? [wanted] : wanted;
  const context = contextOf(given === null ? others : { key: given, ...others }, "absent");
  return evaluateCondition({ operator: read, key: "Key", values }, "2012-10-17", context).truth;
}

const table: readonly (readonly [operator: string, wanted: Values, given: Values | null, expected: boolean])[] = [
  // Strings.
  ["StringEquals", "blue", "blue", true],
  ["StringEquals", "blue", "Blue", false],
  ["StringEquals", ["red", "blue"], "blue", true],
  ["StringEquals", "b*", "blue", false],
  ["StringEquals", "b*", "b*", true],
  ["StringNotEquals", "blue", "red", true],
  ["StringNotEquals", ["red", "blue"], "blue", false],
  ["StringEqualsIgnoreCase", "blue", "BLUE", true],
  ["StringEqualsIgnoreCase", "b*", "blue", false],
  ["StringNotEqualsIgnoreCase", "blue", "BLUE", false],
  ["StringLike", "bl*", "blue", true],
  ["StringLike", "bl?", "blue", false],
  ["StringNotLike", "bl*", "blue", false],
  ["StringNotLike", "bl*", "red", true],
  ["stringequals", "blue", "blue", true],
  // Numbers.
  ["NumericEquals", "10", "10.0", true],
  ["NumericNotEquals", "10", "11", true],
  ["NumericLessThan", "10", "9", true],
  ["NumericLessThan", "10", "10", false],
  ["NumericLessThanEquals", "10", "10", true],
  ["NumericGreaterThan", "10", "9", false],
  ["NumericGreaterThanEquals", "10", "10", true],
  ["NumericEquals", "ten", "ten", false],
  ["NumericLessThan", "", "1", false],
  // Dates: ISO 8601 as W3C's note has it, and seconds since 1970.
  ["DateLessThan", "2025-02-01T00:00:00Z", "2025-01-31T12:00:00Z", true],
  ["DateGreaterThan", "2025-01-31T13:00:00+01:00", "2025-01-31T12:00:01Z", true],
  ["DateEquals", "2025-01-31T13:00:00+01:00", "2025-01-31T12:00:00Z", true],
  ["DateNotEquals", "2025-01-31", "2025-01-31T00:00:00Z", false],
  ["DateGreaterThanEquals", "1738324800", "2025-01-31T12:00:00Z", true],
  ["DateLessThanEquals", "2025", "2025-01-01T00:00:00Z", true],
  ["DateLessThan", "soon", "2025-01-31T12:00:00Z", false],
  // Truth values, as IAM writes them.
  ["Bool", "true", "true", true],
  ["Bool", "True", "true", true],
  ["Bool", "false", "true", false],
  ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", true],
  // Addresses and networks.
  ["IpAddress", "203.0.113.0/24", "203.0.113.7", true],
  ["IpAddress", "203.0.113.0/24", "203.0.114.7", false],
  ["IpAddress", "203.0.113.7", "203.0.113.7", true],
  ["IpAddress", "10.0.0.0/9", "10.127.255.255", true],
  ["IpAddress", "10.0.0.0/9", "10.128.0.0", false],
  ["IpAddress", "0.0.0.0/0", "198.51.100.1", true],
  ["IpAddress", "2001:db8::/32", "2001:db8:ffff::1", true],
  ["IpAddress", "2001:db8::/33", "2001:db8:8000::1", false],
  ["IpAddress", "0.0.0.0/0", "2001:db8::1", false],
  ["IpAddress", "10.0.0.0/33", "10.0.0.0", false],
  ["IpAddress", "10.0.0.0/x", "10.0.0.0", false],
  ["IpAddress", "somewhere", "somewhere", false],
  ["NotIpAddress", "203.0.113.0/24", "203.0.114.7", true],
  // ARNs, each of the six parts for itself; ArnEquals knows wildcards too.
  ["ArnEquals", "arn:aws:iam::123456789012:role/*", "arn:aws:iam::123456789012:role/app", true],
  ["ArnLike", "arn:aws:iam::*:role/app", "arn:aws:iam::123456789012:role/app", true],
  ["ArnLike", "arn:aws:*", "arn:aws:iam::123456789012:role/app", false],
  ["ArnLike", "arn:aws:iam::123456789012:*", "arn:aws:iam::123456789012:role:with:colons", true],
  ["ArnNotEquals", "arn:aws:iam::123456789012:role/*", "arn:aws:iam::123456789012:user/app", true],
  ["ArnNotLike", "arn:aws:iam::123456789012:role/*", "arn:aws:iam::123456789012:role/app", false],
  // Absent: what compares fails, what is negated holds, and IfExists holds.
  ["StringEquals", "blue", null, false],
  ["StringNotEquals", "blue", null, true],
  ["NumericLessThan", "10", null, false],
  ["NotIpAddress", "10.0.0.0/8", null, true],
  ["ArnNotLike", "arn:aws:iam::1:*", null, true],
  ["StringEqualsIfExists", "blue", null, true],
  ["StringEqualsIfExists", "blue", "red", false],
  ["StringNotEqualsIfExists", "blue", null, true],
  ["Null", "true", null, true],
  ["Null", "false", null, false],
  ["Null", "false", "blue", true],
  ["Null", "true", "blue", false],
  // Several values: AWS's table of ForAllValues and ForAnyValue.
  ["ForAllValues:StringEquals", ["red", "blue"], ["red"], true],
  ["ForAllValues:StringEquals", ["red", "blue"], ["red", "green"], false],
  ["ForAllValues:StringEquals", ["red", "blue"], null, true],
  ["ForAllValues:StringLike", "b*", ["blue", "black"], true],
  ["ForAllValues:StringNotEquals", ["red", "blue"], ["green", "white"], true],
  ["ForAllValues:StringNotEquals", ["red", "blue"], ["green", "red"], false],
  ["ForAnyValue:StringEquals", ["red", "blue"], ["green", "red"], true],
  ["ForAnyValue:StringEquals", ["red", "blue"], ["green"], false],
  ["ForAnyValue:StringEquals", ["red", "blue"], null, false],
  ["ForAnyValue:StringEqualsIfExists", ["red", "blue"], null, false],
  ["ForAnyValue:StringNotEquals", ["red", "blue"], ["red", "green"], true],
  ["ForAnyValue:StringNotEquals", ["red", "blue"], ["red", "blue"], false],
  ["forallvalues:stringequals", "red", ["red"], true],
];

for (const [operator, wanted, given, expected] of table) {
  const words = given === null ? "no value" : JSON.stringify(given);
  test(`conditions: ${operator} ${JSON.stringify(wanted)} ${expected ? "holds" : "does not hold"} for ${words}`, () => {
    assert.equal(holds(operator, wanted, given), expected);
  });
}

test("conditions: there are no other operators", () => {
  for (const written of [
    "",
    "Equals",
    "StringEqual",
    "ForAnyValue:",
    "ForAny:StringEquals",
    "NullIfExists",
    "ForAnyValue:Null",
    "IfExists",
    "constructor",
  ]) {
    assert.equal(readOperator(written), null, written);
  }
});

test("conditions: variables are filled in for strings and ARNs, and mean what is filled in", () => {
  assert.equal(holds("StringEquals", variable("aws:username"), "bob", { "aws:username": "bob" }), true);
  assert.equal(holds("StringLike", `${variable("aws:username")}/*`, "bob/x", { "aws:username": "bob" }), true);
  // What is filled in is no pattern.
  assert.equal(holds("StringLike", variable("aws:username"), "bob", { "aws:username": "*" }), false);
  assert.equal(holds("StringLike", variable("*"), "bob"), false);
  assert.equal(holds("StringLike", `${variable("*")}${variable("?")}${variable("$")}`, "*?$"), true);
  assert.equal(holds("StringEquals", variable("aws:PrincipalTag/team, 'nobody'"), "nobody"), true);
  assert.equal(
    holds("ArnLike", `arn:aws:iam::1:user/${variable("aws:username")}`, "arn:aws:iam::1:user/bob", {
      "aws:username": "bob",
    }),
    true,
  );
  assert.equal(holds("NumericEquals", variable("n"), "1", { n: "1" }), false);
});

test("conditions: a variable that the request does not have keeps the condition from holding, unless IfExists", () => {
  assert.equal(holds("StringEquals", variable("aws:username"), "bob"), false);
  assert.equal(holds("StringNotEquals", variable("aws:username"), "bob"), false);
  assert.equal(holds("StringNotEqualsIfExists", variable("aws:username"), "bob"), true);
  assert.equal(holds("StringEquals", variable("aws:username"), "bob", { "aws:username": ["bob", "eve"] }), false);
});

test("conditions: what is not known leaves open what depends on it, and nothing else", () => {
  const truth = (operator: string, values: readonly string[], known: Record<string, Values>) => {
    const read = readOperator(operator);
    assert.ok(read);
    return evaluateCondition({ operator: read, key: "key", values }, "2012-10-17", contextOf(known, "unknown"));
  };
  assert.deepEqual(truth("StringEquals", ["a"], {}), { truth: null, unknown: ["key"] });
  assert.deepEqual(truth("Null", ["true"], {}), { truth: null, unknown: ["key"] });
  assert.deepEqual(truth("StringEquals", [variable("who")], { key: "a" }), { truth: null, unknown: ["who"] });
  assert.deepEqual(truth("StringEquals", [variable("who"), "a"], { key: "a" }), { truth: true, unknown: [] });
  assert.deepEqual(truth("StringNotEquals", [variable("who"), "a"], { key: "a" }), { truth: false, unknown: [] });
  assert.deepEqual(truth("StringNotEquals", [variable("who"), "b"], { key: "a" }), { truth: null, unknown: ["who"] });
});
