import assert from "node:assert/strict";
import { test } from "node:test";
import { readUsersFile } from "../../src/emulate/users-file.ts";
import { catalogue } from "../../src/findings/catalogue.ts";
import type { Judgement } from "../../src/judge/judge.ts";
import { idsOf, judged, key, login, signed, world } from "./sample.ts";

/** A login as my-user with a good token of the file's own key, or of that of the right example. */
async function loginTo(text: string, right: string): Promise<Judgement> {
  const { cache, users, groups, keys } = readUsersFile(text);
  const [signer = key] = readUsersFile(right).keys ?? [];
  return judged(login(await signed({ key: signer })), {
    ...world,
    cache: cache?.record ?? undefined,
    users,
    groups,
    keys: keys ?? [{ ...key, policies: null }],
  });
}

const examples = catalogue.filter(({ group }) => group === "AWS's records");

test("records: the catalogue has examples", () => {
  assert.equal(examples.length, 15);
});

for (const { id, wrong, right } of examples) {
  test(`records: the catalogue's examples of ${id}`, async () => {
    assert.deepEqual(
      (await loginTo(wrong, right)).findings.map(({ rule }) => rule),
      [id],
    );
    assert.deepEqual(idsOf(await loginTo(right, right)), []);
  });
}
