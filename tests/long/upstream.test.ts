/** `emulate --upstream` against real servers: what goes by is not touched, and what is judged is judged in its place. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { programs, run } from "../app/program.ts";
import { command } from "../real/ask.ts";
import { type RealServer, redisServer, valkeyServer, withRedis } from "../real/servers.ts";
import { Wire } from "../real/wire.ts";
import { type Emulate, emulating, withEmulate } from "./clients/emulate.ts";
import { type Login, ownToken } from "./clients/login.ts";

const servers = [
  ["redis-server 7", "redis", redisServer()],
  ["valkey-server 8", "valkey", valkeyServer()],
] as const;

for (const program of emulating(programs)) {
  if (redisServer()) {
    for (const demandClientCertificate of [false, true]) {
      const who = demandClientCertificate ? " and demands a client's certificate" : "";
      test(`upstream: ${program.name} tells redis-server that speaks TLS${who} as that`, () =>
        withRedis("redis-server", { tls: true, demandClientCertificate }, async ({ port }) => {
          const { code, stderr } = await run(program, ["emulate", "--upstream", `127.0.0.1:${port}`]);
          assert.equal(code, 4);
          assert.match(stderr, /^error: The upstream 127\.0\.0\.1:\d+ (speaks|closed) .*\nfix: .*(`port`|speaks TLS)/);
          if (!/deno/i.test(program.name)) assert.match(stderr, /speaks TLS, and --upstream speaks clear text/);
        }));
    }
  }

  for (const [name, vendor, server] of servers) {
    if (!server) continue;
    const behind = (use: (emulate: Emulate, real: RealServer) => Promise<void>) =>
      withRedis(server, { settings: ["enable-debug-command local"] }, (real) =>
        withEmulate(program, ["--upstream", `${real.host}:${real.port}`], (emulate) => use(emulate, real)),
      );

    test(`upstream: ${program.name} before ${name}: the bytes of every type of RESP3 and RESP2 are the server's own`, () =>
      behind(async ({ login }, real) => {
        for (const resp of ["3", "2"]) {
          const types = ["string", "integer", "double", "null", "array", "set", "map", "bignum", "true", "false"];
          // Attributes are of RESP3 alone: asked in RESP2, the server closes the connection.
          if (resp === "3") types.push("attrib", "verbatim");
          const pipeline = [
            command("HELLO", resp),
            command("FLUSHALL"),
            ...types.map((type) => command("DEBUG", "PROTOCOL", type)),
            command("HSET", "h", "field", "value"),
            command("HGETALL", "h"),
            command("MULTI") + command("SET", "n", "1") + command("INCR", "n") + command("EXEC"),
            command("MULTI") + command("NONSENSE") + command("EXEC"),
            command("EVAL", "return {1, {2, 'three'}, redis.error_reply('FOUR five')}", "0"),
            command("SUBSCRIBE", "news") + command("UNSUBSCRIBE", "news"),
            "PING inline\r\n",
            command("ECHO", "the end"),
          ].join("");
          const [own, passed] = [await Wire.open(real, null), await loggedIn(login)];
          const replies: string[] = [];
          for (const wire of [own, passed]) {
            await wire.write(pipeline);
            replies.push(withoutId(await wire.until("$7\r\nthe end\r\n")));
            wire.close();
          }
          assert.equal(replies[1], replies[0], `RESP${resp}`);
        }
      }));

    test(`upstream: ${program.name} before ${name}: 32 MiB go in and come out the same, and the server has them so`, () =>
      behind(async ({ login }, real) => {
        const value = randomBytes(32 << 20);
        const wire = await loggedIn(login);
        await wire.write(`*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$${value.length}\r\n`);
        await wire.write(value);
        await wire.write("\r\n");
        assert.equal((await wire.until("\r\n")).toString(), "+OK\r\n");
        const script = "return redis.sha1hex(redis.call('get', 'big'))";
        assert.equal(real.command("EVAL", script, "0"), createHash("sha1").update(value).digest("hex"));
        await wire.write(command("GET", "big"));
        const head = `$${value.length}\r\n`;
        const reply = await wire.exactly(head.length + value.length + 2);
        assert.equal(reply.subarray(0, head.length).toString(), head);
        assert.equal(sha256(reply.subarray(head.length, -2)), sha256(value));
        wire.close();
      }));

    test(`upstream: ${program.name} before ${name}: who does not read is waited for by the server, not by memory`, () =>
      behind(async ({ login, pid }, real) => {
        const size = 32 << 20;
        real.command("EVAL", `return redis.call('set', 'big', string.rep('x', ${size}))`, "0");
        const slow = await loggedIn(login);
        const before = residentMiB(pid);
        slow.pause();
        await slow.write(command("GET", "big").repeat(8));
        // 256 MiB are asked for. All that the way there cannot hold is held by the server.
        await real.until(/ omem=2\d{8} /, "CLIENT", "LIST");
        const other = await loggedIn(login);
        await other.write(command("PING"));
        assert.equal((await other.until("\r\n")).toString(), "+PONG\r\n");
        other.close();
        assert.ok(residentMiB(pid) - before < 64, `${residentMiB(pid) - before} MiB more`);
        slow.resume();
        const all = await slow.exactly(8 * (`$${size}\r\n`.length + size + 2));
        assert.equal(all.subarray(-4).toString(), "xx\r\n");
        slow.close();
      }));

    test(`upstream: ${program.name} before ${name}: AUTH and HELLO in the middle of a pipeline are answered in their place`, () =>
      behind(async ({ login, next }, real) => {
        const { user } = login;
        const token = await ownToken(login);
        const wrong = await ownToken({ ...login, region: "eu-west-3" });
        const wire = await loggedIn(login);
        const refused = next({ accepted: false });
        await wire.write(
          [
            command("ECHO", "1"),
            command("AUTH", user, token),
            command("ECHO", "2"),
            command("AUTH", user, wrong),
            command("ACL", "WHOAMI"),
            command("MULTI") + command("AUTH", user, token) + command("ECHO", "3") + command("EXEC"),
            command("HELLO", "3", "AUTH", user, token, "SETNAME", "late"),
            command("ACL", "WHOAMI"),
            command("CLIENT", "GETNAME"),
            command("ECHO", "4"),
          ].join(""),
        );
        const replies = (await wire.until("$1\r\n4\r\n")).toString();
        const whoami = `$${user.length}\r\n${user}\r\n`;
        const [first = "", second = ""] = replies.split("%7\r\n");
        const wrongpass = "-WRONGPASS invalid username-password pair or user is disabled.\r\n";
        const before = `$1\r\n1\r\n+OK\r\n$1\r\n2\r\n${wrongpass}${whoami}+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n-ERR AUTH inside`;
        assert.ok(first.startsWith(before), first);
        assert.ok(first.endsWith("\r\n$1\r\n3\r\n"), first);
        assert.ok(
          second.startsWith(`$6\r\nserver\r\n$${vendor.length}\r\n${vendor}\r\n`) || vendor === "valkey",
          second,
        );
        assert.ok(second.endsWith(`${whoami}$4\r\nlate\r\n$1\r\n4\r\n`), second);
        assert.deepEqual(
          (await refused).findings.map(({ rule }) => rule),
          ["region-mismatch"],
        );
        // The server behind it has never seen a login.
        assert.doesNotMatch(real.command("INFO", "commandstats"), /cmdstat_auth/);
        wire.close();
      }));

    test(`upstream: ${program.name} before ${name}: what is published comes to who subscribed, in both protocols`, () =>
      behind(async ({ login }) => {
        const [old, young, publisher] = await Promise.all([loggedIn(login), loggedIn(login), loggedIn(login)]);
        await young.write(command("HELLO", "3") + command("ECHO", "ready"));
        await young.until("$5\r\nready\r\n");
        for (const wire of [old, young]) await wire.write(command("SUBSCRIBE", "news"));
        for (const wire of [old, young]) await wire.until("$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n");
        await publisher.write(command("PUBLISH", "news", "hello"));
        const message = "3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n";
        assert.equal((await old.until("hello\r\n")).toString(), `*${message}`);
        assert.equal((await young.until("hello\r\n")).toString(), `>${message}`);
        for (const wire of [old, young, publisher]) wire.close();
      }));
  }
}

async function loggedIn(login: Login): Promise<Wire> {
  const wire = await Wire.open(login, readFileSync(login.caFile, "utf8"));
  await wire.write(command("AUTH", login.user, await ownToken(login)));
  assert.equal((await wire.until("\r\n")).toString(), "+OK\r\n");
  return wire;
}

/** In HELLO's reply each connection has a number of its own. */
function withoutId(reply: Buffer): string {
  return reply.toString("latin1").replace(/(\$2\r\nid\r\n):\d+/, "$1:N");
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function residentMiB(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
