import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { catalogue } from "../../src/findings/catalogue.ts";
import { explains, withoutConsequences } from "../../src/findings/explains.ts";
import { findingIds } from "../../src/findings/ids.ts";

const ids = Object.keys(findingIds);

test("findings: the catalogue explains every id, in the order of the ids", () => {
  assert.deepEqual(
    catalogue.map(({ id }) => id),
    ids,
  );
});

test("findings: every explanation says something in each of its parts, as sentences", () => {
  for (const { id, says, why, fix, reference, wrong, right } of catalogue) {
    assert.doesNotMatch(says, /[.]$/, id);
    for (const text of [why, fix]) assert.match(text, /^[A-Z].*\.$/s, id);
    for (const text of [reference, wrong, right]) assert.notEqual(text, "", id);
    // What only verify sees does not show in a text.
    if (id !== "signature-mismatch") assert.notEqual(wrong, right, id);
  }
});

test("findings: what explains and what is explained are ids, and nothing explains itself", () => {
  for (const [cause, consequences] of Object.entries(explains)) {
    assert.ok(ids.includes(cause), cause);
    for (const consequence of consequences ?? []) {
      assert.ok(ids.includes(consequence), consequence);
      assert.notEqual(cause, consequence);
    }
  }
});

test("findings: what follows from an error is left out; a warning explains no error away", () => {
  const of = (rule: "name-is-endpoint" | "name-has-port" | "unwrapped", severity: string) => ({ rule, severity });
  const cause = of("name-is-endpoint", "error");
  assert.deepEqual(withoutConsequences([cause, of("name-has-port", "error")]), [cause]);
  const both = [of("name-is-endpoint", "warning"), of("name-has-port", "error")];
  assert.deepEqual(withoutConsequences(both), both);
});

test("findings: every id has its section in the page that is made from the catalogue", () => {
  const page = readFileSync(join(dirname(dirname(import.meta.dirname)), "src/findings/README.md"), "utf8");
  assert.deepEqual(
    [...page.matchAll(/^### (.*)$/gm)].map(([, id]) => id),
    ids,
  );
});
