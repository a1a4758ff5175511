/** The situations of the judge, each named first by doctor, over the answers of AWS and a cache that refuses the login for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { allKinds } from "../../src/target/kinds.ts";
import { goodWorld } from "../judge/good-worlds.ts";
import { situationsByKind } from "../judge/situations.ts";
import { examine } from "./examine.ts";

for (const kind of allKinds) {
  test(`doctor: a good ${kind} is all good`, async () => {
    const { code, answer, causes } = await examine({ world: goodWorld(kind) });
    assert.deepEqual(causes, []);
    assert.deepEqual(
      answer.checks.map(({ name, status }) => `${name} ${status}`),
      "credentials clock token network login cache user policy".split(" ").map((name) => `${name} ok`),
    );
    assert.deepEqual([code, answer.ok], [0, true]);
  });
}

for (const { title, kind, change, cause, byRecords, only } of situationsByKind) {
  if (only === "login") continue;
  test(`doctor: ${title}`, async () => {
    const { code, answer } = await examine({ world: change(goodWorld(kind)) });
    const [first] = answer.verdict.causes;
    const expected = byRecords ?? cause;
    if (expected === null) {
      assert.deepEqual([code, answer.verdict.causes], [0, []]);
      return;
    }
    const { rule, severity, likelihood, fix } = expected;
    // Where the login works all the same, nothing is an error.
    const told = code === 0 && severity === "error" ? ["warning", "possible"] : [severity, likelihood];
    assert.deepEqual([first?.rule, first?.severity, first?.likelihood], [rule, ...told]);
    assert.match(first?.fix ?? "", fix);
    // Where another check knows the cause, the login guesses at none.
    const login = answer.checks.find(({ name }) => name === "login");
    if (login?.status === "failed" && first?.rule !== "wrongpass" && first?.likelihood !== "possible") {
      const said = login.findings.map(({ message }) => message).join(" ");
      assert.doesNotMatch(said, /the cause is in|perhaps|may be/i);
      if (login.findings[0]?.rule === "wrongpass") assert.match(said, new RegExp(`tells why: ${first?.rule}\\.`));
    }
    // Who judges a login may let in what the records alone cannot tell.
    assert.equal(code === 0, cause?.severity !== "error");
  });
}
