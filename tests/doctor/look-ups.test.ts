/** What doctor asks of AWS, and what it still says where AWS does not answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { permissionsPolicy } from "../../src/doctor/permissions.ts";
import type { World } from "../../src/judge/world.ts";
import { allKinds, type Kind } from "../../src/target/kinds.ts";
import type { Failure } from "../fakes/scripted-aws/failures.ts";
import { allowing, goodWorld } from "../judge/good-worlds.ts";
import { key, user } from "../judge/situations/make.ts";
import { type Examined, examine } from "./examine.ts";
import { signerOf } from "./token-faults.ts";

const world = goodWorld("replication-group");
const userIsOff = user({ access: "off ~* +@all" })(world);
const actionsOf = ({ calls }: Examined) => [...new Set(calls.map(({ service, action }) => `${service}:${action}`))];
const statusOf = ({ answer }: Examined, name: string) => answer.checks.find((check) => check.name === name)?.status;
const unknownOf = ({ answer }: Examined) =>
  answer.checks.filter(({ status }) => status === "unknown").map(({ name }) => name);

/** Which check is without an answer where an action is denied. GetCallerIdentity never is; others count less. */
const checkOf: Readonly<Record<string, string | null>> = {
  "elasticache:DescribeReplicationGroups": "cache",
  "elasticache:DescribeServerlessCaches": "cache",
  "elasticache:DescribeCacheClusters": null,
  "elasticache:DescribeUsers": "user",
  "elasticache:DescribeUserGroups": "user",
  "memorydb:DescribeClusters": "cache",
  "memorydb:DescribeUsers": "user",
  "memorydb:DescribeACLs": "user",
  "elasticache:ListTagsForResource": "policy",
  "memorydb:ListTags": "policy",
  "iam:GetRole": null,
  "iam:SimulatePrincipalPolicy": "policy",
};

/** Who signs would be denied by a tag that is not there. */
function askingForTag(kind: Kind): World {
  const guard = { Effect: "Deny", Condition: { StringEquals: { "aws:ResourceTag/env": "locked" } } } as const;
  return key({ policies: [allowing(kind), allowing(kind, guard)] })(goodWorld(kind));
}

for (const kind of allKinds) {
  const actions = permissionsPolicy(kind).Statement[0].Action;

  test(`doctor: of a ${kind} it asks for what --permissions prints, and each only reads`, async () => {
    const examined = await examine({ world: askingForTag(kind) });
    assert.deepEqual(actionsOf(examined).sort(), [...actions, "sts:GetCallerIdentity"].sort());
    for (const { method, action } of examined.calls) {
      assert.equal(method, "POST");
      assert.match(action, /^(Describe|Get|ListTags|Simulate)/);
    }
  });

  for (const action of actions) {
    test(`doctor: ${kind}: without ${action} it names it, and looks at the rest`, async () => {
      const examined = await examine({ world: askingForTag(kind), script: { failures: { [action]: "denied" } } });
      const check = checkOf[action] ?? null;
      assert.deepEqual(unknownOf(examined), check === null ? [] : [check]);
      assert.equal(examined.code, 0);
      if (check === null) return;
      const findings = examined.answer.checks.find(({ name }) => name === check)?.findings ?? [];
      assert.deepEqual(
        findings.map(({ rule }) => rule),
        ["could-not-look"],
      );
      assert.equal(findings[0]?.message, `These credentials may not do ${action}.`);
      assert.match(findings[0]?.fix ?? "", /doctor --permissions/);
    });
  }
}

test("doctor: half of the permissions are missing, and the cause is found with the others", async () => {
  const failures = { "iam:*": "denied", "elasticache:DescribeReplicationGroups": "denied" } as const;
  const examined = await examine({ world: userIsOff, script: { failures } });
  assert.deepEqual(unknownOf(examined), ["cache", "policy"]);
  assert.deepEqual(examined.causes, ["user-off"]);
  assert.equal(examined.code, 1);
});

test("doctor: where the cause is out of sight, the refusal is told, and what was not looked at", async () => {
  const failures = { "elasticache:*": "denied" } as const;
  const examined = await examine({ world: userIsOff, script: { failures } });
  assert.deepEqual(unknownOf(examined), ["cache", "user"]);
  assert.equal(examined.causes[0], "wrongpass");
  assert.match(examined.answer.verdict.summary, /Could not look at: cache, user/);
  assert.equal(examined.code, 5);
});

/** AWS on a bad day: nothing of it is a failure of the login, and nothing ends the examination. */
const badDays: readonly (readonly [what: string, Failure, checks: readonly string[]])[] = [
  ["throttles", "throttled", ["credentials", "cache", "user", "policy"]],
  ["throttles once", { failure: "throttled", times: 1 }, []],
  ["fails", "broken", ["credentials", "cache", "user", "policy"]],
  ["fails once", { failure: "broken", times: 1 }, []],
  ["is a log-in page", "portal", ["credentials", "clock", "cache", "user", "policy"]],
];

for (const [what, failure, checks] of badDays) {
  test(`doctor: AWS ${what}, and the login works`, async () => {
    const examined = await examine({ world, script: { failures: { "*": failure } } });
    const unknown = unknownOf(examined).filter((name) => what !== "is a log-in page" || name !== "clock");
    assert.deepEqual(
      unknown,
      checks.filter((name) => name !== "clock"),
    );
    assert.equal(statusOf(examined, "login"), "ok");
    assert.deepEqual([examined.code, examined.answer.ok], [0, true]);
  });
}

test("doctor: --offline asks AWS nothing", async () => {
  const examined = await examine({ world: userIsOff, args: ["--offline"] });
  assert.deepEqual(examined.calls, []);
  assert.deepEqual(unknownOf(examined), ["clock", "cache", "user", "policy"]);
  assert.equal(examined.causes[0], "wrongpass");
});

test("doctor: by the name alone, the record tells where to connect", async () => {
  for (const kind of allKinds) {
    const there = goodWorld(kind);
    const { code, answer } = await examine({ world: there, byName: true });
    assert.deepEqual([code, answer.endpoint], [0, null]);
    const network = answer.checks.find(({ name }) => name === "network");
    assert.equal((network?.detail as { host: string } | null)?.host, there.target.endpoint?.host);
  }
});

test("doctor: records that come page by page are all read", async () => {
  for (const kind of allKinds) {
    const many = goodWorld(kind);
    const others = Array.from({ length: 5 }, (_, index) => ({ ...many.users[2], id: `u${index}`, name: `u${index}` }));
    const crowded = { ...many, users: [...(others as World["users"]), ...many.users] };
    const examined = await examine({ world: crowded, script: { pageSize: 1 } });
    assert.deepEqual([examined.code, examined.causes], [0, []]);
    const asked = examined.calls.filter(({ action }) => action === "DescribeUsers");
    assert.equal(asked.length, crowded.users.length);
  }
});

test("doctor: a role is simulated with its path, and without it where nobody may look", async () => {
  const roles = [{ name: "app", path: "/service/" }];
  const simulated = ({ calls }: Examined) =>
    calls.find(({ action }) => action === "SimulatePrincipalPolicy")?.parameters["PolicySourceArn"];
  const good = await examine({ world, script: { roles } });
  assert.deepEqual([good.causes, statusOf(good, "policy")], [[], "ok"]);
  assert.equal(simulated(good), "arn:aws:iam::123456789012:role/service/app");
  const denied = await examine({ world, script: { roles, failures: { "iam:GetRole": "denied" } } });
  assert.equal(simulated(denied), "arn:aws:iam::123456789012:role/app");
  assert.equal(statusOf(denied, "policy"), "unknown");
  assert.match(JSON.stringify(denied.answer.checks), /iam:GetRole/);
});

test("doctor: a user of IAM has its own ARN, and no role is asked for", async () => {
  const [key] = world.keys;
  const keys = key ? [{ ...key, accessKeyId: "AKIAIOSFODNN7EXAMPLE", sessionToken: null }] : [];
  const examined = await examine({ world: { ...world, keys } });
  assert.deepEqual([examined.code, examined.causes], [0, []]);
  assert.equal(actionsOf(examined).includes("iam:GetRole"), false);
});

for (const [who, resource] of [
  ["the root user", "arn:aws:iam::123456789012:root"],
  ["a federated user", "arn:aws:sts::123456789012:federated-user/somebody"],
] as const) {
  test(`doctor: whose policies cannot be simulated is unknown: ${who}`, async () => {
    const caller = { arn: resource, userId: "123456789012", account: "123456789012", region: "us-east-1" };
    const examined = await examine({ world, script: { caller } });
    assert.deepEqual(unknownOf(examined), ["policy"]);
    assert.equal(examined.code, 0);
  });
}

test("doctor: a simulation with all resources in one result says the same", async () => {
  const [key] = world.keys;
  const keys = key ? [{ ...key, policies: [] }] : [];
  const examined = await examine({ world: { ...world, keys }, script: { simulatedForm: "within-one" } });
  assert.deepEqual(examined.causes, ["policy-action"]);
});

test("doctor: the cache of another region, or of another account, is not found", async () => {
  const endpoint = world.target.endpoint ?? undefined;
  for (const place of [{ region: "eu-west-1" }, { account: "210987654321" }]) {
    const caches = [{ kind: "replication-group", name: "my-cache", endpoint, ...place } as const];
    const examined = await examine({ world, script: { caches } });
    // The login works, and that is stronger.
    assert.deepEqual([examined.code, statusOf(examined, "cache")], [0, "warn"]);
    assert.deepEqual(examined.causes, ["cache-not-found"]);
  }
});

for (const [partition, region, host] of [
  ["aws-cn", "cn-north-1", "master.my-cache.abc123.cnn1.cache.amazonaws.com.cn"],
  ["aws-us-gov", "us-gov-west-1", "master.my-cache.abc123.usgw1.cache.amazonaws.com"],
] as const) {
  test(`doctor: in ${partition} every ARN is of ${partition}, and every record of ${region}`, async () => {
    const endpoint = { host, port: 6379 };
    const { cache } = world;
    const there: World = {
      ...world,
      target: { ...world.target, region, endpoint },
      cache: cache ? { ...cache, endpoints: [endpoint] } : null,
      keys: world.keys.map((key) => ({ ...key, policies: null })),
    };
    const { code, causes, calls } = await examine({ world: there });
    assert.deepEqual([code, causes], [0, []]);
    const asked = calls.filter(({ service }) => service === "elasticache");
    assert.deepEqual([...new Set(asked.map((call) => call.region))], [region]);
    const simulated = calls.filter(({ action }) => action === "SimulatePrincipalPolicy");
    assert.equal(simulated.length, 2);
    for (const { parameters } of simulated) {
      assert.equal(parameters["PolicySourceArn"], `arn:${partition}:iam::123456789012:role/app`);
      const resource = parameters["ResourceArns.member.1"] ?? "";
      assert.ok(resource.startsWith(`arn:${partition}:elasticache:${region}:123456789012:`), resource);
    }
  });
}

test("doctor: of a token that another key signed nobody can tell whose policies count", async () => {
  const [own] = world.keys;
  const other = { ...own, accessKeyId: "AKIAIOSFODNN7EXAMPLE", sessionToken: null } as World["keys"][number];
  const token = await signerOf({ ...world, keys: [other] }, new Date())();
  const examined = await examine({ world: { ...world, keys: [...world.keys, other] }, token });
  assert.deepEqual([examined.code, statusOf(examined, "login")], [0, "ok"]);
  assert.deepEqual(unknownOf(examined), ["policy"]);
  assert.match(JSON.stringify(examined.answer.checks), /signed with another key than the credentials at hand/);
});
