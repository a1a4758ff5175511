/** Whatever AWS, or who answers in its place, says: doctor ends, keeps its schema, and shows nothing that acts on a terminal. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Group, User, World } from "../../src/judge/world.ts";
import { allKinds } from "../../src/target/kinds.ts";
import { allowing, goodWorld } from "../judge/good-worlds.ts";
import { key } from "../judge/situations/make.ts";
import { runs } from "../runs.ts";
import { type Examination, examine } from "./examine.ts";

const exits = [0, 1, 3, 4, 5];

async function holds(given: Examination): Promise<void> {
  // The schema is held by examine.
  const { code, answer } = await examine(given);
  assert.ok(exits.includes(code), String(code));
  const text = JSON.stringify(answer);
  assert.doesNotMatch(text, /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  assert.doesNotMatch(text, /undefined|NaN|\[object/);
  for (const { message, fix } of answer.verdict.causes) {
    assert.notEqual(message, "");
    // What stands in a command was not ended by what came from outside.
    assert.equal(fix.split("`").length % 2, 1, fix);
  }
}

const odd = fc.constantFrom(
  "",
  "a",
  "My-User",
  "x`y",
  "$(id)",
  "\u001b[2J",
  "\u202eabc",
  "<&>\"'",
  "ü".repeat(300),
  "__proto__",
  "default",
);
const name = fc.oneof({ weight: 2, arbitrary: fc.constantFrom("my-user", "default", "my-group") }, odd);
const status = fc.oneof(fc.constantFrom("active", "available", "modifying", "deleting", "Creating"), odd);
const users: fc.Arbitrary<User> = fc.record({
  id: name,
  name,
  authentication: fc.constantFrom("iam", "password", "no-password"),
  enabled: fc.boolean(),
  access: fc.oneof(fc.constantFrom("on ~* +@all", "off ~* -@all", "on (~a +get", "on +@nothing"), odd),
  status,
});
const groups: fc.Arbitrary<Group> = fc.record({
  id: name,
  users: fc.array(name, { maxLength: 3 }),
  attached: fc.boolean(),
  joining: fc.option(fc.array(name, { maxLength: 2 }), { nil: undefined }),
  attaching: fc.option(fc.boolean(), { nil: undefined }),
  status,
  engine: fc.oneof(fc.constantFrom("redis", "valkey"), odd),
});
const cache = fc.option(
  fc.record({
    status,
    engine: fc.oneof(fc.constantFrom("redis", "valkey", "memcached"), odd),
    version: fc.oneof(fc.constantFrom("7.1.0", "8", "6.2.6", "7.2", "99999999999999999999.1"), odd),
    tls: fc.constantFrom("required" as const, "preferred" as const),
    endpoints: fc.constant(null),
  }),
  { nil: null },
);

test("doctor: whatever the records are", () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...allKinds),
      cache,
      fc.array(users, { maxLength: 4 }),
      fc.array(groups, { maxLength: 3 }),
      async (kind, record, someUsers, someGroups) => {
        const good = goodWorld(kind);
        const own = record && { ...record, endpoints: good.cache?.endpoints ?? [] };
        const world: World = { ...good, cache: own, users: someUsers, groups: someGroups };
        await holds({ world });
      },
    ),
    runs(60),
  ));

/** In the place of an answer. */
const bodies: readonly string[] = [
  "",
  "{}",
  "null",
  "[]",
  '"text"',
  "{",
  "<",
  "<a>",
  "<a/>",
  "<DescribeUsersResponse><DescribeUsersResult><Users><member/></Users></DescribeUsersResult></DescribeUsersResponse>",
  '{"Users":[{}],"Clusters":[{}],"ACLs":[{}]}',
  '{"Users":"x","Clusters":7,"ACLs":{"a":1}}',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;&b;</a>',
  "\u0000\u001b[31m",
  "x".repeat(200_000),
  `${"<a>".repeat(2_000)}`,
];

for (const kind of allKinds) {
  test(`doctor: whatever answers for the records of a ${kind}`, async () => {
    const world = goodWorld(kind);
    for (const body of bodies) {
      for (const [code, type] of [
        [200, "text/xml"],
        [200, "application/x-amz-json-1.1"],
        [400, "text/plain"],
      ] as const) {
        const answer = { status: code, type, body };
        await holds({
          world,
          script: { failures: { "elasticache:*": answer, "memorydb:*": answer, "iam:*": answer } },
        });
      }
    }
  });
}

test("doctor: whatever answers for tags", async () => {
  for (const kind of allKinds) {
    const policies = [allowing(kind, { Condition: { StringEquals: { "aws:ResourceTag/team": "blue" } } })];
    const world = key({ policies, context: null })(goodWorld(kind));
    for (const body of [...bodies, '{"TagList":[null]}', '{"TagList":[{"Key":7,"Value":{}}]}', '{"TagList":{"a":1}}']) {
      const answer = { status: 200, type: "text/xml", body };
      const failures = { "elasticache:ListTagsForResource": answer, "memorydb:ListTags": answer };
      await holds({ world, script: { failures } });
    }
  }
});

test("doctor: whatever answers for everything", async () => {
  const world = goodWorld("replication-group");
  for (const body of bodies) {
    await holds({ world, script: { failures: { "*": { status: 200, type: "text/xml", body } } } });
  }
});

test("doctor: pages without an end", async () => {
  for (const kind of allKinds) await holds({ world: goodWorld(kind), script: { pageSize: 0 } });
});
