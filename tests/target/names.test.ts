import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { optionNaming } from "../../src/naming.ts";
import type { Kind } from "../../src/target/kinds.ts";
import { checkCacheName as check, checkUser } from "../../src/target/names.ts";

import { runs } from "../runs.ts";

const checkCacheName = (kind: Kind, name: string) => check(kind, name, optionNaming);

const good: readonly (readonly [Kind, string])[] = [
  ["replication-group", "a"],
  ["replication-group", "a".repeat(40)],
  ["replication-group", "a-1-b2"],
  ["serverless-cache", "a".repeat(41)],
  ["memorydb-cluster", "a1"],
];

for (const [kind, name] of good) {
  test(`${kind} ${name.slice(0, 20)} (${name.length}) is a name`, () => {
    assert.deepEqual(checkCacheName(kind, name), { value: name, notices: [] });
  });
}

/** Outside AWS's syntax, and a word of the remedy. */
const bad: readonly (readonly [Kind, string, RegExp])[] = [
  ["replication-group", "a".repeat(41), /console/],
  ["replication-group", "1a", /first is a letter/],
  ["replication-group", "a--b", /single hyphens/],
  ["replication-group", "a-", /last is no hyphen/],
  ["replication-group", "-a", /first is a letter/],
  ["replication-group", "a_b", /Allowed/],
  ["replication-group", "a b", /Allowed/],
  ["replication-group", "a\n", /white space/],
  ["replication-group", "master.a.abc123.use1.cache.amazonaws.com", /endpoint/],
  ["replication-group", "arn:aws:elasticache:us-east-1:1:replicationgroup:a", /ARN/],
  ["replication-group", "\u212aa", /Allowed/],
  ["serverless-cache", "a/b", /Allowed/],
  ["memorydb-cluster", "a.b", /endpoint/],
  ["memorydb-cluster", "a-", /Allowed/],
];

for (const [kind, name, hint] of bad) {
  test(`${kind} ${JSON.stringify(name.slice(0, 30))} is refused before anything is signed`, () => {
    assert.throws(() => checkCacheName(kind, name), { code: "name-invalid", hint });
  });
}

test("an empty name is missing", () => {
  assert.throws(() => checkCacheName("replication-group", ""), { code: "name-missing" });
});

test("upper case is lowered, with a notice", () => {
  const { value, notices } = checkCacheName("replication-group", "My-Cache");
  assert.equal(value, "my-cache");
  assert.deepEqual(
    notices.map(({ code }) => code),
    ["name-lowercased"],
  );
});

test("a MemoryDB name that is only unusual is a notice: AWS documents no pattern", () => {
  for (const name of ["a".repeat(41), "a--b", "1a"]) {
    const { value, notices } = checkCacheName("memorydb-cluster", name);
    assert.equal(value, name);
    assert.deepEqual(
      notices.map(({ code }) => code),
      ["name-unusual"],
    );
  }
});

const users: readonly (readonly [Kind, string, boolean])[] = [
  ["replication-group", "u", true],
  ["replication-group", "my-user-01", true],
  ["replication-group", "default.iam-user", true],
  ["serverless-cache", "default.iam-user", true],
  ["memorydb-cluster", "default.iam-user", false],
  ["memorydb-cluster", "my-user", true],
  ["replication-group", "1user", false],
  ["replication-group", "a.b", false],
  ["replication-group", "a_b", false],
  ["replication-group", "u\n", false],
  ["replication-group", " u", false],
  ["replication-group", "arn:aws:elasticache:us-east-1:1:user:u", false],
  ["replication-group", "\u212a", false],
];

for (const [kind, user, fine] of users) {
  test(`user ${JSON.stringify(user)} of a ${kind} is ${fine ? "taken" : "refused"}`, () => {
    if (fine) assert.deepEqual(checkUser(kind, user), { value: user, notices: [] });
    else assert.throws(() => checkUser(kind, user), { code: "user-invalid" });
  });
}

test("a user in upper case is lowered, with a notice", () => {
  assert.deepEqual(
    checkUser("replication-group", "APP").notices.map(({ code }) => code),
    ["user-lowercased"],
  );
});

test("property: what is taken is lower case and stays so", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 50 }), (text) => {
      for (const checked of [checkCacheName, checkUser]) {
        let value: string;
        try {
          value = checked("replication-group", text).value;
        } catch {
          continue;
        }
        assert.match(value, /^[a-z][a-z0-9.-]*$/);
        assert.deepEqual(checked("replication-group", value), { value, notices: [] });
      }
    }),
    runs(2_000),
  );
});
