import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../src/findings/catalogue.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { faultFindings } from "../../src/policy/fault-findings.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { check } from "./sample.ts";

/** What a policy of the catalogue comes to, for somebody at an address inside 10.0.0.0/8. */
function findingsOf(text: string): readonly Finding[] {
  const { document, faults } = parsePolicy(text);
  if (document === null) return faultFindings(faults);
  return check(document, { context: { "aws:SourceIp": "10.0.0.7" } }).findings;
}

const examples = catalogue.filter(({ group }) => group === "The policy");

test("policy: the catalogue has examples", () => {
  assert.equal(examples.length, 10);
});

for (const { id, wrong, right } of examples) {
  test(`policy: the catalogue's examples of ${id}`, () => {
    assert.deepEqual(
      findingsOf(wrong).map(({ rule }) => rule),
      [id],
    );
    assert.deepEqual(findingsOf(right), []);
  });
}
