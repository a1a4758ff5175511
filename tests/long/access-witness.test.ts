/** Access strings as the real redis-server takes them, and what it refuses a user for. */
import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { commands } from "../../src/emulate/data/commands.ts";
import { keyAccess } from "../../src/emulate/data/key-access.ts";
import { readUsersFile } from "../../src/emulate/users-file.ts";
import { readAccessString } from "../../src/judge/access-string.ts";
import { createDecoder } from "../../src/resp/decode.ts";
import { encode, encodeCommand } from "../../src/resp/encode.ts";
import { text } from "../../src/resp/value.ts";
import { createLocal } from "../emulate/data/local.ts";
import { faulty, taken } from "../judge/access-strings.ts";
import { redisServer, withRedis } from "../real/servers.ts";

const redis = redisServer();
const bytes = (line: string) => line.split(" ").map((word) => new TextEncoder().encode(word));

if (redis) {
  test("witness: redis-server takes the access strings that are taken here, and refuses the others", () =>
    withRedis(redis, {}, async ({ port }) => {
      const ask = await asking(port);
      const isTaken = (access: string) => {
        try {
          return readUsersFile(JSON.stringify({ users: [{ id: "a", access }] })).users.length > 0;
        } catch {
          return false;
        }
      };
      const named = ["+get|x", "-get|x", "+client|foo", "-xinfo|stream", "+json.get", "-acl|whoami", "+acl|whoami|x"];
      for (const access of [...taken, ...faulty.map(([text]) => text), ...named]) {
        // Those of modules are known where the module is.
        if (access.includes("json")) continue;
        const words = access.split(/\s+/).filter(Boolean);
        const said = await ask(["ACL", "SETUSER", "someone", "reset", "allchannels", "resetchannels", ...words]);
        assert.equal(isTaken(access), said === "+OK\r\n", `${access}: ${said}`);
      }
    }));

  test("witness: redis-server refuses a user the same commands, keys and channels, in the same words", () =>
    withRedis(redis, {}, async ({ port }) => {
      const admin = await asking(port);
      for (const [index, access] of strings.entries()) {
        const who = `user${index}`;
        assert.equal(await admin(["ACL", "SETUSER", who, "reset", "nopass", ...access.split(" ")]), "+OK\r\n", access);
        const ask = await asking(port);
        assert.equal(await ask(["AUTH", who, "x"]), "+OK\r\n");
        const permissions = readAccessString(access).access?.permissions ?? [];
        const local = createLocal({ permissions });
        for (const line of lines) {
          const theirs = await ask(line.split(" "));
          local.send("a", bytes(line));
          const ours = local.take("a");
          const verdicts = [theirs, ours].map((said) => (/^-(NOPERM|EXECABORT)/.test(said) ? said : "allowed"));
          assert.equal(verdicts[1], verdicts[0], `${access}: ${line}`);
        }
        await ask(["QUIT"]);
      }
    }));

  test("witness: commands do with their keys what redis-server says of them", () =>
    withRedis(redis, {}, async ({ port }) => {
      const ask = await asking(port);
      for (const [name, command] of commands) {
        if (!command.keys || command.flags.includes("pubsub")) continue;
        const decoder = createDecoder();
        decoder.push(Uint8Array.from(await ask(["COMMAND", "INFO", name]), (char) => char.charCodeAt(0)));
        const read = decoder.next();
        assert.ok(read.kind === "value" && read.value.type === "array");
        const [info] = read.value.items;
        assert.ok(info?.type === "array" && info.items[8]?.type === "array");
        for (const [place, spec] of info.items[8].items.entries()) {
          assert.ok(spec.type === "array");
          const flags = spec.items.flatMap((item) =>
            item.type === "array" ? item.items.map((one) => ("items" in one ? "" : text(one))) : [],
          );
          const has = (...names: string[]) => names.some((one) => flags.includes(one));
          // SET reads where it has GET.
          const words = bytes(name === "set" ? "SET k v GET" : name);
          assert.deepEqual(
            keyAccess(command, words, place),
            { reads: has("access"), writes: has("insert", "update", "delete") },
            name,
          );
        }
      }
    }));
}

/** With channels always said, for here they are not as on ElastiCache by default. */
const strings: readonly string[] = [
  "on ~* &* +@all",
  "on resetchannels",
  "on ~* &* -@all",
  "on ~* resetchannels +@all",
  "on ~a:* resetchannels +@all",
  "on %R~a:* %W~b:* &c:* +@all",
  "on %W~a:* %R~b:* &c:[ab] +@all",
  "on ~* &* +@read",
  "on ~* &* +@write -@keyspace",
  "on ~* &* +@all -@dangerous +info",
  "on ~* &* +@all -@slow",
  "on ~* &* +@fast",
  "on ~* &* +@connection +@pubsub +@transaction",
  "on ~* &* +@all -exec",
  "on ~* &* +@all -multi -discard -config|get",
  "on ~* &* +config|get +acl|whoami +client|getname +select|1 +ping",
  "on ~* &* +config +client -client|setname +select +select|1",
  "on ~* &c:* +@pubsub",
  "on resetchannels +ping (~a:* +get) (%R~b:* +@read) (&c:* +publish)",
  "on ~a:* resetchannels +@all (~b:* -@all +set)",
  "on ~a:? &c:\\* +@all",
];

const lines: readonly string[] = [
  ..."PING|ECHO x|SELECT 0|SELECT 1|SELECT 0|INFO|CONFIG GET maxmemory|ACL WHOAMI|CLIENT GETNAME|CLIENT SETNAME x|CLIENT ID".split(
    "|",
  ),
  ..."COMMAND COUNT|COMMAND|TIME|DBSIZE|KEYS *|SCAN 0|CLUSTER INFO|HELLO|NONSENSE|GET|GET a:1 b".split("|"),
  ..."GET a:1|GET b:1|GET c|SET a:1 x|SET b:1 x|SET a:1 x GET|SET b:1 x get|SET c x EX 10|MSET a:1 x b:1 y|MGET a:1 b:1".split(
    "|",
  ),
  ..."EXISTS a:1|EXISTS b:1 a:1|EXISTS c|TTL b:1|TYPE b:1|STRLEN b:1|APPEND b:1 x|DEL a:12 b:12|RENAME a:1 b:2|RENAME b:1 a:2".split(
    "|",
  ),
  ..."EXPIRE a:1 100|PERSIST b:1|INCR a:n|INCR b:n|GETDEL b:n|LPUSH b:l x|LPOP b:l|LRANGE b:l 0 1|HSET b:h f v|HGET b:h f|HLEN b:h".split(
    "|",
  ),
  ..."SADD a:s x|SISMEMBER b:s x|SCARD c|WATCH b:1|UNWATCH|GETEX b:1|GETSET b:1 x|FLUSHDB".split("|"),
  ..."PUBLISH c:a x|PUBLISH c:c x|PUBLISH c:* x|PUBLISH d x|SPUBLISH c:a x|SPUBLISH d x|PUBSUB NUMPAT|PUBSUB CHANNELS".split(
    "|",
  ),
  ..."MULTI|GET a:1|SET b:1 x|EXEC|MULTI|CONFIG GET x|GET c|DISCARD|EXEC|DISCARD".split("|"),
  ..."SUBSCRIBE c:a|UNSUBSCRIBE c:a|SUBSCRIBE d|UNSUBSCRIBE d|PSUBSCRIBE c:*|PUNSUBSCRIBE c:*|PSUBSCRIBE c:a|PUNSUBSCRIBE c:a|PSUBSCRIBE *|PUNSUBSCRIBE *".split(
    "|",
  ),
  ..."SSUBSCRIBE c:b|SUNSUBSCRIBE c:b|SUBSCRIBE c:a d|UNSUBSCRIBE".split("|"),
];

/** Each command once its reply is there; what comes besides is given with the next. */
async function asking(port: number): Promise<(words: readonly string[]) => Promise<string>> {
  const socket: Socket = connect(port, "127.0.0.1");
  const decoder = createDecoder();
  let values: string[] = [];
  let heard = () => {};
  socket.on("data", (bytes) => {
    decoder.push(bytes);
    for (let read = decoder.next(); read.kind === "value"; read = decoder.next()) {
      values.push(String.fromCharCode(...encode(read.value)));
    }
    heard();
  });
  return async (words) => {
    values = [];
    socket.write(encodeCommand(...words));
    while (values.length === 0) await new Promise<void>((resolve) => (heard = resolve));
    if (words[0] === "QUIT") socket.destroy();
    return values[0] ?? "";
  };
}
