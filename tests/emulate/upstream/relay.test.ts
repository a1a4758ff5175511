/** Before another server: here a second emulator, open to all, whose commands are those of a redis-server. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";
import type { EmulatorOptions } from "../../../src/emulate/emulator.ts";
import { parseFaults } from "../../../src/emulate/faults.ts";
import { type Client, dial, emulating, openWorld, type Running, tokenAt } from "../harness.ts";

interface Behind extends Running {
  /** A good token. */
  readonly token: string;
  readonly client: Client;
  readonly upstream: Running;
}

function relaying(use: (behind: Behind) => Promise<void>, options: Partial<EmulatorOptions> = {}): Promise<void> {
  return emulating({ world: openWorld }, (upstream) =>
    emulating({ upstream: { host: "127.0.0.1", port: upstream.port }, ...options }, async (front) => {
      const client = await dial(front.port);
      await use({ ...front, upstream, client, token: await tokenAt(front.clock.now()) });
      client.destroy();
    }),
  );
}

const wrongPass = "-WRONGPASS invalid username-password pair or user is disabled.";
const unmulti = (name: string) =>
  `-ERR ${name} inside MULTI/EXEC is not supported with IAM authentication: nobody was authenticated, and the connection's time was not prolonged`;

async function conversation(
  client: Client,
  turns: readonly (readonly [say: string, reply: string | RegExp])[],
  token: string,
) {
  for (const [say, reply] of turns) {
    const got = await client.ask(...say.split(" ").map((word) => (word === "TOKEN" ? token : word)));
    if (typeof reply === "string") assert.equal(got, reply, say);
    else assert.match(got, reply, say);
  }
}

test("upstream: before the login nothing reaches it, after it everything does", () =>
  relaying(async ({ client, token, upstream }) => {
    const direct = await dial(upstream.port);
    await conversation(
      client,
      [
        ["SET a 1", "-NOAUTH Authentication required."],
        ["HELLO 3", /^-NOAUTH HELLO/],
        ["AUTH my-user wrong", wrongPass],
        ["SET a 1", "-NOAUTH Authentication required."],
      ],
      token,
    );
    assert.equal(await direct.ask("DBSIZE"), ":0");
    assert.match(await direct.ask("CLIENT", "LIST"), /^\$id=1 [^\n]*\n$/);
    await conversation(
      client,
      [
        ["AUTH my-user TOKEN", "+OK"],
        ["SET a 1", "+OK"],
        ["GET a", "$1"],
      ],
      token,
    );
    assert.equal(await direct.ask("GET", "a"), "$1");
    direct.destroy();
  }));

test("upstream: HELLO is answered by it, and its AUTH stays here", () =>
  relaying(async ({ client, token, upstream }) => {
    await conversation(
      client,
      [
        ["HELLO 3 AUTH my-user TOKEN SETNAME me", /^\{\$server=\$redis .*\$proto=:3/],
        ["CLIENT GETNAME", "$me"],
        ["HELLO 2 AUTH my-user TOKEN", /^\[\$server \$redis .*\$proto :2/],
        ["HELLO 2 AUTH my-user wrong", wrongPass],
        ["HELLO 3 SETNAME auth", /^\{/],
        ["CLIENT GETNAME", "$auth"],
        ["HELLO 9", "-NOPROTO unsupported protocol version"],
        ["HELLO AUTH my-user TOKEN", "-ERR Protocol version is not an integer or out of range"],
        ["HELLO 3 NONE", "-ERR Syntax error in HELLO option 'NONE'"],
        ["AUTH", "-ERR wrong number of arguments for 'auth' command"],
        ["AUTH a b c", "-ERR syntax error"],
        ["AUTH TOKEN", /^-ERR AUTH <password> called without/],
        ["PING", "+PONG"],
      ],
      token,
    );
    assert.deepEqual(upstream.decisions, []);
  }));

test("upstream: who one is, is the user of the login", () =>
  relaying(async ({ client, token }) =>
    conversation(
      client,
      [
        ["AUTH my-user TOKEN", "+OK"],
        ["ACL WHOAMI", "$my-user"],
        ["acl whoami", "$my-user"],
        ["ACL WHOAMI x", /^-ERR wrong number of arguments/],
        ["MULTI", "+OK"],
        ["ACL WHOAMI", "+QUEUED"],
        ["EXEC", "[$my-user]"],
      ],
      token,
    ),
  ));

test("upstream: a login in the middle of a pipeline is answered in its place", () =>
  relaying(async ({ client, token }) => {
    await client.ask("AUTH", "my-user", token);
    for (const words of [
      ["SET", "a", "1"],
      ["AUTH", "my-user", token],
      ["INCR", "a"],
      ["AUTH", "my-user", "wrong"],
      ["INCR", "a"],
      ["HELLO", "3", "AUTH", "my-user", token],
      ["AUTH", "my-user", token],
      ["GET", "a"],
    ])
      client.send(...words);
    for (const reply of ["+OK", "+OK", ":2", wrongPass, ":3"]) assert.equal(await client.reply(), reply);
    assert.match(await client.reply(), /^\{/);
    for (const reply of ["+OK", "$3"]) assert.equal(await client.reply(), reply);
  }));

test("upstream: inside MULTI a login is queued, comes to nothing, and is told", () =>
  relaying(async ({ client, token, decisions }) => {
    await conversation(
      client,
      [
        ["AUTH my-user TOKEN", "+OK"],
        ["MULTI", "+OK"],
        ["SET a 1", "+QUEUED"],
        ["AUTH my-user TOKEN", "+QUEUED"],
        ["HELLO 3 AUTH my-user TOKEN", "+QUEUED"],
        ["INCR a", "+QUEUED"],
        ["EXEC", `[+OK ${unmulti("AUTH")} ${unmulti("HELLO")} :2]`],
        ["MULTI", "+OK"],
        ["AUTH my-user TOKEN", "+QUEUED"],
        ["DISCARD", "+OK"],
        ["MULTI", "+OK"],
        ["AUTH my-user TOKEN", "+QUEUED"],
        ["NONE", /^-ERR unknown command/],
        ["EXEC", /^-EXECABORT/],
        ["AUTH my-user TOKEN", "+OK"],
      ],
      token,
    );
    assert.deepEqual(
      decisions.map(({ accepted, findings }) => (accepted ? "in" : findings[0]?.rule)),
      ["in", "auth-inside-multi", "auth-inside-multi", "auth-inside-multi", "auth-inside-multi", "in"],
    );
  }));

test("upstream: after SUBSCRIBE a client of RESP2 is refused as the server refuses it, one of RESP3 is not", () =>
  relaying(async ({ client, token }) =>
    conversation(
      client,
      [
        ["AUTH my-user TOKEN", "+OK"],
        ["SUBSCRIBE a", "[$subscribe $a :1]"],
        ["AUTH my-user TOKEN", /^-ERR Can't execute 'auth': only \(P\|S\)SUBSCRIBE/],
        ["ACL WHOAMI", /^-ERR Can't execute 'acl\|whoami': only/],
        ["PING", "[$pong $]"],
        ["UNSUBSCRIBE a", "[$unsubscribe $a :0]"],
        ["HELLO 3", /^\{/],
        ["SUBSCRIBE a", ">[$subscribe $a :1]"],
        ["AUTH my-user TOKEN", "+OK"],
      ],
      token,
    ),
  ));

test("upstream: RESET drops the login once all before it is answered; a new one begins anew", () =>
  relaying(async ({ client, token, upstream }) => {
    await client.ask("HELLO", "3", "AUTH", "my-user", token);
    client.send("SET", "a", "1");
    client.send("RESET");
    client.send("SET", "a", "2");
    client.send("AUTH", "my-user", token);
    client.send("GET", "a");
    for (const reply of ["+OK", "+RESET", "-NOAUTH Authentication required.", "+OK", "$1"]) {
      assert.equal(await client.reply(), reply);
    }
    assert.match(await client.ask("HELLO"), /\$proto :2/);
    const direct = await dial(upstream.port);
    const list = await direct.ask("CLIENT", "LIST");
    assert.equal(list.split("\n").length, 3, list);
    direct.destroy();
  }));

test("upstream: QUIT is answered, and ends it", () =>
  relaying(async ({ client, token, notices }) => {
    await client.ask("AUTH", "my-user", token);
    client.send("SET", "a", "1");
    client.send("QUIT");
    for (const reply of ["+OK", "+OK"]) assert.equal(await client.reply(), reply);
    await client.closed();
    assert.deepEqual(notices, []);
  }));

test("upstream: a client that goes away takes its connection with it", () =>
  relaying(async ({ client, token, upstream }) => {
    await client.ask("AUTH", "my-user", token);
    client.destroy();
    const direct = await dial(upstream.port);
    while ((await direct.ask("CLIENT", "LIST")).split("\n").length > 2);
    direct.destroy();
  }));

test("upstream: the end of a login's time ends the connection, and a new login prolongs it", () =>
  relaying(
    async ({ client, clock, upstream }) => {
      await client.ask("AUTH", "my-user", await tokenAt(clock.now()));
      clock.advance(50_000);
      assert.equal(await client.ask("AUTH", "my-user", await tokenAt(clock.now())), "+OK");
      clock.advance(50_000);
      assert.equal(await client.ask("PING"), "+PONG");
      clock.advance(10_000);
      await client.closed();
      const direct = await dial(upstream.port);
      while ((await direct.ask("CLIENT", "LIST")).split("\n").length > 2);
      direct.destroy();
    },
    { lifetimeMs: 60_000 },
  ));

test("upstream: a value of 15 MiB goes through both ways, byte for byte", () =>
  relaying(async ({ client, token }) => {
    await client.ask("AUTH", "my-user", token);
    const value = new Uint8Array(15 << 20);
    for (let at = 0; at < value.length; at += 1) value[at] = (at * 31 + (at >> 8)) & 255;
    const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    client.sendRaw(`*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$${value.length}\r\n`);
    client.sendRaw(value);
    client.sendRaw("\r\n");
    assert.equal(await client.reply(), "+OK");
    client.send("GET", "big");
    const back = await client.value();
    assert.equal(back.type, "bulk-string");
    assert.equal(digest("bytes" in back ? back.bytes : new Uint8Array()), digest(value));
  }));

test("upstream: a value that holds the bytes of a marker's answer is a value", () =>
  relaying(async ({ client, token }) => {
    await client.ask("AUTH", "my-user", token);
    const value = `$32\r\n${"0".repeat(32)}\r\n`;
    assert.equal(await client.ask("SET", "a", value), "+OK");
    assert.equal(await client.ask("GET", "a"), `$${value}`);
    assert.equal(await client.ask("PING", "0".repeat(32)), `$${"0".repeat(32)}`);
  }));

for (const [fault, replies] of [
  ["drop-after-auth", [/^\+OK$/, /^\{\$server/]],
  ["unavailable", [/^-ERR IAM/, /^-ERR IAM/]],
] as const) {
  test(`upstream: ${fault} works before it as well`, () =>
    relaying(
      async ({ port, token }) => {
        for (const [index, words] of [
          ["AUTH", "my-user", token],
          ["HELLO", "3", "AUTH", "my-user", token],
        ].entries()) {
          const client = await dial(port);
          assert.match(await client.ask(...words), replies[index] as RegExp);
          if (fault === "drop-after-auth") await client.closed();
          client.destroy();
        }
      },
      { faults: parseFaults(fault) },
    ));
}

test("upstream: where whoever connects is in, everything goes through at once, and again after RESET", () =>
  relaying(
    async ({ client, token }) =>
      conversation(
        client,
        [
          ["ACL WHOAMI", "$default"],
          ["SET a 1", "+OK"],
          ["AUTH my-user TOKEN", "+OK"],
          ["ACL WHOAMI", "$my-user"],
          ["RESET", "+RESET"],
          ["GET a", "$1"],
          ["ACL WHOAMI", "$default"],
        ],
        token,
      ),
    { world: openWorld },
  ));

test("upstream: where whoever connects is in, the connection ends with the answer to a HELLO that is to be dropped", () =>
  relaying(
    async ({ client, token }) => {
      assert.equal(await client.ask("PING"), "+PONG");
      assert.match(await client.ask("HELLO", "3", "AUTH", "my-user", token), /^\{\$server/);
      await client.closed();
    },
    { world: openWorld, faults: parseFaults("drop-after-auth") },
  ));

/** A server of the test's own: it answers PING as it should for `good` times, then what `say` says. */
async function scripted(
  answer: (socket: Socket, sent: string) => void,
  use: (address: { host: string; port: number }) => Promise<void>,
): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (chunk) => answer(socket, String(chunk)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  try {
    await use({ host: "127.0.0.1", port });
  } finally {
    for (const socket of sockets) socket.destroy();
    // Its callback is not waited for: on a Deno of 2.6 it may never be called.
    server.close();
  }
}

const markerIn = (sent: string) => /\$(16|32)\r\n([0-9a-f]+)\r\n$/.exec(sent);
const pong = (sent: string) => {
  const [, length, marker] = markerIn(sent) ?? [];
  return marker === undefined ? null : `$${length}\r\n${marker}\r\n`;
};

/** What the upstream does when it is asked for a sign of life, and what the client and the log are told. */
const badUpstreams: readonly (readonly [what: string, answer: (socket: Socket) => void, told: RegExp])[] = [
  [
    "wants a password",
    (socket) => socket.write("-NOAUTH Authentication required.\r\n"),
    /wants a login of its own\. Name a redis-server/,
  ],
  [
    "is protected",
    (socket) => socket.write("-DENIED Redis is running in protected mode because…\r\n"),
    /is in protected mode/,
  ],
  [
    "is loading",
    (socket) => socket.write("-LOADING Redis is loading the dataset in memory\r\n"),
    /is still loading its data/,
  ],
  [
    "speaks another protocol",
    (socket) => socket.write("HTTP/1.1 400 Bad\u001b[31m Request\r\n\r\n"),
    /answers "HTTP\/1\.1 400 Bad/,
  ],
  ["closes at once", (socket) => socket.end(), /closed the connection\. Name .* without\.$/],
];

for (const [what, answer, told] of badUpstreams) {
  test(`upstream: one that ${what} is told of, to the client and in the log`, () =>
    scripted(answer, (upstream) =>
      emulating({ upstream }, async ({ port, clock, notices, decisions }) => {
        const client = await dial(port);
        const reply = await client.ask("AUTH", "my-user", await tokenAt(clock.now()));
        assert.match(reply, /^-ERR cacheauth emulate took the login, but the upstream 127\.0\.0\.1:\d+ /);
        assert.match(reply, told);
        await client.closed();
        assert.equal(decisions[0]?.accepted, true);
        assert.deepEqual([notices[0]?.code, notices.length], ["upstream-failed", 1]);
        assert.match(notices[0]?.message ?? "", told);
      }),
    ));
}

test("upstream: one that nobody listens on, and one that never answers", async () => {
  let port = 0;
  await scripted(
    () => {},
    async (upstream) => {
      port = upstream.port;
      await emulating({ upstream }, async (front) => {
        const client = await dial(front.port);
        client.send("AUTH", "my-user", await tokenAt(front.clock.now()));
        await front.decided(1);
        // Its deadline is one of the timers that wait; time goes on until it is over.
        const reply = client.reply();
        let isOver = false;
        void reply.then(() => {
          isOver = true;
        });
        while (!isOver) {
          front.clock.advance(1_000);
          await new Promise((resolve) => setImmediate(resolve));
        }
        assert.match(await reply, /does not answer\. Name a redis-server/);
      });
    },
  );
  await emulating({ upstream: { host: "127.0.0.1", port } }, async (front) => {
    const client = await dial(front.port);
    const reply = await client.ask("AUTH", "my-user", await tokenAt(front.clock.now()));
    assert.match(reply, /cannot be reached \(ECONNREFUSED\)\. Start the server, or correct upstream\.$/);
    await client.closed();
  });
});

test("upstream: one that closes between replies is told of, one that closes within a reply just ends", async () => {
  for (const [last, told] of [
    ["+OK\r\n", true],
    ["$100\r\nhalf", false],
  ] as const) {
    await scripted(
      (socket, sent) => {
        const alive = pong(sent);
        if (alive) socket.write(alive);
        else socket.end(last);
      },
      (upstream) =>
        emulating({ upstream }, async ({ port, clock, noticed }) => {
          const client = await dial(port);
          assert.equal(await client.ask("AUTH", "my-user", await tokenAt(clock.now())), "+OK");
          client.send("GET", "a");
          if (told) {
            assert.equal(await client.reply(), "+OK");
            assert.match(
              await client.reply(),
              /^-ERR cacheauth emulate took the login, but the upstream .* closed the connection/,
            );
          }
          await assert.rejects(client.reply(), /closed/);
          assert.match((await noticed("upstream-failed")).message, /closed the connection/);
        }),
    );
  }
});

test("upstream: a client that does not read holds the upstream back", () =>
  relaying(async ({ client, token, upstream }) => {
    await client.ask("AUTH", "my-user", token);
    await client.ask("SET", "big", "x".repeat(8 << 20));
    for (let times = 0; times < 32; times += 1) client.send("GET", "big");
    // 256 MiB wait behind a client that takes none of it, and another is served.
    const direct = await dial(upstream.port);
    for (let times = 0; times < 50; times += 1) assert.equal(await direct.ask("PING"), "+PONG");
    for (let times = 0; times < 32; times += 1) assert.equal((await client.reply()).length, 1 + (8 << 20));
    direct.destroy();
  }));
