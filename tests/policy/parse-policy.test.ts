import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { faultFindings } from "../../src/policy/fault-findings.ts";
import { parsePolicy, readPolicy } from "../../src/policy/parse-policy.ts";
import { runs } from "../runs.ts";
import { refusedPolicies } from "./refused.ts";

const statement = { Effect: "Allow", Action: "elasticache:Connect", Resource: "*" };
const faultsOf = (value: unknown) =>
  parsePolicy(JSON.stringify(value)).faults.map(({ place, what }) => (place === null ? what : `${place}: ${what}`));

test("parse-policy: a policy as AWS's own guide prints it", () => {
  // AmazonElastiCache/latest/dg/auth-iam.html, Setup.
  const { document } = parsePolicy(`{
    "Version" : "2012-10-17",
    "Statement": [
      {
        "Effect" : "Allow",
        "Action" : ["elasticache:Connect"],
        "Resource" : [
          "arn:aws:elasticache:us-east-1:123456789012:replicationgroup:replicationgroup-01",
          "arn:aws:elasticache:us-east-1:123456789012:user:iam-user-01"
        ]
      }
    ]
  }`);
  assert.equal(document?.source?.text.slice(document.source.statements[0]?.from).slice(0, 1), "{");
  assert.deepEqual(document, {
    name: null,
    source: document?.source,
    version: "2012-10-17",
    statements: [
      {
        sid: null,
        effect: "Allow",
        actions: { not: false, patterns: ["elasticache:Connect"] },
        resources: {
          not: false,
          patterns: [
            "arn:aws:elasticache:us-east-1:123456789012:replicationgroup:replicationgroup-01",
            "arn:aws:elasticache:us-east-1:123456789012:user:iam-user-01",
          ],
        },
        conditions: [],
      },
    ],
  });
});

test("parse-policy: one statement needs no list, an old one no version, and values may be numbers and truth values", () => {
  const { document } = parsePolicy(
    JSON.stringify({
      Id: "x",
      Statement: { ...statement, Sid: "", Condition: { Bool: { a: true }, NumericEquals: { n: [1, "2"] } } },
    }),
  );
  assert.equal(document?.version, "2008-10-17");
  const [only] = document?.statements ?? [];
  assert.equal(only?.sid, null);
  assert.deepEqual(
    only?.conditions.map(({ operator, key, values }) => [operator.written, key, values]),
    [
      ["Bool", "a", ["true"]],
      ["NumericEquals", "n", ["1", "2"]],
    ],
  );
});

for (const [value, says] of refusedPolicies) {
  test(`parse-policy: refused: ${says}`, () => assert.deepEqual(faultsOf(value), [says]));
}

test("parse-policy: what was meant is named where it is near", () => {
  const fixOf = (more: object) => parsePolicy(JSON.stringify({ Statement: { ...statement, ...more } })).faults[0]?.fix;
  assert.equal(fixOf({ condition: {} }), "Write Condition, letter by letter.");
  assert.equal(fixOf({ Condition: { "ForAnyValue:StringLikes": { a: "b" } } }), "Did you mean StringLike?");
  assert.match(fixOf({ Foo: {} }) ?? "", /^Take it out; there are Sid, Effect/);
});

test("parse-policy: text that is no JSON is told with its place, and an empty one as that", () => {
  assert.deepEqual(parsePolicy('{"Version": "2012-10-17",}').faults, [
    { place: "line 1, column 26", what: "there is a comma before }", fix: "Mend the JSON at that place." },
  ]);
  const [finding] = faultFindings(parsePolicy("").faults, "policy.json");
  assert.equal(finding?.message, "IAM would not take policy.json: the file is empty.");
});

test("parse-policy: every fault is a finding, in the order of the document", () => {
  const text = JSON.stringify({ Statement: [{ Sid: "A", Effect: "allow", Action: "x", Resource: "*" }, {}] });
  const findings = faultFindings(parsePolicy(text).faults);
  assert.deepEqual(
    findings.map(({ message }) => message),
    [
      "IAM would not take the policy: in statement 1 (A) Effect is neither Allow nor Deny.",
      'IAM would not take the policy: in statement 1 (A) "x" is no action.',
      "IAM would not take the policy: in statement 2 Effect is missing.",
      "IAM would not take the policy: in statement 2 Action is missing.",
      "IAM would not take the policy: in statement 2 Resource is missing.",
    ],
  );
});

test("parse-policy: whatever it is given, it never throws", () => {
  const names = fc.constantFrom(
    "Version",
    "Statement",
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "Condition",
    "StringEquals",
    "__proto__",
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.constantFrom<unknown>("Allow", "2012-10-17", "a:b", "*", 1, true, null, ""),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(names, tie("any"), { maxKeys: 5 }),
    ),
  })).any;
  fc.assert(
    fc.property(value, (given) => {
      const { document, faults } = readPolicy(given);
      assert.equal(document === null, faults.length > 0);
    }),
    runs(2000),
  );
});
