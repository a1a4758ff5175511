import assert from "node:assert/strict";
import { test } from "node:test";
import { readAll } from "./compare.ts";
import { createLocal } from "./local.ts";

test("data: what redis-server knows and emulate has not says so, and where to have it", () => {
  const { say } = createLocal();
  const notBuiltIn = (name: string) =>
    `-ERR '${name}' is not among the commands built into cacheauth emulate; --upstream HOST:PORT passes everything to a real redis-server or valkey-server\r\n`;
  for (const [line, name] of [
    ["XADD s * a 1", "XADD"],
    ["xadd", "XADD"],
    ["EVAL 'return 1' 0", "EVAL"],
    ["HEXPIRE h 10 FIELDS 1 f", "HEXPIRE"],
    ["CLIENT KILL ID 1", "CLIENT KILL"],
    ["client tracking on", "CLIENT TRACKING"],
    ["CLIENT LIST ID 1", "CLIENT LIST ID"],
    ["CONFIG SET maxmemory 1", "CONFIG SET"],
    ["COMMAND DOCS", "COMMAND DOCS"],
    ["CLUSTER FAILOVER", "CLUSTER FAILOVER"],
    ["ACL LIST", "ACL LIST"],
  ] as const) {
    assert.equal(say("a", line), notBuiltIn(name), line);
  }
  // As with every other that is refused, a transaction is then given up.
  say("a", "MULTI");
  assert.equal(say("a", "XADD s * a 1"), notBuiltIn("XADD"));
  assert.match(say("a", "EXEC"), /^-EXECABORT /);
});

test("data: AUTH and HELLO inside MULTI are queued, and errors at EXEC that give up nothing else", () => {
  const local = createLocal();
  assert.equal(local.session("a").inTransaction, false);
  local.say("a", "MULTI");
  assert.equal(local.session("a").inTransaction, true);
  for (const line of ["SET k v", "AUTH user token", "HELLO 3 AUTH user token", "GET k"]) {
    assert.equal(local.say("a", line), "+QUEUED\r\n");
  }
  assert.equal(
    local.say("a", "EXEC"),
    "*4\r\n+OK\r\n" +
      "-ERR AUTH inside MULTI/EXEC is not supported with IAM authentication: nobody was authenticated, and the connection's time was not prolonged\r\n" +
      "-ERR HELLO inside MULTI/EXEC is not supported with IAM authentication: nobody was authenticated, and the connection's time was not prolonged\r\n" +
      "$1\r\nv\r\n",
  );
  assert.equal(local.session("a").inTransaction, false);
  assert.equal(
    local.say("a", "MULTI") + local.say("a", "AUTH") + local.say("a", "EXEC").slice(0, 11),
    "+OK\r\n-ERR wrong number of arguments for 'auth' command\r\n-EXECABORT ",
  );
});

test("data: before the login, what the server says of the words alone", () => {
  const { session } = createLocal();
  const said = (...words: string[]) => {
    const reply = session("a").refusalBeforeLogin(words.map((word) => new TextEncoder().encode(word)));
    return reply && "bytes" in reply ? new TextDecoder().decode(reply.bytes) : reply;
  };
  assert.equal(said("GET", "k"), null);
  assert.equal(said("GET"), "ERR wrong number of arguments for 'get' command");
  assert.equal(said("NOSUCH"), "ERR unknown command 'NOSUCH', with args beginning with: ");
  assert.match(said("XADD") as string, /--upstream/);
});

test("data: RESET takes back all but the login, and closing leaves nothing behind", () => {
  const local = createLocal();
  for (const line of ["SELECT 1", "CLIENT SETNAME me", "WATCH k", "MULTI", "SET k v"]) local.say("a", line);
  local.session("a").reset();
  assert.equal(local.say("a", "CLIENT GETNAME"), "$-1\r\n");
  assert.equal(local.say("a", "EXEC"), "-ERR EXEC without MULTI\r\n");
  local.say("a", "SET here 1");
  assert.equal(local.say("b", "GET here"), "$1\r\n1\r\n");
  for (const line of ["SUBSCRIBE c", "PSUBSCRIBE c*", "SSUBSCRIBE c"]) local.say("a", line);
  assert.equal(local.session("a").isSubscribedOnly, true);
  assert.equal(local.say("b", "PUBLISH c x"), ":2\r\n");
  local.session("a").reset();
  assert.equal(local.session("a").isSubscribedOnly, false);
  assert.equal(local.say("b", "PUBLISH c x") + local.say("b", "SPUBLISH c x"), ":0\r\n:0\r\n");
  for (const line of ["SUBSCRIBE c", "PSUBSCRIBE c*", "SSUBSCRIBE c"]) local.say("a", line);
  local.session("a").close();
  local.take("a");
  assert.equal(
    local.say("b", "PUBLISH c x") + local.say("b", "SPUBLISH c x") + local.say("b", "PUBSUB NUMPAT"),
    ":0\r\n:0\r\n:0\r\n",
  );
  assert.equal(local.take("a"), "");
});

test("data: keys go when their time comes, by the clock that was given", () => {
  const local = createLocal();
  local.say("a", "SET k v PX 1500");
  local.say("a", "SET l v");
  local.say("b", "WATCH k");
  local.clock.nowMs += 1_400;
  assert.equal(local.say("a", "PTTL k") + local.say("a", "TTL k"), ":100\r\n:0\r\n");
  local.clock.nowMs += 99;
  assert.equal(local.say("a", "GET k"), "$1\r\nv\r\n");
  local.clock.nowMs += 1;
  assert.equal(local.say("a", "GET k") + local.say("a", "TTL k") + local.say("a", "DBSIZE"), "$-1\r\n:-2\r\n:1\r\n");
  // A watched key that has expired was changed, also where nobody has looked for it since.
  assert.equal(local.say("b", "MULTI") + local.say("b", "PING") + local.say("b", "EXEC"), "+OK\r\n+QUEUED\r\n*-1\r\n");
  for (const line of ["SET m v PX 10", "WATCH m"]) local.say("b", line);
  local.clock.nowMs += 10;
  assert.equal(local.say("b", "MULTI") + local.say("b", "PING") + local.say("b", "EXEC"), "+OK\r\n+QUEUED\r\n*-1\r\n");
  assert.equal(local.say("a", "TIME"), "*2\r\n$10\r\n1767225601\r\n$6\r\n510000\r\n");
  for (const key of ["x", "y"]) local.say("a", `SET ${key} v PX 10`);
  local.clock.nowMs += 10;
  assert.equal(
    local.say("a", "KEYS *") + local.say("a", "SCAN 0"),
    "*1\r\n$1\r\nl\r\n*2\r\n$1\r\n0\r\n*1\r\n$1\r\nl\r\n",
  );
});

test("data: the memory has an end, and what is deleted or has expired makes room", () => {
  const local = createLocal({ mostBytes: 1_000 });
  const oom = "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
  assert.equal(local.say("a", `SET a ${"x".repeat(400)}`), "+OK\r\n");
  assert.equal(local.say("a", `SET b ${"x".repeat(600)}`), oom);
  assert.equal(local.say("a", `APPEND a ${"x".repeat(600)}`), oom);
  assert.equal(
    local.say("a", `HSET h f ${"x".repeat(600)}`) +
      local.say("a", `RPUSH l ${"x".repeat(600)}`) +
      local.say("a", `SADD s ${"x".repeat(600)}`),
    oom.repeat(3),
  );
  // Reading and deleting go on.
  assert.equal(local.say("a", "STRLEN a") + local.say("a", "DBSIZE"), ":400\r\n:1\r\n");
  local.say("a", "MULTI");
  assert.equal(local.say("a", `SET b ${"x".repeat(600)}`), oom);
  assert.match(local.say("a", "EXEC"), /^-EXECABORT/);
  local.say("a", "PEXPIRE a 10");
  local.clock.nowMs += 10;
  assert.equal(local.say("a", `SET b ${"x".repeat(600)}`), "+OK\r\n");
  assert.equal(local.say("a", "DEL b") + local.say("a", `SET c ${"x".repeat(800)}`), ":1\r\n+OK\r\n");
});

test("data: what is kept for one connection has an end", () => {
  const local = createLocal({ mostKeptBytes: 1_000 });
  local.say("a", "MULTI");
  const said = Array.from({ length: 20 }, () => local.say("a", "PING"));
  assert.match(said.at(-1) ?? "", /^-ERR the transaction is longer than/);
  assert.match(local.say("a", "EXEC"), /^-EXECABORT/);
  assert.equal(local.say("a", "MULTI") + local.say("a", "EXEC"), "+OK\r\n*0\r\n");
  const watched = Array.from({ length: 20 }, (_, index) => local.say("a", `WATCH key:${index}`));
  assert.match(watched.at(-1) ?? "", /^-ERR this connection watches as many keys/);
  assert.equal(local.say("a", "UNWATCH") + local.say("a", "WATCH k"), "+OK\r\n+OK\r\n");
  const heard = Array.from({ length: 20 }, (_, index) => local.say("b", `PSUBSCRIBE channel:${index}`));
  assert.match(heard.at(-1) ?? "", /^-ERR this connection has as many subscriptions/);
  local.say("b", "PUNSUBSCRIBE");
  assert.match(local.say("b", "SUBSCRIBE c"), /^\*3\r\n\$9\r\nsubscribe/);
  assert.match(local.say("c", `CLIENT SETNAME ${"x".repeat(2_000)}`), /^-ERR Client names of over 1024 bytes/);
});

test("data: a reply that would be many times what is stored is an error", () => {
  const local = createLocal({ mostReplyBytes: 1_000 });
  local.say("a", `SET k ${"x".repeat(400)}`);
  assert.match(local.say("a", "MGET k k k"), /^-ERR the reply is longer than cacheauth emulate sends/);
  assert.match(local.say("a", "MGET k k"), /^\*2\r\n/);
  for (const line of ["MULTI", "GET k", "GET k", "GET k"]) local.say("a", line);
  local.say("a", "SET after 1");
  assert.match(local.say("a", "EXEC"), /^-ERR the reply is longer/);
  // It was run all the same.
  assert.equal(local.say("a", "GET after"), "$1\r\n1\r\n");
});

test("data: a pattern has a length", () => {
  const { say } = createLocal();
  const pattern = "*".repeat(1_025);
  for (const line of [
    `KEYS ${pattern}`,
    `SCAN 0 MATCH ${pattern}`,
    `PSUBSCRIBE ${pattern}`,
    `PUBSUB CHANNELS ${pattern}`,
    `CONFIG GET ${pattern}`,
  ]) {
    assert.equal(say("a", line), "-ERR patterns of over 1024 bytes are not taken here\r\n");
  }
  assert.equal(say("a", `KEYS ${pattern.slice(1)}`), "*0\r\n");
});

test("data: a hundred thousand items at either end of a list stand in their order", () => {
  const { send, say, take } = createLocal();
  const items = Array.from({ length: 100_000 }, (_, index) => `${index}`);
  for (const [name, key] of [
    ["LPUSH", "l"],
    ["RPUSH", "r"],
  ] as const) {
    send(
      "a",
      [name, key, "first", ...items].map((word) => new TextEncoder().encode(word)),
    );
  }
  assert.equal(take("a"), ":100001\r\n:100001\r\n");
  assert.equal(
    say("a", "LRANGE l 0 1") + say("a", "LRANGE l -2 -1"),
    "*2\r\n$5\r\n99999\r\n$5\r\n99998\r\n*2\r\n$1\r\n0\r\n$5\r\nfirst\r\n",
  );
  assert.equal(say("a", "LRANGE r 0 1") + say("a", "RPOP r"), "*2\r\n$5\r\nfirst\r\n$1\r\n0\r\n$5\r\n99999\r\n");
});

test("data: what is kept of a command's words are copies", () => {
  const local = createLocal();
  const bytes = new TextEncoder().encode("SETkeyvalue");
  const words = () => [bytes.subarray(0, 3), bytes.subarray(3, 6), bytes.subarray(6)];
  local.send("a", words());
  local.say("a", "MULTI");
  local.send("a", [new TextEncoder().encode("GETSET"), bytes.subarray(3, 6), bytes.subarray(6)]);
  local.send("b", [new TextEncoder().encode("RPUSH"), new TextEncoder().encode("l"), bytes.subarray(6)]);
  local.send("b", [
    new TextEncoder().encode("HSET"),
    new TextEncoder().encode("h"),
    new TextEncoder().encode("f"),
    bytes.subarray(6),
  ]);
  local.send("c", [new TextEncoder().encode("MSET"), new TextEncoder().encode("m"), bytes.subarray(6)]);
  bytes.fill(120);
  local.take("c");
  assert.equal(local.say("c", "GET m"), "$5\r\nvalue\r\n");
  local.take("b");
  assert.equal(local.say("b", "LRANGE l 0 -1") + local.say("b", "HGET h f"), "*1\r\n$5\r\nvalue\r\n$5\r\nvalue\r\n");
  local.take("a");
  assert.equal(local.say("a", "EXEC"), "*1\r\n$5\r\nvalue\r\n");
  assert.equal(local.say("a", "GET key"), "$5\r\nvalue\r\n");
});

test("data: messages reach whoever listens, on whichever node, and the answer counts those on this one", () => {
  const local = createLocal({ resp: 3, nodes: 3 });
  local.say("a", "SUBSCRIBE news");
  local.say("b", "PSUBSCRIBE n*");
  assert.equal(local.say("c", "PUBLISH news x"), ":0\r\n");
  assert.match(local.take("a"), /^>3\r\n\$7\r\nmessage/);
  assert.match(local.take("b"), /^>4\r\n\$8\r\npmessage/);
  assert.equal(
    local.say("c", "PUBSUB CHANNELS") + local.say("c", "PUBSUB NUMPAT") + local.say("b", "PUBSUB NUMPAT"),
    "*0\r\n:0\r\n:1\r\n",
  );
  // Whoever listens and publishes hears itself first, as with redis-server 7.0.
  assert.equal(local.say("a", "PUBLISH news y"), ">3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$1\r\ny\r\n:1\r\n");
  local.say("a", "SSUBSCRIBE hello");
  assert.equal(local.say("a", "SPUBLISH hello z"), ">3\r\n$8\r\nsmessage\r\n$5\r\nhello\r\n$1\r\nz\r\n:1\r\n");
});

test("data: the slots of every node, as cluster clients read them", () => {
  const local = createLocal({ resp: 3, nodes: 3 });
  const [slots, shards] = ["CLUSTER SLOTS", "CLUSTER SHARDS"].map((line) => readAll(local.say("a", line))[0]);
  assert.equal(slots?.type === "array" && slots.items.length, 3);
  assert.equal(shards?.type === "array" && shards.items.length, 3);
  assert.match(
    local.say("b", "CLUSTER SLOTS"),
    /^\*3\r\n\*3\r\n:0\r\n:5460\r\n\*4\r\n\$9\r\n127\.0\.0\.1\r\n:7000\r\n\$40\r\n0{40}\r\n%0\r\n\*3\r\n:5461\r\n:10922\r\n/,
  );
  assert.equal(
    local.say("b", "CLUSTER NODES"),
    `=${4 + 3 * 40 + " 127.0.0.1:7000@0 master - 0 0 1 connected 0-5460\n".length + " 127.0.0.1:7001@0 myself,master - 0 0 2 connected 5461-10922\n".length + " 127.0.0.1:7002@0 master - 0 0 3 connected 10923-16383\n".length}\r\ntxt:` +
      `${"0".repeat(40)} 127.0.0.1:7000@0 master - 0 0 1 connected 0-5460\n` +
      `${"1".repeat(40)} 127.0.0.1:7001@0 myself,master - 0 0 2 connected 5461-10922\n` +
      `${"2".repeat(40)} 127.0.0.1:7002@0 master - 0 0 3 connected 10923-16383\n\r\n`,
  );
  assert.equal(local.say("c", "CLUSTER MYID"), `$40\r\n${"2".repeat(40)}\r\n`);
  assert.match(local.say("a", "CLUSTER INFO"), /cluster_state:ok\r\ncluster_slots_assigned:16384\r\n/);
  assert.match(local.say("a", "INFO cluster"), /cluster_enabled:1/);
});

test("data: INFO, CLIENT INFO and CLIENT LIST say what is so", () => {
  const local = createLocal();
  local.say("a", "SET k v EX 100");
  local.say("a", "CLIENT SETNAME me");
  assert.equal(
    local.say("a", "CLIENT SETINFO LIB-NAME redis-py") + local.say("a", "CLIENT SETINFO lib-ver 7.0.0"),
    "+OK\r\n+OK\r\n",
  );
  assert.match(local.say("a", "CLIENT SETINFO LIB-NAME 'a b'"), /^-ERR lib-name cannot contain spaces/);
  assert.equal(local.say("a", "CLIENT SETINFO FOO x"), "-ERR Unrecognized option 'FOO'\r\n");
  local.clock.nowMs += 5_000;
  local.say("b", "PING");
  local.say("a", "MULTI");
  local.say("a", "CLIENT INFO");
  assert.match(
    local.say("a", "EXEC"),
    /\r\nid=1 addr=127\.0\.0\.1:50001 laddr=127\.0\.0\.1:6379 name=me age=5 user=default resp=2 lib-name=redis-py lib-ver=7\.0\.0 db=0 sub=0 psub=0 ssub=0 multi=-1 cmd=client\|info\n\r\n$/,
  );
  assert.match(local.say("b", "CLIENT LIST"), /id=1 .* name=me .*\nid=2 .* name= .*\n\r\n$/);
  const info = local.say("b", "INFO");
  for (const line of [
    "redis_version:7.1.0",
    "redis_mode:standalone",
    "uptime_in_seconds:86405",
    "connected_clients:2",
    "loading:0",
    "role:master",
    "cluster_enabled:0",
    "db0:keys=1,expires=1,avg_ttl=0",
    "maxmemory:67108864",
  ]) {
    assert.ok(info.includes(`${line}\r\n`), line);
  }
  assert.match(
    local.say("b", "INFO replication keyspace"),
    /^\$\d+\r\n# Replication\r\nrole:master\r\nconnected_slaves:0\r\n\r\n# Keyspace\r\ndb0:[^#]*$/,
  );
  assert.equal(local.say("b", "CONFIG GET maxmemory"), "*2\r\n$9\r\nmaxmemory\r\n$8\r\n67108864\r\n");
});

test("data: COMMAND lists what is built in, and no more", () => {
  const { say } = createLocal({ resp: 3 });
  const [list] = readAll(say("a", "COMMAND LIST"));
  const [all] = readAll(say("a", "COMMAND"));
  const [count] = readAll(say("a", "COMMAND COUNT"));
  assert.ok(list?.type === "array" && all?.type === "array" && count?.type === "integer");
  assert.deepEqual([list.items.length, all.items.length], [Number(count.value), Number(count.value)]);
  assert.equal(
    say("a", "COMMAND INFO mget nosuch"),
    "*2\r\n*10\r\n$4\r\nmget\r\n:-2\r\n~2\r\n+readonly\r\n+fast\r\n:1\r\n:-1\r\n:1\r\n~3\r\n+@string\r\n+@read\r\n+@fast\r\n" +
      "~1\r\n$26\r\nrequest_policy:multi_shard\r\n~0\r\n*0\r\n_\r\n",
  );
});
