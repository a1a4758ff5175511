/** What a server tells of itself: HELLO, INFO, CLUSTER SLOTS. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { merged, nothingTold, readHello, readInfo } from "../../src/probe/hello.ts";
import { readSlots } from "../../src/probe/slots.ts";
import { array, bulk, integer, map, nothing, type RespValue, simple } from "../../src/resp/value.ts";
import { anyValue } from "../resp/arbitrary.ts";
import { runs } from "../runs.ts";

const facts = { server: "valkey", version: "8.1.0", mode: "cluster", role: "primary" };
const pairs = [
  [bulk("server"), bulk("valkey")],
  [bulk("version"), bulk("8.1.0")],
  [bulk("proto"), integer(3)],
  [simple("mode"), simple("cluster")],
  [bulk("role"), bulk("master")],
  [bulk("modules"), array([])],
] as const;

test("hello: a map of RESP3 and a flat array of RESP2 tell the same", () => {
  assert.deepEqual(readHello(map(pairs)), facts);
  assert.deepEqual(readHello(array(pairs.flat())), facts);
});

test("hello: what is missing, odd or no map is not told", () => {
  assert.deepEqual(readHello(simple("OK")), nothingTold);
  assert.deepEqual(readHello(nothing), nothingTold);
  assert.deepEqual(readHello(array([bulk("server")])), nothingTold);
  assert.deepEqual(readHello(map([[array([]), bulk("x")]])), nothingTold);
  assert.deepEqual(readHello(map([[bulk("role"), bulk("slave")]])), { ...nothingTold, role: "replica" });
});

test("info: Redis, Valkey with the version that it claims for old clients, and roles", () => {
  const redis = "# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n\r\n# Replication\r\nrole:master\r\n";
  assert.deepEqual(readInfo(redis), { server: "redis", version: "7.0.15", mode: "standalone", role: "primary" });
  const valkey = "redis_version:7.2.4\nserver_name:valkey\nvalkey_version:8.1.0\nserver_mode:cluster\nrole:slave\n";
  assert.deepEqual(readInfo(valkey), { server: "valkey", version: "8.1.0", mode: "cluster", role: "replica" });
  assert.deepEqual(readInfo("valkey_version:8.0.0\r\n"), { ...nothingTold, server: "valkey", version: "8.0.0" });
  assert.deepEqual(readInfo("# role:master\r\n:x\r\nredis_mode:\r\nnonsense"), nothingTold);
});

test("what was told first counts, and what it left out is taken from the second", () => {
  const first = { ...nothingTold, version: "7.1.0", role: "primary" };
  assert.deepEqual(merged(first, facts), { server: "valkey", version: "7.1.0", mode: "cluster", role: "primary" });
});

const node = (host: RespValue, port: number) => array([host, integer(port), bulk("id"), array([])]);
const range = (from: number, to: number, ...nodes: RespValue[]) => array([integer(from), integer(to), ...nodes]);

test("slots: primaries, replicas, and the ranges that a shard owns", () => {
  const reply = array([
    range(0, 5460, node(bulk("a.test"), 6379), node(bulk("b.test"), 6380)),
    range(5461, 16383, node(bulk("c.test"), 6379)),
    range(7, 7, node(bulk("a.test"), 6379)),
  ]);
  assert.deepEqual(readSlots(reply, "asked.test"), [
    { host: "a.test", port: 6379, role: "primary", slots: "0-5460,7-7" },
    { host: "b.test", port: 6380, role: "replica", slots: "0-5460" },
    { host: "c.test", port: 6379, role: "primary", slots: "5461-16383" },
  ]);
});

test("slots: a node without a host is the one that was asked", () => {
  const reply = array([range(0, 1, node(nothing, 1), node(bulk(""), 2))]);
  assert.deepEqual(
    readSlots(reply, "asked.test").map(({ host, port }) => `${host}:${port}`),
    ["asked.test:1", "asked.test:2"],
  );
});

test("slots: what is no host, port or slot is left out, and a hostile reply has an end", () => {
  const bad = [node(bulk("a b"), 1), node(bulk("a\u001b"), 1), node(bulk("a".repeat(254)), 1), node(bulk("a"), 0)];
  assert.deepEqual(readSlots(array([range(0, 1, ...bad, node(bulk("a"), 65_536), bulk("a"))]), "asked"), []);
  assert.deepEqual(readSlots(array([range(0, 16_384, node(bulk("a"), 1)), range(-1, 1, node(bulk("a"), 1))]), "x"), []);
  assert.deepEqual(readSlots(array([array([bulk("my-cache/?Action"), integer(1), node(bulk("a"), 1)])]), "x"), []);
  assert.deepEqual(readSlots(simple("OK"), "x"), []);
  const many = Array.from({ length: 5_000 }, (_, index) => node(bulk(`n${index}.test`), 6379));
  assert.equal(readSlots(array([range(0, 1, ...many)]), "x").length, 1_000);
});

test("whatever a server replies, reading it never throws", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      readHello(value);
      for (const { host, port, slots } of readSlots(value, "asked.test")) {
        assert.ok(/^[\w.:-]+$/.test(host) && port > 0 && port < 65_536 && /^[\d,-]+$/.test(slots));
      }
    }),
    runs(1_000),
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => void readInfo(text)),
    runs(1_000),
  );
});
