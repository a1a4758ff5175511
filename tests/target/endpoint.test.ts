import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CacheauthError } from "../../src/errors.ts";
import { parseEndpoint } from "../../src/target/endpoint.ts";
import { type EndpointForm, elastiCacheForms, memoryDbForms } from "../../src/target/endpoint-forms.ts";
import { regionCodes } from "../../src/target/regions.ts";
import { runs } from "../runs.ts";

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof CacheauthError, String(error));
    assert.notEqual(error.hint, "");
    return error.code;
  }
  return "no error";
}

function testForm(form: EndpointForm, suffix: string, region: string): void {
  const [labels, name] = form.example;
  test(`endpoint form ${suffix} ${form.id}: ${labels} is ${name}`, () => {
    const read = parseEndpoint(`${labels}.${suffix}`);
    assert.equal(read.form, form.id);
    assert.equal(read.kind, form.kind);
    assert.equal(read.name, name);
    assert.equal(read.region, region);
    assert.equal(read.service, form.kind === "memorydb-cluster" ? "memorydb" : "elasticache");
    assert.equal(read.doubts.length > 0, form.doubt !== null);
  });
}

for (const form of elastiCacheForms) testForm(form, "use1.cache.amazonaws.com", "us-east-1");
for (const form of elastiCacheForms) testForm(form, "cnn1.cache.amazonaws.com.cn", "cn-north-1");
for (const form of memoryDbForms) testForm(form, "memorydb.eu-west-1.amazonaws.com", "eu-west-1");
for (const form of memoryDbForms) testForm(form, "memorydb.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1");

/** Every row of the table of forms that AWS hands out, spelled out: host, kind, name. */
const hosts: readonly (readonly [host: string, kind: string, name: string])[] = [
  ["master.rg-1.abc123.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["replica.rg-1.abc123.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["primary.rg-1.abc123.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["clustercfg.rg-1.abc123.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["rg-1-001.rg-1.abc123.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["rg-1-0001-001.rg-1.abc123.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["rg-1-0001-02.rg-1.abc123.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["rg-1.abc123.ng.0001.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["rg-1-ro.abc123.ng.0001.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["rg-1.abc123.clustercfg.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["rg-1-001.abc123.0001.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["rg-1-0001-001.abc123.0001.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["rg-1.abc123.0001.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["rg-1.abc123.use1.cache.amazonaws.com", "replication-group", "rg-1"],
  ["sc-1-abc123.serverless.use1.cache.amazonaws.com", "serverless-cache", "sc-1"],
  ["sc-1-abc12.serverless.use1.cache.amazonaws.com", "serverless-cache", "sc-1"],
  ["sc-1-abc1234.public.serverless.use1.cache.amazonaws.com", "serverless-cache", "sc-1"],
  ["clustercfg.mdb.abc123.memorydb.us-east-1.amazonaws.com", "memorydb-cluster", "mdb"],
  ["mdb-0001-001.mdb.abc123.memorydb.us-east-1.amazonaws.com", "memorydb-cluster", "mdb"],
  ["master.abc123.clustercfg.use1.cache.amazonaws.com", "replication-group", "master"],
  ["master.abc123.0001.use1.cache.amazonaws.com", "replication-group", "master"],
  ["mdb.abc123.clustercfg.memorydb.us-east-1.amazonaws.com", "memorydb-cluster", "mdb"],
  ["mdb-0001-02.mdb.abc123.memorydb.us-east-1.amazonaws.com", "memorydb-cluster", "mdb"],
  ["mdb-0002-003.abc123.0002.memorydb.us-east-1.amazonaws.com", "memorydb-cluster", "mdb"],
];

for (const [host, kind, name] of hosts) {
  test(`${host} is the ${kind} ${name}`, () => {
    const read = parseEndpoint(host);
    assert.deepEqual([read.kind, read.name, read.region], [kind, name, "us-east-1"]);
    assert.equal(read.port, null);
  });
}

for (const [code, region, grade] of regionCodes) {
  test(`region code ${code} is ${region}`, () => {
    const china = region.startsWith("cn-") ? ".cn" : "";
    const read = parseEndpoint(`master.c.abc123.${code}.cache.amazonaws.com${china}`);
    assert.equal(read.region, region);
    assert.equal(read.doubts.length, grade === "seen" ? 0 : 1);
  });
}

test("a region code that no table has is unknown, not guessed", () => {
  const read = parseEndpoint("master.c.abc123.xyz9.cache.amazonaws.com");
  assert.equal(read.region, null);
  assert.equal(read.regionCode, "xyz9");
  assert.equal(read.name, "c");
});

/** What people paste around a host, and what is meant. */
const pasted: readonly (readonly [text: string, port: number | null, tidied: RegExp])[] = [
  ["rediss://master.c.abc123.use1.cache.amazonaws.com:6379", 6379, /scheme/],
  ["valkeys://master.c.abc123.use1.cache.amazonaws.com", null, /scheme/],
  ["tls://master.c.abc123.use1.cache.amazonaws.com:6380/", 6380, /scheme, what follows/],
  ["rediss://app:hunter2@master.c.abc123.use1.cache.amazonaws.com:6379/0?x=1", 6379, /user info/],
  ["master.c.abc123.use1.cache.amazonaws.com:6379:6379", 6379, /doubled port/],
  ["master.c.abc123.use1.cache.amazonaws.com:6379,ssl=true,password=x", 6379, /comma/],
  ["master.c.abc123.use1.cache.amazonaws.com.", null, /trailing dot/],
  ["master.c.abc123.use1.cache.amazonaws.com.:6379", 6379, /trailing dot/],
  ["MASTER.C.abc123.use1.cache.amazonaws.com", null, /upper case/],
  ['"master.c.abc123.use1.cache.amazonaws.com"', null, /quotes/],
  ["  master.c.abc123.use1.cache.amazonaws.com\n", null, /white space/],
  ["//master.c.abc123.use1.cache.amazonaws.com:6379/0", 6379, /scheme/],
  ["http:/master.c.abc123.use1.cache.amazonaws.com", null, /scheme/],
  ["rediss:/master.c.abc123.use1.cache.amazonaws.com:6379", 6379, /scheme/],
];

for (const [text, port, tidied] of pasted) {
  test(`what is meant by ${JSON.stringify(text)}`, () => {
    const read = parseEndpoint(text);
    assert.equal(read.host, "master.c.abc123.use1.cache.amazonaws.com");
    assert.equal(read.name, "c");
    assert.equal(read.port, port);
    assert.match(read.tidied.join(", "), tidied);
    assert.ok(!JSON.stringify(read).includes("hunter2"));
  });
}

test("the user of a URL is told, its password is not kept", () => {
  assert.equal(parseEndpoint("rediss://app:p@ss@master.c.x.use1.cache.amazonaws.com").userInUrl, "app");
  assert.equal(parseEndpoint("rediss://app:p,p@master.c.x.use1.cache.amazonaws.com").name, "c");
  assert.equal(parseEndpoint("rediss://:secret@master.c.x.use1.cache.amazonaws.com").userInUrl, null);
});

test("what stands alone before the @ of a URL may be a password, and is no user", () => {
  assert.doesNotMatch(JSON.stringify(parseEndpoint("rediss://hunter2@master.c.x.use1.cache.amazonaws.com")), /hunter2/);
});

/** Texts with an @ that is in no user info: it must not decide where the token is for. */
for (const before of [
  "rediss://master.c.abc123.use1.cache.amazonaws.com/?mail=a",
  "master.c.abc123.use1.cache.amazonaws.com#a",
  "rediss://app:pw@master.c.abc123.use1.cache.amazonaws.com:6379/0?x=y",
  "master.c.abc123.use1.cache.amazonaws.com:6379,password=a",
]) {
  test(`an @ after the host decides nothing: ${before}@`, () => {
    assert.equal(parseEndpoint(`${before}@master.evil.abc123.use1.cache.amazonaws.com`).name, "c");
  });
}

for (const userInfo of [
  "bob:hunter2/x",
  "hunter2/x",
  "bob:12/hunter2",
  "bob:#hunter2",
  "hunter2.x?",
  "bob:/hunter2@x",
]) {
  test(`a password that ends the user info early is told, not shown: ${userInfo}`, () => {
    assert.throws(
      () => parseEndpoint(`rediss://${userInfo}@master.c.abc123.use1.cache.amazonaws.com`),
      (error: CacheauthError) => {
        assert.equal(error.code, "endpoint-malformed");
        assert.match(error.hint, /percent-encode/);
        return !`${error.message} ${error.hint}`.includes("hunter2");
      },
    );
  });
}

/** Hosts that are no cache with IAM, what the message must call them, and the code. */
const refused: readonly (readonly [host: string, code: string, says: RegExp])[] = [
  ["c.abc123.clustercfg.dax.use1.cache.amazonaws.com:8111", "endpoint-not-a-cache", /DAX/],
  ["c.abc123.dax-clusters.us-east-1.amazonaws.com", "endpoint-not-a-cache", /DAX/],
  ["mc.abc123.cfg.use1.cache.amazonaws.com:11211", "endpoint-not-a-cache", /Memcached/],
  ["master.abc123.cfg.use1.cache.amazonaws.com", "endpoint-not-a-cache", /Memcached/],
  ["mc.abc123.cfg.0001.use1.cache.amazonaws.com", "endpoint-not-a-cache", /Memcached/],
  ["mc.abc123.0002.use1.cache.amazonaws.com:11211", "endpoint-not-a-cache", /Memcached/],
  ["mc.abc123.0001.use1.cache.amazonaws.com:11211", "endpoint-not-a-cache", /Memcached/],
  ["mc-abc123.serverless.use1.cache.amazonaws.com:11211", "endpoint-not-a-cache", /Memcached/],
  ["elasticache.us-east-1.amazonaws.com", "endpoint-not-a-cache", /API/],
  ["memory-db.eu-west-1.amazonaws.com", "endpoint-not-a-cache", /API/],
  ["vpce-0a1b.elasticache.us-east-1.vpce.amazonaws.com", "endpoint-not-a-cache", /VPC endpoint/],
  ["db.abc123.us-east-1.rds.amazonaws.com:3306", "endpoint-not-a-cache", /RDS/],
  ["db.cluster-abc.us-east-1.docdb.amazonaws.com", "endpoint-not-a-cache", /DocumentDB/],
  ["elasticache-fips.us-east-1.amazonaws.com", "endpoint-not-a-cache", /API/],
  ["wg.123456789012.us-east-1.redshift-serverless.amazonaws.com", "endpoint-not-a-cache", /Redshift/],
  ["search-x.us-east-1.es.amazonaws.com", "endpoint-not-a-cache", /OpenSearch/],
  ["nlb-0a1b.elb.us-east-1.amazonaws.com", "endpoint-not-a-cache", /load balancer/],
  ["ec2-1-2-3-4.compute-1.amazonaws.com", "endpoint-not-a-cache", /EC2/],
  ["ip-10-0-0-1.eu-west-1.compute.internal", "endpoint-not-a-cache", /EC2/],
  ["127.0.0.1:6379", "endpoint-not-a-cache", /address/],
  ["10.1.2.3", "endpoint-not-a-cache", /address/],
  ["[2001:db8::1]:6379", "endpoint-not-a-cache", /address/],
  ["::1", "endpoint-not-a-cache", /address/],
  ["localhost:6379", "endpoint-not-a-cache", /this machine/],
  ["name.redis.cache.windows.net", "endpoint-not-a-cache", /Azure/],
  ["example.com", "endpoint-unknown", /not an endpoint/],
  ["node-001.other.abc123.use1.cache.amazonaws.com", "endpoint-unknown", /two things/],
  ["use1.cache.amazonaws.com", "endpoint-unknown", /not an endpoint/],
  ["my-cache", "endpoint-is-a-name", /is a name/],
  ["my-cache:6379", "endpoint-is-a-name", /is a name/],
  ["master.c.abc123.use1.cache.amazonaws.com.cn", "endpoint-malformed", /China/],
  ["master.c.abc123.cnn1.cache.amazonaws.com", "endpoint-malformed", /China/],
  ["master.c.abc123.use1.cache.amazonaws.com:0", "port-invalid", /not a port/],
  ["master.c.abc123.use1.cache.amazonaws.com:65536", "port-invalid", /not a port/],
  ["master.c.abc123.use1.cache.amazonaws.com:6379x", "port-invalid", /What follows the colon/],
  ["master.c.abc123.use1.cache.amazonaws.com:", "port-invalid", /What follows the colon/],
  ["master.c.abc123.use1.cache.amazonaws.com:6379:6380", "endpoint-malformed", /two ports/],
  ["master.c d.use1.cache.amazonaws.com", "endpoint-malformed", /in it, which no host name has/],
  ["master.\u001b[31mc.abc123.use1.cache.amazonaws.com", "endpoint-malformed", /in it, which no host name has/],
  ["", "endpoint-malformed", /no host/],
  ["rediss://", "endpoint-malformed", /no host/],
  [`${"a".repeat(1_000_000)}.use1.cache.amazonaws.com`, "endpoint-malformed", /1000025 characters/],
];

for (const [host, code, says] of refused) {
  test(`refused with ${code}: ${JSON.stringify(host.slice(0, 60))}`, () => {
    assert.equal(
      codeOf(() => parseEndpoint(host)),
      code,
    );
    assert.throws(() => parseEndpoint(host), { message: says });
  });
}

test("the error for a bare name shows the three names it could be", () => {
  assert.throws(
    () => parseEndpoint("my-cache"),
    (error: CacheauthError) => {
      for (const option of ["replicationGroupId", "serverlessCacheName", 'memorydbCluster: "my-cache"']) {
        assert.ok(error.hint.includes(option), error.hint);
      }
      return true;
    },
  );
});

test("property: whatever the text, an endpoint or a CacheauthError comes out, never a name that AWS would refuse", () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      "master",
      "c-001",
      "c",
      "abc123",
      "ng",
      "0001",
      "clustercfg",
      "serverless",
      "use1",
      "cache",
      "memorydb",
      "us-east-1",
      "amazonaws",
      "com",
      "cn",
      ":6379",
      "rediss://",
      "a@",
    ),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 9 }),
      fc.constantFrom("", ".use1.cache.amazonaws.com", ".memorydb.us-east-1.amazonaws.com"),
      (pieces, suffix) => {
        try {
          const read = parseEndpoint(pieces.join(".") + suffix);
          assert.match(read.name, /^[a-z0-9_-]+$/);
        } catch (error) {
          assert.ok(error instanceof CacheauthError, String(error));
        }
      },
    ),
    runs(2_000),
  );
});

test("property: every form gives back the name it was made of", () => {
  // Less those that end in -ro, which read as a reader's endpoint, with the doubt told.
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z][a-z0-9]{0,5}){0,2}$/).filter((id) => !id.endsWith("-ro"));
  const made = fc.stringMatching(/^[a-z0-9]{5,7}$/);
  fc.assert(
    fc.property(name, made, fc.constantFrom(...elastiCacheForms), (id, x, form) => {
      const labels = form.example[0].replaceAll("my-cache", id).replace("abc123", x);
      assert.equal(parseEndpoint(`${labels}.use1.cache.amazonaws.com`).name, id);
    }),
    runs(1_000),
  );
});
