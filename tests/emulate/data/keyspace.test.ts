import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { matchesGlob } from "../../../src/emulate/data/glob.ts";
import { createScanOrder } from "../../../src/emulate/data/scan-order.ts";
import { createStore } from "../../../src/emulate/data/store.ts";
import { bytesIn, type Stored } from "../../../src/emulate/data/stored.ts";
import { runs } from "../../runs.ts";
import { readAll } from "./compare.ts";
import { createLocal } from "./local.ts";

test("keyspace: a scan finds every key that was there all along, whatever comes and goes meanwhile", () => {
  const local = createLocal();
  const key = (index: number) => `key:${index}`;
  for (let index = 0; index < 500; index += 1) local.say("a", `SET ${key(index)} v`);
  const found: string[] = [];
  let cursor = "0";
  let round = 0;
  do {
    const [reply] = readAll(local.say("a", `SCAN ${cursor} COUNT 7`));
    assert.ok(reply?.type === "array");
    const [next, keys] = reply.items;
    assert.ok(next?.type === "bulk-string" && keys?.type === "array");
    cursor = new TextDecoder().decode(next.bytes);
    found.push(...keys.items.map((item) => ("bytes" in item ? new TextDecoder().decode(item.bytes) : "")));
    // Odd ones go, new ones come, one goes and comes again.
    for (let index = 1; index < 20; index += 2) local.say("a", `DEL ${key(round * 20 + index)}`);
    local.say("a", `SET new:${round} v`);
    local.say("a", `SET ${key(0)} w`);
    round += 1;
  } while (cursor !== "0" && round < 1_000);
  const stayed = Array.from({ length: 250 }, (_, index) => key(index * 2));
  assert.deepEqual(
    stayed.filter((name) => !found.includes(name)),
    [],
  );
  assert.equal(new Set(found).size, found.length);
  local.say("a", "FLUSHALL");
  local.say("a", "SET key:0 v");
  assert.equal(local.say("a", "SCAN 0"), "*2\r\n$1\r\n0\r\n*1\r\n$5\r\nkey:0\r\n");
});

test("keyspace: scanning a large store costs its size", () => {
  const local = createLocal();
  for (let index = 0; index < 100_000; index += 1)
    local.send(
      "a",
      ["SET", `key:${index}`, "v"].map((word) => new TextEncoder().encode(word)),
    );
  local.take("a");
  let cursor = "0";
  let rounds = 0;
  do {
    cursor = /^\*2\r\n\$\d+\r\n(\d+)\r\n/.exec(local.say("a", `SCAN ${cursor}`))?.[1] ?? "0";
    rounds += 1;
  } while (cursor !== "0");
  assert.equal(rounds, 10_000);
});

test("keyspace: keys that are gone are not walked over for ever", () => {
  const order = createScanOrder();
  const kept = order.add("kept");
  for (let round = 0; round < 200_000; round += 1) order.remove(order.add("gone"));
  const last = order.add("last");
  const start = process.cpuUsage();
  for (let round = 0; round < 50_000; round += 1) {
    assert.deepEqual(order.after(kept, 2), { keys: ["kept", "last"], next: 0 });
  }
  assert.deepEqual(order.after(last, 10).keys, ["last"]);
  assert.ok(process.cpuUsage(start).user < 4_000_000);
});

const commands = fc.array(
  fc.tuple(
    fc.constantFrom(
      "SET k v",
      "SET l longer",
      "APPEND k x",
      "HSET h f v",
      "HSET h f longer g w",
      "HDEL h f",
      "HDEL h f g",
      "RPUSH q a bb",
      "LPUSH q c",
      "LPOP q",
      "RPOP q 2",
      "SADD s a b",
      "SREM s a",
      "SREM s a b",
      "DEL k q",
      "EXPIRE k 10",
      "PERSIST k",
      "SET k v PX 5",
      "RENAME k l",
      "RENAME q s",
      "MSET k 1 l 2",
      "INCR n",
      "GETDEL k",
      "GETEX l PX 5",
      "SELECT 1",
      "SELECT 0",
      "FLUSHDB",
      "SET h v",
    ),
    fc.integer({ min: 0, max: 3 }),
  ),
  { maxLength: 60 },
);

const nothing: Stored = { type: "list", items: [] };

test("property: what is counted is what is there, and nothing when all is gone", () => {
  fc.assert(
    fc.property(commands, (lines) => {
      const local = createLocal({ mostBytes: 1 << 30 });
      for (const [line, ms] of lines) {
        local.say("a", line);
        local.clock.nowMs += ms;
      }
      const store = local.stores[0];
      assert.ok(store);
      let expected = 0;
      for (const keyspace of store.keyspaces) {
        for (const key of keyspace.keys()) expected += 64 + key.length + bytesIn(keyspace.get(key)?.value ?? nothing);
      }
      assert.equal(store.usedBytes, expected);
      local.say("a", "FLUSHALL");
      assert.equal(store.usedBytes, 0);
    }),
    runs(300),
  );
});

test("store: sixteen databases count together", () => {
  const store = createStore(() => 0);
  store.keyspaces[0]?.put("a", { type: "string", bytes: new Uint8Array(10) });
  store.keyspaces[15]?.put("bb", { type: "string", bytes: new Uint8Array(20) });
  assert.deepEqual([store.keyspaces.length, store.usedBytes], [16, 64 + 1 + 10 + 64 + 2 + 20]);
});

/** The pattern as a regular expression; classes are as the server reads them where they are closed. */
function asRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)|\[(\^?)([^\]]*)\]|(.)/g, (_, escaped, not, inside, other) => {
    if (escaped !== undefined) return literal(escaped);
    if (inside === "") return "(?!)";
    if (inside !== undefined) return `[${not}${[...inside].map(literal).join("")}]`;
    return other === "*" ? ".*" : other === "?" ? "." : literal(other);
  });
  return new RegExp(`^${source}$`, "s");
}

function literal(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

test("property: a pattern matches what its regular expression does", () => {
  const part = fc.constantFrom("a", "b", "c", "*", "?", "[ab]", "[^a]", "\\*", "\\a", "[]", "**");
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 8 }),
      fc.string({ unit: fc.constantFrom("a", "b", "c", "*", "\n"), maxLength: 8 }),
      (parts, text) => {
        const pattern = parts.join("");
        assert.equal(matchesGlob(pattern, text), asRegExp(pattern).test(text), `${pattern} on ${JSON.stringify(text)}`);
      },
    ),
    runs(5_000),
  );
});

test("glob: no pattern takes for ever", () => {
  assert.equal(matchesGlob(`${"*a".repeat(500)}b`, "a".repeat(20_000)), false);
  assert.equal(matchesGlob("*".repeat(20_000), "a".repeat(20_000)), true);
});
