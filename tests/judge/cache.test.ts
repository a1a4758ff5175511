import assert from "node:assert/strict";
import { test } from "node:test";
import { belongsTo } from "../../src/judge/endpoint-of.ts";
import { isTooOld } from "../../src/judge/engine-version.ts";

const at = (host: string) => ({ host, port: 6379 });

test("a cache's hosts: every form of its own, whatever AWS's record lists of them", () => {
  const group = [
    at("master.my-cache.abc123.use1.cache.amazonaws.com"),
    at("replica.my-cache.abc123.use1.cache.amazonaws.com"),
  ];
  for (const host of [
    "master.my-cache.abc123.use1.cache.amazonaws.com",
    "MASTER.my-cache.abc123.use1.cache.amazonaws.com.",
    "my-cache-001.my-cache.abc123.use1.cache.amazonaws.com",
    "my-cache.abc123.ng.0001.use1.cache.amazonaws.com",
    "my-cache-002.abc123.0001.use1.cache.amazonaws.com",
  ]) {
    assert.equal(belongsTo(host, group), true, host);
  }
  for (const host of [
    "master.my-cache.zzz999.use1.cache.amazonaws.com",
    "master.abc123.zzz999.use1.cache.amazonaws.com",
    "my-cache.zzz999.ng.0001.use1.cache.amazonaws.com",
  ]) {
    assert.equal(belongsTo(host, group), false, host);
  }
  const serverless = [at("my-cache-abc123.serverless.apne1.cache.amazonaws.com")];
  assert.equal(belongsTo("my-cache-abc123.serverless.apne1.cache.amazonaws.com", serverless), true);
  assert.equal(belongsTo("my-cache-zzz999.serverless.apne1.cache.amazonaws.com", serverless), false);
  const cluster = [at("clustercfg.my-cluster.abc123.memorydb.us-east-1.amazonaws.com")];
  assert.equal(belongsTo("my-cluster-0001-001.my-cluster.abc123.memorydb.us-east-1.amazonaws.com", cluster), true);
  assert.equal(belongsTo("clustercfg.my-cluster.zzz999.memorydb.us-east-1.amazonaws.com", cluster), false);
});

test("an engine's version: from which on there is IAM authentication", () => {
  for (const [engine, version, isOld] of [
    ["redis", "6.2", true],
    ["redis", "6.x", true],
    ["redis", "7.0", false],
    ["redis", "7.1.0", false],
    ["valkey", "7.1", true],
    ["valkey", "7.2", false],
    ["valkey", "8", false],
    ["valkey", "7", false],
    ["memcached", "1.6.22", false],
    [null, "6.2", false],
    ["redis", null, false],
  ] as const) {
    assert.equal(isTooOld("replication-group", engine, version), isOld, `${engine} ${version}`);
  }
  assert.equal(isTooOld("memorydb-cluster", null, "6.2"), true);
});
