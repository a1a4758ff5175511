import assert from "node:assert/strict";
import { test } from "node:test";
import { checkDocuments } from "../../src/policy/check-documents.ts";
import { connectContext } from "../../src/policy/condition-keys.ts";
import { connectAction } from "../../src/policy/connect-arns.ts";
import { contextOf } from "../../src/policy/context.ts";
import { evaluate } from "../../src/policy/evaluate.ts";
import { policyVectors } from "../vectors/policies.ts";
import { arns, connectionOf, parsed, targets } from "./sample.ts";

test("vectors: at least a hundred policies, some allowed, some denied, some depending", () => {
  assert.ok(policyVectors.length >= 100);
  for (const connect of ["allowed", "denied", "depends"]) {
    assert.ok(policyVectors.filter((vector) => vector.connect === connect).length >= 10, connect);
  }
  assert.equal(new Set(policyVectors.map(({ id }) => id)).size, policyVectors.length);
  assert.ok(policyVectors.every(({ source }) => source.length > 10));
});

for (const { id, kind, policies, context, others, connect, decisions, first } of policyVectors) {
  test(`vectors: ${id}: ${connect}`, () => {
    const texts = policies.map((policy) => JSON.stringify(policy));
    const documents = texts.map((text) => parsed(text));
    const request = { action: connectAction(targets[kind].kind), context: requestContext() };
    for (const role of ["cache", "user"] as const) {
      assert.equal(evaluate(documents, { ...request, resource: arns[kind][role] }).decision, decisions[role], role);
    }
    const connection = connectionOf({ target: targets[kind], context, otherwise: others });
    const judged = checkDocuments(
      texts.map((text) => ({ name: null, text })),
      connection,
    );
    assert.equal(judged.connect, connect);
    const [finding] = judged.findings;
    if (first === null) return assert.deepEqual(judged.findings, []);
    const { rule, severity, likelihood, fix } = finding ?? {};
    assert.deepEqual(
      { rule, severity, likelihood },
      { rule: first.rule, severity: first.severity, likelihood: first.likelihood },
      finding?.message,
    );
    assert.ok(fix?.includes(first.remedy), fix);

    function requestContext() {
      return connectContext(targets[kind].kind, contextOf(context, others));
    }
  });
}
