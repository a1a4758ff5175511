/** AWS-side situations, each named by whoever judges a login and, where no token tells it, by AWS's records alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../src/findings/finding.ts";
import { allKinds } from "../../src/target/kinds.ts";
import { goodWorld, judgedIn } from "./good-worlds.ts";
import { judgedByRecords } from "./judged-by-records.ts";
import { type Cause, situationsByKind } from "./situations.ts";

test("situations: a good world of each kind has nothing that is said", async () => {
  for (const kind of allKinds) {
    const world = goodWorld(kind);
    assert.deepEqual(await judgedIn(world), { accepted: true, findings: [] });
    assert.deepEqual(judgedByRecords(world), []);
  }
});

test("situations: there are enough of them", () => {
  assert.ok(new Set(situationsByKind.map(({ name }) => name)).size >= 40);
});

for (const { title, kind, change, cause, byRecords, only } of situationsByKind) {
  const world = change(goodWorld(kind));
  if (only !== "records") {
    test(`situations: ${title}: of a login`, async () => {
      const { accepted, findings } = await judgedIn(world);
      assertFirst(findings, cause);
      assert.equal(accepted, cause?.severity !== "error");
    });
  }
  if (only !== "login") {
    test(`situations: ${title}: of AWS's records`, () => {
      assertFirst(judgedByRecords(world), byRecords ?? cause);
    });
  }
}

function assertFirst(findings: readonly Finding[], cause: Cause | null): void {
  if (cause === null) {
    assert.deepEqual(findings, []);
    return;
  }
  const [first] = findings;
  const { rule, severity, likelihood, fix } = cause;
  assert.deepEqual([first?.rule, first?.severity, first?.likelihood], [rule, severity, likelihood]);
  assert.match(first?.fix ?? "", fix);
}
