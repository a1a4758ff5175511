import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { ask, command } from "./ask.ts";
import { type Hostile, type HostileName, hostileNames, withHostile } from "./hostile.ts";
import { type Endpoint, endpoints } from "./hostile-endpoints.ts";
import { aclUser, blocksStart, type RealServer, redisServer, valkeyServer, withRedis } from "./servers.ts";
import { withCluster, withFull, withLoading, withProtected, withReplica, withSentinel } from "./situations.ts";

const login = command("HELLO", "3", "AUTH", "alice", "sesame") + command("PING");
const hello = /^%7\r\n\$6\r\nserver\r\n/;

/** What a client of its own transport gets from each at a login and a PING; `end` is what ends it. */
const told: Readonly<Partial<Record<HostileName, readonly [text: RegExp, end: RegExp]>>> = {
  "closes-at-once": [/^$/, /^end$/],
  "half-closed": [/^$/, /^end$/],
  "resets-at-once": [/^$/, /ECONNRESET|^end$/],
  "closes-on-bytes": [/^$/, /^end$/],
  smtp: [/^220 mail/, /^enough$/],
  ssh: [/^SSH-2/, /^enough$/],
  http: [/^HTTP\/1.1 400 /, /^end$|^enough$/],
  https: [/^HTTP\/1.1 400 /, /^end$|^enough$/],
  memcached: [/^ERROR\r\n/, /^enough$/],
  "memcached-tls": [/^ERROR\r\n/, /^enough$/],
  plaintext: [hello, /^enough$/],
  "protected-mode": [/^-DENIED /, /^enough$/],
  "protected-mode-tls": [/^-DENIED /, /^enough$/],
  "max-clients": [/^-ERR max number of clients/, /^enough$/],
  "max-clients-tls": [/^-ERR max number of clients/, /^enough$/],
  "alert-unrecognized-name": [/^\x15\x03\x03/, /^enough$/],
  "tls11-only": [/^$/, /PROTOCOL_VERSION/],
  "tls12-only": [hello, /^enough$/],
  "tls13-only": [hello, /^enough$/],
  "client-certificate-tls12": [/^$/, /HANDSHAKE_FAILURE/],
  "client-certificate-tls13": [/^$/, /CERTIFICATE_REQUIRED/],
  "self-signed": [/^$/, /^DEPTH_ZERO_SELF_SIGNED_CERT$/],
  "unknown-authority": [/^$/, /^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/],
  // Deno has one code for all of them.
  expired: [/^$/, /^CERT_HAS_EXPIRED$|^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/],
  "not-yet-valid": [/^$/, /^CERT_NOT_YET_VALID$|^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/],
  "wrong-name": [/^$/, /^ERR_TLS_CERT_ALTNAME_INVALID$/],
  "escapes-in-certificate": [hello, /^enough$/],
  "closes-after-tls": [/^$/, /^end$/],
  "resets-after-tls": [/^$/, /ECONNRESET|^end$/],
  good: [hello, /^enough$/],
  noauth: [/^-NOAUTH /, /^enough$/],
  wrongpass: [/^-WRONGPASS /, /^enough$/],
  "iam-throttled": [/^-ERR Exceeded limit of IAM/, /^enough$/],
  "hello-unknown": [/^-ERR unknown command `HELLO`, with args beginning with: '3' 'AUTH' 'alice' 'sesame'/, /^enough$/],
  "echoes-token": [/sesame/, /^enough$/],
  "closes-on-auth": [/^$/, /^end$/],
  "resets-on-auth": [/^$/, /ECONNRESET|^end$/],
  loading: [/-LOADING /, /^enough$/],
  "endless-line": [/^\+A{1000}/, /^enough$/],
  "deep-nesting": [/^(\*1\r\n){1000}/, /^enough$/],
  "huge-bulk": [/^\$1000000000\r\nx/, /^enough$/],
  "half-a-reply-closes": [/^\$10\r\nhalf$/, /^enough$/],
  "byte-by-byte": [/\+PONG\r\n$/, /^enough$/],
  "escapes-in-error": [/^-WRONGPASS \x1b\[2J/, /^enough$/],
  refuses: [/^$/, /^ECONNREFUSED$/],
};

const transport = (name: HostileName, { ca }: Hostile) =>
  (endpoints as Readonly<Record<string, Endpoint>>)[name]?.tls ? { ca } : null;

test("hostile endpoints: each does what its name says", async () => {
  const waiting = Object.entries(told) as [HostileName, readonly [RegExp, RegExp]][];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, [text, end]] = next;
      await withHostile(name, async (server) => {
        // An empty text is enough only once it is over.
        const heard = await ask(server, login, text.test("") ? /^\b$/ : text, transport(name, server));
        assert.match(heard.text, text, name);
        assert.match(heard.end, end, name);
      });
    }
  };
  await Promise.all([worker(), worker(), worker()]);
});

test("hostile endpoints: those that are silent have heard what was said", async () => {
  for (const name of ["silent", "silent-after-tls", "silent-on-auth"] as const) {
    await withHostile(name, async (server) => {
      const silence = ask(server, command("AUTH", "alice", "sesame"), server.saw("bytes"), transport(name, server));
      assert.deepEqual(await silence, { text: "", end: "enough" }, name);
      assert.deepEqual(await server.received(), ["*3\r\n$4\r\nAUTH\r\n$5\r\nalice\r\n$6\r\nsesame\r\n"], name);
    });
  }
});

test("hostile endpoints: TLS spoken to a plaintext server gets no answer, and a time-out in connect is none of ours", async () => {
  await withHostile("plaintext", async (server) => {
    const heard = await ask(server, login, server.saw("bytes"), { ca: "" });
    assert.deepEqual(heard, { text: "", end: "enough" });
    const [client = ""] = await server.received();
    assert.equal(client.charCodeAt(0), 0x16);
  });
  await withHostile("never-connects", (server) =>
    withHostile("plaintext-open", async (open) => {
      const other = ask(open, command("PING"), /PONG/);
      // Enough for a connection to be made beside it.
      assert.deepEqual(await ask(server, "", other), { text: "", end: "enough" });
      assert.equal((await other).end, "enough");
    }),
  );
});

test("hostile endpoints: the slow one goes on stage by stage as it is told", async () => {
  await withHostile("slow", async (server) => {
    const heard = ask(server, login, /PONG/, { ca: server.ca });
    for (const stage of ["tls", "auth", "ping"] as const) {
      await server.saw(`waits at ${stage}`);
      server.release(stage);
    }
    assert.equal((await heard).end, "enough");
  });
});

test("hostile endpoints: nothing of one is left", async () => {
  let [file, port] = ["", 0];
  await withHostile("good", async (server) => {
    [file, port] = [server.caFile, server.port];
    assert.equal(existsSync(file), true);
  });
  assert.equal(existsSync(dirname(file)), false);
  assert.equal((await ask({ host: "127.0.0.1", port }, "", /x/)).end, "ECONNREFUSED");
  assert.ok(hostileNames().length > 80);
});

const secure = (server: RealServer) => (server.certified ? { ca: server.certified.ca } : null);
const says = async (server: RealServer, send: string, enough: RegExp) =>
  assert.match((await ask(server, send, enough, secure(server))).text, enough);
const users = [
  aclUser("alice", "se same\"'&%#"),
  aclUser("bob", "sesame", blocksStart),
  aclUser("carol", "sesame", undefined, "off"),
];
const auth = (user: string, password: string) => command("AUTH", user, password);

const redis = redisServer();
if (redis) {
  test("real redis: plain and over TLS, with users", async () => {
    await withRedis(redis, {}, (server) => says(server, command("PING"), /^\+PONG\r\n$/));
    await withRedis(redis, { tls: true, users }, async (server) => {
      await says(server, command("PING"), /^-NOAUTH /);
      await says(server, auth("alice", "se same\"'&%#") + command("ACL", "WHOAMI"), /^\+OK\r\n\$5\r\nalice\r\n$/);
      await says(server, auth("bob", "sesame") + command("PING"), /^\+OK\r\n-NOPERM /);
      await says(server, auth("carol", "sesame"), /^-WRONGPASS /);
      assert.equal(server.command("ACL", "WHOAMI"), "administrator");
    });
    await withRedis(redis, { tls: true, demandClientCertificate: true }, async (server) =>
      assert.match((await ask(server, command("PING"), /./, secure(server))).end, /CERTIFICATE_REQUIRED/),
    );
  });

  test("real redis: a cluster of three, a replica, a Sentinel", async () => {
    await withCluster(redis, { tls: true, users }, async (nodes) => {
      for (const node of nodes) {
        const slots = command("CLUSTER", "SLOTS");
        await says(node, auth("alice", "se same\"'&%#") + slots, /^\+OK\r\n\*3\r\n[\s\S]*127\.0\.0\.1[\s\S]*16383\r\n/);
      }
    });
    await withReplica(redis, {}, ({ replica }) => says(replica, command("SET", "a", "b"), /^-READONLY /));
    await withSentinel(redis, { tls: true }, (server) => says(server, command("INFO"), /redis_mode:sentinel/));
  });

  test("real redis: loading, full, protected", async () => {
    await withLoading(redis, { tls: true, users }, (server) =>
      says(server, auth("alice", "se same\"'&%#") + command("PING"), /^\+OK\r\n-LOADING /),
    );
    await withFull(redis, {}, (server) => says(server, command("PING"), /^-ERR max number of clients reached\r\n$/));
    await withProtected(redis, (server) =>
      says(server, command("PING"), /^-DENIED Redis is running in protected mode/),
    );
  });
}

const valkey = valkeyServer();
if (valkey) {
  test("real valkey: eight, with users", () =>
    withRedis(valkey, { users }, (server) =>
      says(
        server,
        command("HELLO", "3", "AUTH", "alice", "se same\"'&%#"),
        /\$6\r\nserver\r\n\$6\r\nvalkey\r\n[\s\S]*8\.\d/,
      ),
    ));
}
