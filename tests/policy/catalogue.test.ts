import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../src/findings/catalogue.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { checkDocuments } from "../../src/policy/check-documents.ts";
import { connectionOf } from "./sample.ts";

/** What a policy of the catalogue comes to, for somebody at an address inside 10.0.0.0/8. */
function findingsOf(text: string): readonly Finding[] {
  return checkDocuments([{ name: null, text }], connectionOf({ context: { "aws:SourceIp": "10.0.0.7" } })).findings;
}

const examples = catalogue.filter(({ group }) => group === "The policy");

test("policy: the catalogue has examples", () => {
  assert.equal(examples.length, 12);
});

for (const { id, wrong, right } of examples) {
  test(`policy: the catalogue's examples of ${id}`, () => {
    // That it stood in something else is said of either.
    const others = (text: string) =>
      findingsOf(text)
        .map(({ rule }) => rule)
        .filter((rule) => rule === id || rule !== "policy-unwrapped");
    assert.deepEqual(others(wrong), [id]);
    assert.deepEqual(others(right), []);
  });
}
