import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../src/findings/catalogue.ts";
import { nothingExpected } from "../../src/lint/expected.ts";
import { isFine, lint } from "../../src/lint/lint.ts";
import { rules } from "../../src/lint/registry.ts";
import { type Case, cases } from "./cases.ts";
import { expandExample } from "./expand.ts";
import { idsOf, judge, replicationGroup, serverless, token, tokenIds } from "./sample.ts";

function judged(given: Case): ReturnType<typeof judge> {
  return typeof given === "string" || given instanceof Uint8Array ? judge(given) : judge(given[0], given[1]);
}

for (const [id, { fails, passes }] of Object.entries(cases)) {
  for (const [index, given] of fails.entries()) {
    test(`lint: ${id}: fault ${index + 1} is found first, and with at most one other`, () => {
      const { findings } = judged(given);
      const found = findings.find(({ rule }) => rule === id);
      assert.ok(found, `found: ${findings.map(({ rule }) => rule).join(", ")}`);
      const same = findings.filter(({ severity }) => severity === found.severity);
      assert.equal(same[0]?.rule, id);
      assert.ok(same.length <= 2, same.map(({ rule }) => rule).join(", "));
      if (found.severity !== "error") assert.deepEqual(idsOf({ findings } as never, ["error"]), []);
      if (found.place) {
        assert.ok(found.place.from <= found.place.to && found.place.to <= found.place.text.length);
      }
    });
  }
  for (const [index, given] of passes.entries()) {
    test(`lint: ${id}: near miss ${index + 1} passes`, () => {
      assert.ok(!idsOf(judged(given)).includes(id));
    });
  }
}

test("lint: every rule has at least two faults and two near misses", () => {
  for (const { id } of rules) {
    const { fails, passes } = cases[id] ?? { fails: [], passes: [] };
    // Its fault is in how the text was handed in: the next test but two, and those of the whole program.
    if (id !== "final-newline-dropped") assert.ok(fails.length >= 2, id);
    assert.ok(passes.length >= 2, id);
  }
});

test("lint: the registry is the catalogue's order, without what only verify finds", () => {
  const verifyOnly = ["access-key-mismatch", "signature-mismatch"];
  assert.deepEqual(
    rules.map(({ id }) => id),
    tokenIds.filter((id) => !verifyOnly.includes(id)),
  );
});

test("lint: a good token has no finding", () => {
  assert.deepEqual(idsOf(judge(expandExample("my-cache/?Action=connect&…"), replicationGroup)), []);
});

test("lint: a line ending that stdin lost is told, and is no fault", () => {
  const bytes = new TextEncoder().encode(token());
  const result = lint({ bytes, expected: nothingExpected, at, finalNewlineDropped: true });
  assert.deepEqual(idsOf(result), ["final-newline-dropped"]);
  assert.equal(isFine(result.findings, true), true);
});

/** Half a minute after the good token was signed. */
const at = new Date("2025-01-31T12:00:30Z");

const flagged: Readonly<Record<string, object>> = {
  "--replication-group-id my-cache": { kind: "replication-group", service: "elasticache", name: "my-cache" },
  "--serverless-cache-name my-cache": { ...serverless, region: null, user: null },
  "-u my-user": { user: "my-user" },
  "--region us-east-1": { region: "us-east-1" },
  "--account-id 123456789012": { accountId: "123456789012" },
};
for (const { id, wrong, right, flags } of catalogue.filter(
  ({ id, flags }) => tokenIds.includes(id) && flags !== "verify" && flags !== "stdin",
)) {
  test(`lint: the catalogue's examples of ${id}`, () => {
    const expected = flags === null ? {} : flagged[flags];
    assert.ok(expected, `no expectation for ${flags}`);
    assert.equal(judge(expandExample(wrong), expected, at).findings[0]?.rule, id);
    assert.ok(!idsOf(judge(expandExample(right), expected, at)).includes(id));
  });
}
