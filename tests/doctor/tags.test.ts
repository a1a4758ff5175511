/** The tags of cache and user, which conditions ask for and IAM's simulator does not look up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { World } from "../../src/judge/world.ts";
import { allKinds, type Kind } from "../../src/target/kinds.ts";
import type { Call } from "../fakes/scripted-aws/call.ts";
import { allowing, connecting, goodWorld } from "../judge/good-worlds.ts";
import { key } from "../judge/situations/make.ts";
import { type Examined, examine } from "./examine.ts";

/** Connecting is allowed where a tag is blue; that of cache and user is this. */
function tagged(kind: Kind, value: string, condition = "aws:ResourceTag/team"): World {
  const policies = [allowing(kind, { Condition: { StringEquals: { [condition]: "blue" } } })];
  return key({ policies, context: { "aws:ResourceTag/team": value } })(goodWorld(kind));
}

const isOfTags = ({ action }: Call) => action.startsWith("ListTags");
const policyOf = ({ answer }: Examined) => answer.checks.find(({ name }) => name === "policy");
const listing = (kind: Kind) => (kind === "memorydb-cluster" ? "memorydb:ListTags" : "elasticache:ListTagsForResource");

for (const kind of allKinds) {
  const { cache, user } = connecting(kind);

  test(`doctor: ${kind}: no tags are read where no condition asks for one`, async () => {
    const { calls } = await examine({ world: goodWorld(kind) });
    assert.deepEqual(calls.filter(isOfTags), []);
    assert.equal(calls.filter(({ action }) => action === "SimulatePrincipalPolicy").length, 2);
  });

  test(`doctor: ${kind}: a tag that a condition asks for is read, of the cache and of the user`, async () => {
    const examined = await examine({ world: tagged(kind, "blue") });
    const { code, causes, calls } = examined;
    assert.deepEqual([code, causes, policyOf(examined)?.status], [0, [], "ok"]);
    assert.doesNotMatch(JSON.stringify(policyOf(examined)?.detail), /aws:ResourceTag/);
    const asked = calls.filter(isOfTags).map(({ parameters }) => Object.values(parameters)[0]);
    assert.deepEqual(asked.sort(), [cache, user].sort());
  });

  test(`doctor: ${kind}: a tag that is another is what refuses, and is told`, async () => {
    const { code, answer, causes } = await examine({ world: tagged(kind, "red\u001b`x") });
    assert.deepEqual([code, causes], [1, ["policy-cache-denied", "policy-user-denied"]]);
    const [first] = answer.verdict.causes;
    assert.equal(first?.likelihood, "likely");
    assert.match(
      first?.message ?? "",
      /A condition asks for "aws:ResourceTag\/team", which is "red\\u\{1b\}`x" on the /,
    );
    assert.match(first?.fix ?? "", /^Give the .* the tag that the condition wants, .*put-role-policy/);
    assert.doesNotMatch(first?.message ?? "", /may be allowed after all/);
  });

  test(`doctor: ${kind}: a tag that one of the two does not have`, async () => {
    const tags = { [cache]: { team: "blue", other: "red" } };
    const examined = await examine({ world: tagged(kind, "blue"), script: { tags } });
    // The cache's own word is stronger: it lets in.
    assert.deepEqual([examined.code, examined.causes], [0, ["policy-user-denied"]]);
    const [finding] = policyOf(examined)?.findings ?? [];
    assert.match(
      finding?.message ?? "",
      /Only the cache is allowed.*"aws:ResourceTag\/team", and the user has no such tag\./,
    );
    assert.doesNotMatch(finding?.message ?? "", /may be allowed after all/);
  });

  test(`doctor: ${kind}: tags that may not be read are named, and nothing is certain`, async () => {
    const action = listing(kind);
    const examined = await examine({ world: tagged(kind, "red"), script: { failures: { [action]: "denied" } } });
    assert.equal(examined.code, 1);
    const told = policyOf(examined)?.findings ?? [];
    assert.deepEqual(
      told.map(({ rule, likelihood }) => [rule, likelihood]),
      [
        ["policy-cache-denied", "possible"],
        ["policy-user-denied", "possible"],
        ["could-not-look", "certain"],
      ],
    );
    assert.match(told[0]?.message ?? "", /asks for "aws:ResourceTag\/team".*may be allowed after all/);
    assert.equal(told[2]?.message, `These credentials may not do ${action}.`);
  });

  test(`doctor: ${kind}: the tags of what is not there are not known, and that is no failure of its own`, async () => {
    const world = { ...tagged(kind, "blue"), cache: null };
    const examined = await examine({ world, args: ["--no-auth"] });
    const rules = policyOf(examined)?.findings.map(({ rule }) => rule);
    assert.deepEqual(rules, ["policy-cache-denied"]);
    assert.equal(examined.causes[0], "cache-not-found");
  });
}

test("doctor: the key of a condition is compared without regard to case, and of two tags the one that is spelt so counts", async () => {
  const kind = "replication-group";
  const { cache, user } = connecting(kind);
  for (const [condition, tags] of [
    ["AWS:resourceTag/TEAM", { team: "blue" }],
    ["aws:ResourceTag/Team", { TEAM: "red", Team: "blue", team: "red" }],
  ] as const) {
    const world = tagged(kind, "blue", condition);
    const examined = await examine({ world, script: { tags: { [cache]: tags, [user]: tags } } });
    assert.deepEqual([examined.causes, policyOf(examined)?.status], [[], "ok"], condition);
  }
});

test("doctor: tags are asked for again with nothing else that is missing; a key that stays missing is named", async () => {
  const kind = "replication-group";
  const conditions = { StringEquals: { "aws:ResourceTag/team": "blue" }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
  const policies = [allowing(kind, { Condition: conditions })];
  const world = key({ policies, context: { "aws:ResourceTag/team": "blue" } })(goodWorld(kind));
  const examined = await examine({ world });
  const [finding] = policyOf(examined)?.findings ?? [];
  assert.equal(finding?.likelihood, "possible");
  assert.match(finding?.message ?? "", /asks for "aws:SourceIp", which the simulation did not have/);
});
