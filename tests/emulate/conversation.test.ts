import assert from "node:assert/strict";
import { test } from "node:test";
import { dial, emulating, openWorld, tokenAt, world } from "./harness.ts";

const wrongPass = "-WRONGPASS invalid username-password pair or user is disabled.";
const noAuth = "-NOAUTH Authentication required.";
const helloFirst =
  "-NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time";
const passwordAlone =
  "-ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?";
const unmulti = (name: string) =>
  `-ERR ${name} inside MULTI/EXEC is not supported with IAM authentication: nobody was authenticated, and the connection's time was not prolonged`;
const subscribed = (name: string) =>
  `-ERR Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`;
const hello = (proto: number) =>
  `$server=$redis $version=$7.1.0 $proto=:${proto} $id=:1 $mode=$standalone $role=$master $modules=[]`;
const asArray = (text: string) => `[${text.replaceAll("=", " ")}]`;

/**
 * What is sent, TOKEN standing for a good one, and what comes back: as a redis-server 7.0.15 with a password answers the
 * same words, but for `<proto>`, its own facts, and what IAM forbids inside MULTI.
 */
const conversations: readonly (readonly [
  what: string,
  ...turns: readonly (readonly [say: string, reply: string])[],
])[] = [
  [
    "before the login nothing is done",
    ["PING", noAuth],
    ["GET a", noAuth],
    ["MULTI", noAuth],
    ["SUBSCRIBE a", noAuth],
    ["FOO bar", "-ERR unknown command 'FOO', with args beginning with: 'bar' "],
    ["GET", "-ERR wrong number of arguments for 'get' command"],
    ["CLIENT FOO", "-ERR unknown subcommand 'FOO'. Try CLIENT HELP."],
    ["RESET x", "-ERR wrong number of arguments for 'reset' command"],
    ["RESET", "+RESET"],
    ["PING", noAuth],
  ],
  [
    "HELLO without a login",
    ["HELLO", helloFirst],
    ["HELLO 3", helloFirst],
    ["HELLO 3 SETNAME a", helloFirst],
    ["HELLO 4", "-NOPROTO unsupported protocol version"],
    ["HELLO 03", "-ERR Protocol version is not an integer or out of range"],
    ["HELLO AUTH my-user TOKEN", "-ERR Protocol version is not an integer or out of range"],
    ["HELLO 3 FOO", "-ERR Syntax error in HELLO option 'FOO'"],
    ["HELLO 3 AUTH my-user", "-ERR Syntax error in HELLO option 'AUTH'"],
    ["HELLO 3 AUTH my-user TOKEN SETNAME", "-ERR Syntax error in HELLO option 'SETNAME'"],
    ["PING", noAuth],
  ],
  [
    "AUTH",
    ["AUTH", "-ERR wrong number of arguments for 'auth' command"],
    ["AUTH a b c", "-ERR syntax error"],
    ["AUTH TOKEN", passwordAlone],
    ["AUTH my-user wrong", wrongPass],
    ["AUTH nobody TOKEN", wrongPass],
    ["PING", noAuth],
    ["auth my-user TOKEN", "+OK"],
    ["PING", "+PONG"],
    ["ACL WHOAMI", "$my-user"],
  ],
  [
    "HELLO with a login",
    ["HELLO 2 AUTH my-user wrong", wrongPass],
    ["HELLO 2 AUTH my-user TOKEN", asArray(hello(2))],
    ["HELLO 3 auth my-user wrong", wrongPass],
    ["PING", "+PONG"],
    ["HELLO 3", `{${hello(3)}}`],
    ["HELLO", `{${hello(3)}}`],
    ["hello 2", asArray(hello(2))],
  ],
  [
    "of what HELLO is given twice the last counts",
    ["HELLO 3 AUTH my-user wrong AUTH my-user TOKEN", `{${hello(3)}}`],
    ["HELLO 3 SETNAME a SETNAME b", `{${hello(3)}}`],
    ["CLIENT GETNAME", "$b"],
    ["HELLO 3 AUTH my-user TOKEN AUTH my-user wrong", wrongPass],
  ],
  [
    "a name that no connection may have is refused after the login",
    [
      "HELLO 3 AUTH my-user TOKEN SETNAME é",
      "-ERR Client names cannot contain spaces, newlines or special characters.",
    ],
    ["PING", "+PONG"],
    ["HELLO", asArray(hello(2))],
  ],
  [
    "a login that fails leaves the one before",
    ["AUTH my-user TOKEN", "+OK"],
    ["AUTH my-user wrong", wrongPass],
    ["AUTH TOKEN", passwordAlone],
    ["ACL WHOAMI", "$my-user"],
  ],
  [
    "RESET drops the login, the version and the transaction",
    ["HELLO 3 AUTH my-user TOKEN", `{${hello(3)}}`],
    ["MULTI", "+OK"],
    ["RESET", "+RESET"],
    ["PING", noAuth],
    ["AUTH my-user TOKEN", "+OK"],
    ["EXEC", "-ERR EXEC without MULTI"],
    ["HELLO", asArray(hello(2))],
  ],
  [
    "inside MULTI a login is queued, and comes to nothing",
    ["AUTH my-user TOKEN", "+OK"],
    ["MULTI", "+OK"],
    ["AUTH my-user TOKEN", "+QUEUED"],
    ["HELLO 3 AUTH my-user TOKEN", "+QUEUED"],
    ["PING", "+QUEUED"],
    ["EXEC", `[${unmulti("AUTH")} ${unmulti("HELLO")} +PONG]`],
    ["HELLO", asArray(hello(2))],
  ],
  [
    "what is unknown inside MULTI undoes it",
    ["AUTH my-user TOKEN", "+OK"],
    ["MULTI", "+OK"],
    ["FOO", "-ERR unknown command 'FOO', with args beginning with: "],
    ["EXEC", "-EXECABORT Transaction discarded because of previous errors."],
  ],
  [
    "after SUBSCRIBE a client of RESP2 cannot log in, one of RESP3 can",
    ["AUTH my-user TOKEN", "+OK"],
    ["SUBSCRIBE a", "[$subscribe $a :1]"],
    ["AUTH my-user TOKEN", subscribed("auth")],
    ["HELLO 3 AUTH my-user TOKEN", subscribed("hello")],
    ["RESET", "+RESET"],
    ["HELLO 3 AUTH my-user TOKEN", `{${hello(3)}}`],
    ["SUBSCRIBE a", ">[$subscribe $a :1]"],
    ["AUTH my-user TOKEN", "+OK"],
  ],
];

for (const [what, ...turns] of conversations) {
  test(`emulate: ${what}`, () =>
    emulating({}, async ({ port, clock }) => {
      const token = await tokenAt(clock.now());
      const client = await dial(port);
      for (const [say, reply] of turns) {
        const words = say.split(" ").map((word) => (word === "TOKEN" ? token : word));
        assert.equal(await client.ask(...words), reply, say);
      }
      client.destroy();
    }));
}

/** What ends the connection, and what is said last. */
const endings: readonly (readonly [what: string, sent: string, replies: readonly string[]])[] = [
  ["QUIT", "QUIT\r\n", ["+OK"]],
  ["QUIT with more behind it", "QUIT\r\nPING\r\n", ["+OK"]],
  ["QUIT with an argument", "QUIT now\r\n", ["+OK"]],
  [
    "a word over 16,384 bytes before the login",
    "*3\r\n$4\r\nAUTH\r\n$7\r\nmy-user\r\n$16385\r\n",
    ["-ERR Protocol error: unauthenticated bulk length"],
  ],
  ["more than ten words before the login", "*11\r\n", ["-ERR Protocol error: unauthenticated multibulk length"]],
  ["a word that is no bulk string", "*1\r\n+OK\r\n", ["-ERR Protocol error: expected '$', got '+'"]],
  ["a length that is none", "*1\r\n$a\r\n", ["-ERR Protocol error: invalid bulk length"]],
  ["quotes without an end", "GET 'a\r\n", ["-ERR Protocol error: unbalanced quotes in request"]],
  ["a fault behind a command", "PING\r\n*a\r\n", [noAuth, "-ERR Protocol error: invalid multibulk length"]],
];

for (const [what, sent, replies] of endings) {
  test(`emulate: ${what} ends the connection`, () =>
    emulating({}, async ({ port }) => {
      const client = await dial(port);
      client.sendRaw(sent);
      for (const reply of replies) assert.equal(await client.reply(), reply);
      await assert.rejects(client.reply(), /closed/);
    }));
}

test("emulate: a token of 16,384 bytes is read, and after the login far longer words are", () =>
  emulating({}, async ({ port, clock }) => {
    const client = await dial(port);
    assert.equal(await client.ask("AUTH", "my-user", "x".repeat(16_384)), wrongPass);
    assert.equal(await client.ask("AUTH", "my-user", await tokenAt(clock.now())), "+OK");
    assert.equal(await client.ask("SET", "a", "x".repeat(1 << 20)), "+OK");
    assert.equal(await client.ask("STRLEN", "a"), `:${1 << 20}`);
    client.destroy();
  }));

test("emulate: commands in one line, in pieces and in a pipeline are the same", () =>
  emulating({}, async ({ port, clock }) => {
    const client = await dial(port);
    const token = await tokenAt(clock.now());
    const sent = `AUTH my-user ${token}\r\n\r\n*0\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$3\r\n\r\n!\r\n`;
    for (const char of sent) client.sendRaw(char);
    for (const reply of ["+OK", "+PONG", "$\r\n!"]) assert.equal(await client.reply(), reply);
    client.sendRaw(sent);
    for (const reply of ["+OK", "+PONG", "$\r\n!"]) assert.equal(await client.reply(), reply);
    client.destroy();
  }));

test("emulate: where the default user is on and needs no password, whoever connects is that user", () =>
  emulating({ world: openWorld }, async ({ port, clock }) => {
    const client = await dial(port);
    assert.equal(await client.ask("ACL", "WHOAMI"), "$default");
    assert.equal(await client.ask("HELLO", "3"), `{${hello(3)}}`);
    assert.equal(await client.ask("AUTH", "x"), passwordAlone);
    assert.equal(await client.ask("AUTH", "my-user", await tokenAt(clock.now())), "+OK");
    assert.equal(await client.ask("ACL", "WHOAMI"), "$my-user");
    assert.equal(await client.ask("RESET"), "+RESET");
    assert.equal(await client.ask("ACL", "WHOAMI"), "$default");
    client.destroy();
  }));

test("emulate: where the default user is off or has a password, a password alone is wrong, and nobody is in", async () => {
  for (const user of [
    { authentication: "password" as const, enabled: true },
    { authentication: "password" as const, enabled: false },
    { authentication: "no-password" as const, enabled: false },
  ]) {
    const users = [...world.users, { id: "default", name: "default", ...user }];
    await emulating({ world: { ...world, users } }, async ({ port }) => {
      const client = await dial(port);
      assert.equal(await client.ask("PING"), noAuth);
      assert.equal(await client.ask("AUTH", "x"), user.authentication === "password" ? wrongPass : passwordAlone);
      client.destroy();
    });
  }
});

test("emulate: each login is decided, with its reason, and no part of a token is kept", () =>
  emulating({}, async ({ port, clock, decisions, decided }) => {
    const good = await tokenAt(clock.now());
    const expired = await tokenAt(new Date(clock.now().getTime() - 901_000));
    const client = await dial(port);
    const logins: readonly (readonly [words: readonly string[], user: string | null, rules: readonly string[]])[] = [
      [["AUTH", "my-user", good], "my-user", []],
      [["AUTH", "my-user", expired], "my-user", ["expired"]],
      [
        ["HELLO", "3", "AUTH", "my-user", good.replace(/.$/, (last) => (last === "0" ? "1" : "0"))],
        "my-user",
        ["signature-mismatch"],
      ],
      [["AUTH", good], null, ["auth-without-user"]],
      // The two the wrong way round: what stands where the user belongs is the token.
      [["AUTH", good, "my-user"], null, ["user-not-found"]],
      [["AUTH", "other", good], "other", ["user-mismatch"]],
    ];
    for (const [words] of logins) await client.ask(...words);
    await decided(logins.length);
    for (const [index, [, user, rules]] of logins.entries()) {
      const decision = decisions[index];
      assert.equal(decision?.connection, 1);
      assert.equal(decision?.time, "2025-01-31T12:00:00Z");
      assert.equal(decision?.user, user);
      assert.equal(decision?.accepted, rules.length === 0);
      for (const rule of rules)
        assert.ok(
          decision?.findings.some((finding) => finding.rule === rule),
          rule,
        );
    }
    const kept = JSON.stringify(decisions);
    assert.ok(!kept.includes(good.slice(-64)) && !kept.includes(expired.slice(-64)));
    assert.ok(!kept.includes("wJalrXUtnFEMI"));
    client.destroy();
  }));

test("emulate: a client that does not log in is told of once, and one that was refused is not told of again", () =>
  emulating({}, async ({ port, decisions }) => {
    const client = await dial(port);
    for (let times = 0; times < 3; times += 1) await client.ask("PING");
    const refused = await dial(port);
    await refused.ask("AUTH", "my-user", "wrong");
    await refused.ask("PING");
    assert.deepEqual(
      decisions.map(({ connection, accepted, findings }) => [connection, accepted, findings[0]?.rule]),
      [
        [1, false, "noauth"],
        [2, false, "not-a-token"],
      ],
    );
    client.destroy();
    refused.destroy();
  }));
