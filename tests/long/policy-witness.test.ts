/** IAM's evaluation against that of an independent implementation, MiniStack's (PyPI ministack), for random policies. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { connectContext } from "../../src/policy/condition-keys.ts";
import { connectAction } from "../../src/policy/connect-arns.ts";
import { contextOf } from "../../src/policy/context.ts";
import { evaluate } from "../../src/policy/evaluate.ts";
import { readPolicy } from "../../src/policy/parse-policy.ts";
import { arns, targets } from "../policy/sample.ts";
import { policyVectors } from "../vectors/policies.ts";
import { ministackPython } from "./ministack.ts";

const python = ministackPython();

const witness = `
import json, sys
from ministack.core.iam_evaluator import EvalContext, evaluate, parse_policy_document
answers = []
for case in json.load(sys.stdin):
    context = EvalContext(
        principal_arn="arn:aws:iam::123456789012:user/somebody", principal_type="User", principal_account="123456789012",
        action=case["action"], resource_arn=case["resource"], region="us-east-1", source_ip="203.0.113.7",
        secure_transport=False, service_context=case["context"])
    answers.append(evaluate(context, [parse_policy_document(policy) for policy in case["policies"]]).decision)
json.dump(answers, sys.stdout)
`;

const account = "arn:aws:elasticache:us-east-1:123456789012:";
const resources = [`${account}user:my-user`, `${account}user:other`, `${account}replicationgroup:my-cache`];
const oneOrMore = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));

const operand = {
  text: fc.constantFrom("blue", "Blue", "b*", "bl?e", "red", "*", ""),
  number: fc.constantFrom("1", "2", "10", "1.0", "-3", "2.5"),
  date: fc.constantFrom("2025-01-31T12:00:00Z", "2025-01-31T13:00:00+01:00", "2025-02-01T00:00:00Z", "1738324800"),
  truth: fc.constantFrom("true", "false"),
  address: fc.constantFrom("10.0.0.0/8", "10.1.2.3", "10.1.2.0/25", "2001:db8::/32", "0.0.0.0/0", "::/0"),
  arn: fc.constantFrom(
    "arn:aws:iam::1:role/app",
    "arn:aws:iam::*:role/app",
    "arn:aws:iam::1:role/*",
    "arn:aws:iam::?:role/a*",
  ),
};
const operators: Readonly<Record<string, readonly [names: readonly string[], values: fc.Arbitrary<string>]>> = {
  text: [
    [
      "StringEquals",
      "StringNotEquals",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
      "StringLike",
      "StringNotLike",
    ],
    operand.text,
  ],
  number: [
    [
      "NumericEquals",
      "NumericNotEquals",
      "NumericLessThan",
      "NumericLessThanEquals",
      "NumericGreaterThan",
      "NumericGreaterThanEquals",
    ],
    operand.number,
  ],
  date: [
    ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"],
    operand.date,
  ],
  truth: [["Bool"], operand.truth],
  address: [["IpAddress", "NotIpAddress"], operand.address],
  arn: [["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"], operand.arn],
};

/** What the request has for a key of each kind: never a pattern, and some more than once. */
const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
  text: fc.constantFrom("blue", "Blue", "black", "red"),
  number: fc.constantFrom("1", "2", "10", "2.5"),
  date: fc.constantFrom("2025-01-31T12:00:00Z", "2025-01-31T12:00:01Z"),
  truth: fc.constantFrom("true", "false"),
  address: fc.constantFrom("10.1.2.3", "192.0.2.1", "2001:db8::7"),
  arn: fc.constantFrom("arn:aws:iam::1:role/app", "arn:aws:iam::2:user/app"),
};

const condition = fc.constantFrom(...Object.keys(operators)).chain((kind) => {
  const [names = [], wanted] = operators[kind] ?? [];
  const single = fc.tuple(fc.constantFrom(...names), fc.constantFrom("", "IfExists")).map((parts) => parts.join(""));
  // A set is compared with text; several values of one key need a quantifier.
  const many = fc
    .tuple(fc.constantFrom("ForAllValues:", "ForAnyValue:"), fc.constantFrom(...names))
    .map((parts) => parts.join(""));
  const missing = fc.record({ Null: fc.record({ [`t:${kind}`]: fc.constantFrom("true", "false") }) });
  const of = (operator: fc.Arbitrary<string>, key: string) =>
    fc.tuple(operator, oneOrMore(wanted ?? operand.text)).map(([name, value]) => ({ [name]: { [key]: value } }));
  return fc.oneof(of(single, `t:${kind}`), of(many, `t:many:${kind}`), missing);
});

const statement = fc
  .record(
    {
      Effect: fc.constantFrom("Allow", "Allow", "Deny"),
      Action: oneOrMore(
        fc.constantFrom(
          "elasticache:Connect",
          "elasticache:connect",
          "elasticache:*",
          "elasticache:C?nnect",
          "s3:*",
          "*",
        ),
      ),
      Resource: oneOrMore(
        fc.constantFrom(
          "*",
          ...resources,
          `${account}user:*`,
          "arn:aws:elasticache:*",
          `${account}User:my-user`,
          `${account}user:my-us?r`,
        ),
      ),
      Condition: condition,
    },
    { requiredKeys: ["Effect", "Action", "Resource"] },
  )
  .chain((plain) =>
    fc.constantFrom(
      plain,
      plain,
      { ...plain, NotAction: plain.Action, Action: undefined },
      { ...plain, NotResource: plain.Resource, Resource: undefined },
    ),
  );

const context = fc.record(
  {
    ...Object.fromEntries(Object.entries(values).map(([kind, value]) => [`t:${kind}`, value])),
    ...Object.fromEntries(
      Object.entries(values).map(([kind, value]) => [
        `t:many:${kind}`,
        fc.array(value, { minLength: 1, maxLength: 3 }),
      ]),
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, string | string[]>>;

const theCase = fc.record({
  policies: fc.array(fc.array(statement, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
  action: fc.constantFrom("elasticache:Connect", "s3:GetObject"),
  resource: fc.constantFrom(...resources),
  context,
});

const decisions = { Allow: "allowed", Deny: "explicit-deny", ImplicitDeny: "implicit-deny" } as const;

interface Case {
  readonly policies: readonly unknown[];
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, unknown>>;
}

function asked(python: string, cases: readonly Case[]): readonly (keyof typeof decisions)[] {
  const input = JSON.stringify(cases);
  return JSON.parse(execFileSync(python, ["-c", witness], { input, encoding: "utf8", maxBuffer: 1 << 26 }));
}

test("policy: decided as MiniStack decides", { skip: python === null }, () => {
  if (python === null) return;
  const cases = fc.sample(theCase, { numRuns: 4000, seed: 42 }).map(({ policies, ...request }) => ({
    ...request,
    policies: policies.map((Statement) => JSON.parse(JSON.stringify({ Version: "2012-10-17", Statement }))),
  }));
  const answers = asked(python, cases);
  assert.equal(answers.length, cases.length);
  const counts = { allowed: 0, "explicit-deny": 0, "implicit-deny": 0 };
  for (const [index, one] of cases.entries()) {
    const documents = one.policies.map((policy: unknown) => {
      const { document, faults } = readPolicy(policy);
      assert.ok(document, JSON.stringify(faults));
      return document;
    });
    const known = contextOf(one.context, "absent");
    const { decision } = evaluate(documents, { action: one.action, resource: one.resource, context: known });
    const answer = decisions[answers[index] ?? "ImplicitDeny"];
    assert.equal(decision, answer, JSON.stringify(one));
    counts[answer] += 1;
  }
  // All three were among them.
  assert.ok(Math.min(...Object.values(counts)) > 200, JSON.stringify(counts));
});

/** MiniStack takes its own values for the keys of IAM; under another name it takes what it is given. */
function renamed<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replace(/(?<!arn:)\baws:(?=[a-z])/gi, "w:"));
}

/** It fills in no variables: those policies it does not take for what AWS's page says. */
const withVariables = ["variable-user", "variable-stand-in", "variable-tag-equals-tag"];

test("policy: the vectors are decided as MiniStack decides them", { skip: python === null }, () => {
  if (python === null) return;
  const known = policyVectors.filter(({ others, id }) => others === "absent" && !withVariables.includes(id));
  const cases = known.flatMap(({ policies, kind, context }) => {
    const there = connectContext(targets[kind].kind, contextOf(context, "absent"));
    const keys = Object.entries(context).filter(([key]) => there(key.toLowerCase()) !== "absent");
    return (["cache", "user"] as const).map((role) => ({
      policies: renamed(policies),
      action: connectAction(targets[kind].kind),
      resource: arns[kind][role],
      context: Object.fromEntries(keys.map(([key, value]) => [renamed(key).toLowerCase(), value])),
    }));
  });
  const answers = asked(python, cases).map((answer) => decisions[answer]);
  const expected = known.flatMap(({ decisions: { cache, user } }) => [cache, user]);
  const wrong = known.filter((_, index) =>
    [0, 1].some((role) => answers[index * 2 + role] !== expected[index * 2 + role]),
  );
  assert.deepEqual(
    wrong.map(({ id }) => id),
    [],
  );
  assert.ok(known.length >= 100, `${known.length}`);
});
