import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { contextOf } from "../../src/policy/context.ts";
import type { PolicyDocument } from "../../src/policy/document.ts";
import { type Evaluation, evaluate } from "../../src/policy/evaluate.ts";
import { runs } from "../runs.ts";
import { arns, parsed, policy, type StatementText, variable } from "./sample.ts";

function decide(
  documents: readonly PolicyDocument[],
  { action = "elasticache:Connect", resource = arns.group.user as string, context = contextOf({}, "unknown") } = {},
): Evaluation["decision"] {
  return evaluate(documents, { action, resource, context }).decision;
}

test("evaluate: without a statement that allows, nothing is allowed", () => {
  assert.equal(decide([]), "implicit-deny");
  assert.equal(decide([policy({ Action: "elasticache:Describe*" })]), "implicit-deny");
  assert.equal(decide([policy({ Resource: arns.group.cache })]), "implicit-deny");
});

test("evaluate: actions are compared without regard to case, with wildcards; resources with", () => {
  for (const Action of [
    "elasticache:connect",
    "ELASTICACHE:CONNECT",
    "elasticache:*",
    "elasticache:Conn?ct",
    "*",
    "*:*",
  ]) {
    assert.equal(decide([policy({ Action })]), "allowed", Action);
  }
  assert.equal(decide([policy({ Action: ["s3:*", "elasticache:Connect"] })]), "allowed");
  assert.equal(decide([policy({ Resource: arns.group.user.replace("my-user", "My-User") })]), "implicit-deny");
});

test("evaluate: NotAction and NotResource are all but what they name", () => {
  assert.equal(decide([policy({ NotAction: "iam:*" })]), "allowed");
  assert.equal(decide([policy({ NotAction: ["iam:*", "elasticache:Con*"] })]), "implicit-deny");
  assert.equal(decide([policy({ NotResource: arns.group.cache })]), "allowed");
  assert.equal(decide([policy({ NotResource: "arn:aws:elasticache:*" })]), "implicit-deny");
  assert.equal(decide([policy({}, { Effect: "Deny", NotResource: arns.group.user })]), "allowed");
  assert.equal(decide([policy({}, { Effect: "Deny", NotResource: arns.group.cache })]), "explicit-deny");
});

test("evaluate: one statement that denies wins, in whichever policy it stands", () => {
  const allow = policy({});
  const deny = policy({ Effect: "Deny", Action: "elasticache:Connect" });
  assert.equal(decide([allow, deny]), "explicit-deny");
  assert.equal(decide([deny, allow]), "explicit-deny");
  const { statements } = evaluate([allow, deny], {
    action: "elasticache:Connect",
    resource: arns.group.user,
    context: contextOf({}, "unknown"),
  });
  assert.deepEqual(statements, [{ document: 1, statement: 0 }]);
});

test("evaluate: all conditions of a statement must hold", () => {
  const Condition = { StringEquals: { a: "1", b: "2" }, NumericLessThan: { n: "5" } };
  const context = (values: Record<string, string>) => ({ context: contextOf(values, "absent") });
  assert.equal(decide([policy({ Condition })], context({ a: "1", b: "2", n: "4" })), "allowed");
  assert.equal(decide([policy({ Condition })], context({ a: "1", b: "3", n: "4" })), "implicit-deny");
  assert.equal(decide([policy({ Condition })], context({ A: "1", B: "2", N: "4" })), "allowed");
  assert.equal(decide([policy({ Condition: {} })]), "allowed");
});

test("evaluate: what is not known is told only where it matters", () => {
  const unknown = { StringEquals: { tag: "x" } };
  assert.equal(decide([policy({ Condition: unknown })]), "depends");
  assert.equal(decide([policy({ Condition: unknown }, {})]), "allowed");
  assert.equal(decide([policy({ Effect: "Deny", Condition: unknown })]), "implicit-deny");
  assert.equal(decide([policy({ Effect: "Deny", Condition: unknown }, {})]), "depends");
  assert.equal(decide([policy({ Effect: "Deny", Condition: unknown }, { Effect: "Deny" }, {})]), "explicit-deny");
  assert.equal(decide([policy({ Condition: unknown, Resource: arns.group.cache })]), "implicit-deny");
  const found = evaluate([policy({ Sid: "A", Condition: unknown }, { Condition: { Bool: { mfa: "true" } } })], {
    action: "elasticache:Connect",
    resource: arns.group.user,
    context: contextOf({}, "unknown"),
  });
  assert.deepEqual(found, {
    decision: "depends",
    statements: [
      { document: 0, statement: 0 },
      { document: 0, statement: 1 },
    ],
    unknownKeys: ["tag", "mfa"],
  });
});

test("evaluate: variables in resources, in the newer version alone", () => {
  const Resource = `arn:aws:elasticache:us-east-1:123456789012:user:${variable("aws:username")}`;
  const known = { context: contextOf({ "aws:username": "my-user" }, "absent") };
  assert.equal(decide([policy({ Resource })], known), "allowed");
  assert.equal(decide([policy({ Resource })]), "depends");
  assert.equal(decide([policy({ Resource })], { context: contextOf({}, "absent") }), "implicit-deny");
  assert.equal(decide([policy({ NotResource: Resource })], { context: contextOf({}, "absent") }), "implicit-deny");
  assert.equal(decide([policy({ NotResource: Resource })], known), "implicit-deny");
  const statement = { Effect: "Allow", Action: "elasticache:Connect", Resource };
  for (const Version of ["2008-10-17", undefined]) {
    assert.equal(decide([parsed(JSON.stringify({ Version, Statement: statement }))], known), "implicit-deny");
  }
});

/** Statements about a few actions and resources, some with a condition on a tag. */
const statements = fc.array(
  fc.record(
    {
      Effect: fc.constantFrom("Allow" as const, "Deny" as const),
      Action: fc.constantFrom("elasticache:Connect", "elasticache:*", "s3:*", "*"),
      Resource: fc.constantFrom<string>(arns.group.user, arns.group.cache, "*", "arn:aws:elasticache:*:*:user:*"),
      Condition: fc.constantFrom(
        { StringEquals: { tag: "x" } },
        { StringNotEquals: { tag: "x" } },
        { Null: { tag: "true" } },
      ),
    },
    { requiredKeys: ["Effect", "Action", "Resource"] },
  ),
  { minLength: 1, maxLength: 4 },
);
const contexts = fc.constantFrom(
  contextOf({}, "unknown"),
  contextOf({}, "absent"),
  contextOf({ tag: "x" }, "absent"),
  contextOf({ tag: "y" }, "absent"),
);
const allowance = { "explicit-deny": 0, "implicit-deny": 0, depends: 1, allowed: 2 } as const;

test("evaluate: adding a Deny never allows more, adding an Allow never less", () => {
  fc.assert(
    fc.property(statements, statements, contexts, (first, more, context) => {
      const before = decide([policy(...first)], { context });
      const add = (Effect: "Allow" | "Deny") => {
        const added = more.map((statement): StatementText => ({ ...statement, Effect }));
        return decide([policy(...first), policy(...added)], { context });
      };
      assert.ok(allowance[add("Deny")] <= allowance[before]);
      assert.ok(allowance[add("Allow")] >= allowance[before]);
    }),
    runs(500),
  );
});

test("evaluate: what is decided without knowing a key is decided the same whatever it is", () => {
  fc.assert(
    fc.property(statements, (all) => {
      const decided = decide([policy(...all)], { context: contextOf({}, "unknown") });
      const each = [{}, { tag: "x" }, { tag: "y" }].map((known) =>
        decide([policy(...all)], { context: contextOf(known, "absent") }),
      );
      // Whether a denial is explicit may depend on it.
      const plain = (decision: Evaluation["decision"]) => (decision.endsWith("deny") ? "deny" : decision);
      if (decided !== "depends")
        assert.deepEqual(
          each.map(plain),
          each.map(() => plain(decided)),
        );
    }),
    runs(500),
  );
});

test("evaluate: the order of policies and statements means nothing", () => {
  fc.assert(
    fc.property(statements, contexts, (all, context) => {
      const reversed = [...all].reverse();
      assert.equal(
        decide([policy(...all)], { context }),
        decide(
          reversed.map((one) => policy(one)),
          { context },
        ),
      );
    }),
    runs(300),
  );
});
