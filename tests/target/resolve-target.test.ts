import assert from "node:assert/strict";
import { test } from "node:test";
import { flagNaming } from "../../src/commands/flag-naming.ts";
import { regionMissing } from "../../src/commands/region-missing.ts";
import { draftOf as draftTarget } from "../../src/commands/target-flags.ts";
import { checkRegion, isKnownRegion, partitionOf, regionCodes } from "../../src/target/regions.ts";
import { finishTarget } from "../../src/target/resolve-target.ts";

const primary = "master.my-cache.abc123.use1.cache.amazonaws.com";

test("an endpoint alone tells everything", () => {
  const { target, notices } = finishTarget(draftTarget({ endpoint: `${primary}:6380` }), undefined, undefined);
  assert.deepEqual(target, {
    service: "elasticache",
    kind: "replication-group",
    name: "my-cache",
    region: "us-east-1",
    partition: "aws",
    endpoint: { host: primary, port: 6380 },
  });
  assert.deepEqual(notices, []);
});

test("an endpoint without a port is on 6379", () => {
  assert.equal(draftTarget({ endpoint: primary }).endpoint?.port, 6379);
});

for (const [word, kind, service] of [
  ["replicationGroupId", "replication-group", "elasticache"],
  ["serverlessCacheName", "serverless-cache", "elasticache"],
  ["memorydbCluster", "memorydb-cluster", "memorydb"],
] as const) {
  test(`${word} names a ${kind}`, () => {
    const { target } = finishTarget(draftTarget({ [word]: "c" }), "us-gov-west-1", undefined);
    assert.deepEqual(target, {
      service,
      kind,
      name: "c",
      region: "us-gov-west-1",
      partition: "aws-us-gov",
      endpoint: null,
    });
  });
}

test("a name beside an endpoint wins, and a contradiction is a notice", () => {
  const draft = draftTarget({ endpoint: primary, replicationGroupId: "other" });
  assert.equal(draft.name, "other");
  assert.equal(draft.region, "us-east-1");
  assert.deepEqual(
    draft.notices.map(({ code }) => code),
    ["name-differs"],
  );
  assert.deepEqual(
    draftTarget({ endpoint: primary, serverlessCacheName: "my-cache" }).notices.map(({ code }) => code),
    ["kind-differs"],
  );
  assert.deepEqual(draftTarget({ endpoint: primary, replicationGroupId: "my-cache" }).notices, []);
});

test("the other reading that a doubt offers contradicts nothing", () => {
  const endpoint = "my-cache-ro.abc123.ng.0001.use1.cache.amazonaws.com";
  assert.deepEqual(draftTarget({ endpoint, replicationGroupId: "my-cache-ro" }).notices, []);
  assert.deepEqual(
    draftTarget({ endpoint, replicationGroupId: "other" }).notices.map(({ code }) => code),
    ["name-differs"],
  );
});

test("a name beside any other host makes it the place to connect to", () => {
  for (const host of ["localhost", "127.0.0.1", "tunnel.example.com"]) {
    const { target } = finishTarget(
      draftTarget({ endpoint: `${host}:16379`, memorydbCluster: "c" }),
      "us-east-1",
      undefined,
    );
    assert.deepEqual(target.endpoint, { host, port: 16_379 });
    assert.equal(target.service, "memorydb");
  }
});

/** Hosts without a form that tells the cache, beside a name: the region that they tell, and what is said of them. */
const besideName: readonly (readonly [endpoint: string, region: string | null, notices: readonly string[]])[] = [
  ["x-001.c.abc123.use1.cache.amazonaws.com", "us-east-1", []],
  ["x-001.c.abc123.cnn1.cache.amazonaws.com.cn", "cn-north-1", []],
  ["x.y.z.c.abc123.memorydb.eu-west-3.amazonaws.com", "eu-west-3", ["kind-differs"]],
  ["mc.abc123.cfg.use1.cache.amazonaws.com", "us-east-1", ["endpoint-not-a-cache"]],
  ["master.c.abc123.use1.cache.amazonaws.com:11211", "us-east-1", ["endpoint-not-a-cache"]],
  ["c.abc123.dax.use1.cache.amazonaws.com", "us-east-1", ["endpoint-not-a-cache"]],
  ["elasticache.us-east-1.amazonaws.com", null, ["endpoint-not-a-cache"]],
  ["db.abc123.us-east-1.rds.amazonaws.com", null, ["endpoint-not-a-cache"]],
  ["nlb-1.elb.us-east-1.amazonaws.com", null, []],
  ["tunnel.example.com", null, []],
];

for (const [endpoint, region, notices] of besideName) {
  test(`a name beside ${endpoint}: region ${region}, notices ${notices.join(" ") || "none"}`, () => {
    const draft = draftTarget({ endpoint, replicationGroupId: "c" });
    assert.deepEqual([draft.region, draft.notices.map(({ code }) => code)], [region, notices]);
    if (region !== null) assert.equal(finishTarget(draft, undefined, "sa-east-1").target.region, region);
  });
}

test("a region code that is not known is told, beside a name too: no other region is a guess for it", () => {
  const draft = draftTarget({ endpoint: "x-001.c.abc123.xyz9.cache.amazonaws.com", replicationGroupId: "c" });
  assert.deepEqual([draft.region, draft.regionCode], [null, "xyz9"]);
});

test("beside a name, a host that ends in another partition than its region is refused all the same", () => {
  for (const endpoint of [
    "master.c.abc123.cnn1.cache.amazonaws.com",
    "x-001.c.abc123.cnn1.cache.amazonaws.com",
    "x-001.c.abc123.use1.cache.amazonaws.com.cn",
  ]) {
    assert.throws(() => draftTarget({ endpoint, replicationGroupId: "c" }), { code: "endpoint-malformed" });
  }
});

test("two names are an error that shows both flags", () => {
  assert.throws(() => draftTarget({ replicationGroupId: "a", memorydbCluster: "b" }), {
    code: "target-conflict",
    message: /--replication-group-id.*--memorydb-cluster/,
  });
});

test("no target is an error that lists every way", () => {
  assert.throws(() => draftTarget({}), { code: "target-missing", hint: /--serverless-cache-name.*CACHEAUTH_ENDPOINT/ });
});

test("the region flag wins over the endpoint, with a notice; the fallback does not", () => {
  const draft = draftTarget({ endpoint: primary });
  const { target, notices } = finishTarget(draft, "eu-west-1", undefined);
  assert.equal(target.region, "eu-west-1");
  assert.deepEqual(
    notices.map(({ code }) => code),
    ["region-differs"],
  );
  assert.equal(finishTarget(draft, undefined, "eu-west-1").target.region, "us-east-1");
});

test("a region that is not known is signed for, with a notice", () => {
  const { notices } = finishTarget(draftTarget({ replicationGroupId: "c" }), "us-est-1", undefined);
  assert.deepEqual(
    notices.map(({ code }) => code),
    ["region-unknown"],
  );
});

for (const [text, hint] of [
  ["use1", /--region us-east-1/],
  ["us-east-1a", /--region us-east-1/],
  ["not a region", /looks like/],
  ["", /looks like/],
  ["us-east-1\n", /looks like/],
  ["../../etc", /looks like/],
] as const) {
  test(`${JSON.stringify(text)} is no region`, () => {
    assert.throws(() => checkRegion(text, flagNaming), { code: "region-invalid", hint });
  });
}

test("every known region is one, in lower case, and has its partition", () => {
  for (const [, region] of regionCodes) {
    assert.equal(checkRegion(region.toUpperCase(), flagNaming), region);
    assert.ok(isKnownRegion(region));
  }
  assert.deepEqual(
    [
      "us-east-1",
      "cn-north-1",
      "us-gov-east-1",
      "eusc-de-east-1",
      "us-iso-east-1",
      "us-isob-east-1",
      "eu-isoe-west-1",
      "us-isof-south-1",
    ].map(partitionOf),
    ["aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"],
  );
});

test("the error for a missing region lists where it was looked for, and the default that is not kept", () => {
  const draft = draftTarget({ replicationGroupId: "c" });
  assert.match(regionMissing(draft, false).message, /--region.*AWS_REGION, AWS_DEFAULT_REGION or the profile/);
  assert.doesNotMatch(regionMissing(draft, false).hint, /ap-northeast-1/);
  assert.match(regionMissing(draft, true).hint, /ap-northeast-1/);
  const unknown = draftTarget({ endpoint: "master.c.abc123.xyz9.cache.amazonaws.com" });
  assert.match(regionMissing(unknown, false).message, /xyz9/);
});

test("a doubt that a flag has settled is not raised", () => {
  const endpoint = "my-cache-001.abc123.0001.use1.cache.amazonaws.com";
  assert.doesNotMatch(draftTarget({ endpoint, replicationGroupId: "my-cache" }).decisions.join(" "), /Read my-cache/);
});

test("doubtful shapes say what was read and how to override it", () => {
  const { decisions } = draftTarget({ endpoint: "my-cache-001.abc123.0001.use1.cache.amazonaws.com" });
  assert.match(decisions.join(" "), /Read my-cache .* --replication-group-id my-cache-001/);
});

test("the kind that a flag names wins over that of the endpoint", () => {
  const draft = draftTarget({ endpoint: primary, serverlessCacheName: "my-cache" });
  assert.deepEqual([draft.kind, draft.notices.map(({ code }) => code)], ["serverless-cache", ["kind-differs"]]);
});
