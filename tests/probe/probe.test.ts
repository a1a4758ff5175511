/** A whole probe against a server of the test's own, in clear text on this machine. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CacheauthError } from "../../src/errors.ts";
import { nothingExpected } from "../../src/lint/expected.ts";
import type { ProbeResult } from "../../src/probe/probe.ts";
import type { Login } from "../../src/probe/request.ts";
import type { Connection, IpAddress, Net } from "../../src/runtime.ts";
import { bulk, greeting, info, usual, wrongpass } from "../real/scripted-redis.ts";
import { pending, turnedClock } from "../walk/clock.ts";
import { type AttemptOptions, attempt, credentials, handsIn, signs } from "./attempt.ts";
import { firstCommand, type Replies, type Scripted, withScripted } from "./scripted.ts";

/** Probes it in clear text, which this machine may, and stops its clock. */
const probed = (server: Scripted, options: AttemptOptions = {}) =>
  attempt(server, { tls: null, clock: turnedClock(), ...options });

const against = (replies: Replies, options: AttemptOptions = {}) =>
  withScripted(replies, async (server) => ({ result: await probed(server, options), asked: server.asked }));

const failedStage = ({ stages }: ProbeResult) => stages.find(({ status }) => status === "failed")?.name ?? null;
const causesOf = ({ verdict }: ProbeResult) => verdict.causes.map(({ rule }) => rule);
const detailOf = ({ stages }: ProbeResult, name: string) => stages.find((stage) => stage.name === name)?.detail;
const statusesOf = ({ stages }: ProbeResult) => stages.map(({ name, status }) => `${name} ${status}`).join(", ");
/** Says that it was asked, and never comes back. */
function findsNothing(begun: { resolve(): void }): Promise<never> {
  begun.resolve();
  return new Promise(() => {});
}
const unknownCommand = (words: readonly string[]) => `-ERR unknown command '${words[0]}'\r\n`;
const noperm = (name: string) => `-NOPERM this user has no permissions to run the '${name}' command\r\n`;

test("probe: a good server is asked to log in by HELLO 3, who one is, PING, and what clients ask at their start", async () => {
  const { result, asked } = await against({});
  assert.equal(result.ok, true);
  assert.equal(
    statusesOf(result),
    "credentials ok, token ok, resolve ok, connect ok, tls skipped, auth ok, ping ok, topology ok",
  );
  const [[hello, ...rest] = []] = asked;
  assert.deepEqual(hello?.slice(0, 4), ["HELLO", "3", "AUTH", "my-user"]);
  assert.deepEqual(
    rest.map((words) => words.join(" ")),
    ["ACL WHOAMI", "PING", "PING", "INFO server", "INFO replication", "CLUSTER SLOTS", "COMMAND COUNT"],
  );
  assert.equal(asked.length, 1);
  assert.deepEqual(detailOf(result, "auth"), { resp: 3, whoami: "my-user", whoamiRefused: null });
  assert.deepEqual(detailOf(result, "topology"), {
    server: "redis",
    version: "7.1.0",
    mode: "standalone",
    role: "primary",
  });
});

test("probe: a user with a long name is known again, and told in the server's words", async () => {
  const user = "an-application-user-with-a-long-name";
  const login: Login = { ...signs, user };
  const { result } = await against(
    { PING: `-NOPERM User ${user} has no permissions to run the 'ping' command\r\n` },
    { login },
  );
  assert.equal((detailOf(result, "auth") as { whoami: string }).whoami, user);
  assert.match((detailOf(result, "ping") as { reply: string }).reply, new RegExp(user));
});

test("probe: a user whose name is none that AWS gives is known again as well", async () => {
  const user = "a user with many words in it";
  const login = {
    ...(await handsIn((token) => token.replace("User=my-user", `User=${encodeURIComponent(user)}`))),
    user,
  };
  const { result } = await against({}, { login });
  assert.equal((detailOf(result, "auth") as { whoami: string }).whoami, user);
});

test("probe: a token that was handed in is sent byte for byte", async () => {
  for (const change of [
    (token: string) => `\ufeff${token}`,
    (token: string) => `${token}\r\n`,
    (token: string) => ` "${token}"`,
  ]) {
    const login = await handsIn(change);
    const { asked } = await against({}, { login });
    assert.equal(asked[0]?.[0]?.[4], String.fromCharCode(...login.bytes));
  }
});

test("probe: HELLO that is unknown, forbidden or not taken gives way to AUTH", async () => {
  for (const hello of [
    unknownCommand,
    "-NOPROTO unsupported protocol version\r\n",
    "-NOAUTH Authentication required.\r\n",
    "-ERR wrong number of arguments for 'hello' command\r\n",
    noperm("hello"),
  ]) {
    const { result, asked } = await against({ HELLO: hello });
    assert.equal((detailOf(result, "auth") as { resp: number }).resp, 2);
    assert.deepEqual(asked[0]?.[1]?.slice(0, 2), ["AUTH", "my-user"]);
    const forbidden = typeof hello === "string" && hello.startsWith("-NOPERM");
    assert.deepEqual(causesOf(result), forbidden ? ["acl-blocks-start"] : []);
    assert.equal(result.ok, true);
  }
});

test("probe: another error of HELLO is the answer, and AUTH is not tried", async () => {
  const { result, asked } = await against({ HELLO: "-ERR service is not available\r\n" });
  assert.deepEqual([failedStage(result), causesOf(result)], ["auth", ["iam-unavailable"]]);
  assert.equal(asked[0]?.length, 1);
});

test("probe: --resp 2 sends AUTH alone, --resp 3 HELLO alone", async () => {
  const two = await against({}, { resp: 2 });
  assert.equal(two.asked[0]?.[0]?.[0], "AUTH");
  assert.equal((detailOf(two.result, "auth") as { resp: number }).resp, 2);
  const three = await against({ HELLO: unknownCommand }, { resp: 3 });
  assert.deepEqual([failedStage(three.result), causesOf(three.result)], ["auth", ["reply-unexpected"]]);
  assert.equal(three.asked[0]?.length, 1);
});

test("probe: each command that the access string forbids is named, in the fix as well", async () => {
  const { result } = await against({ INFO: noperm("info"), CLUSTER: noperm("cluster|slots") });
  const [finding] = result.verdict.causes;
  assert.equal(result.ok, true);
  assert.match(finding?.message ?? "", /forbids INFO, CLUSTER, which/);
  assert.match(
    finding?.fix ?? "",
    /`aws elasticache modify-user --user-id my-user --append-access-string "\+info \+cluster"`$/,
  );
});

test("probe: what follows the OK may be no RESP, or an end", async () => {
  const foreign = await against({ "ACL WHOAMI": "HTTP/1.1 500 No\r\n" });
  assert.deepEqual([failedStage(foreign.result), causesOf(foreign.result)], ["auth", ["not-redis"]]);
  const ended = await against({ "ACL WHOAMI": () => null });
  assert.deepEqual([failedStage(ended.result), causesOf(ended.result)], ["auth", ["closed-after-auth"]]);
  const inTopology = await against({ CLUSTER: () => null });
  assert.deepEqual([failedStage(inTopology.result), causesOf(inTopology.result)], ["topology", ["closed-early"]]);
  assert.match(inTopology.result.verdict.causes[0]?.message ?? "", /at CLUSTER SLOTS/);
});

test("probe: a Sentinel that knows nobody is told by what it says of itself", async () => {
  const open = info({ redis_mode: "sentinel" });
  const replies = { HELLO: wrongpass, AUTH: wrongpass, INFO: bulk(open), PING: "+PONG\r\n" };
  const { result } = await against(replies);
  assert.deepEqual([failedStage(result), causesOf(result)], ["auth", ["server-is-sentinel"]]);
});

/** What a runtime says of a handshake that is answered in clear text. */
const noTls = (real: Net): Net => ({
  ...real,
  secure: async () => Promise.reject(Object.assign(new Error("no"), { code: "ERR_SSL_WRONG_VERSION_NUMBER" })),
});

test("probe: where TLS is off, a second look in clear text sees by PING and INFO whose it is", async () => {
  const tls = { name: "localhost", ca: null, verify: true };
  const look = async (replies: Replies) => {
    const { result, asked } = await against(replies, { tls, net: noTls });
    return [failedStage(result), causesOf(result), asked[1]?.map((words) => words.join(" "))];
  };
  const sentinelInfo = bulk(info({ redis_mode: "sentinel" }));
  const both = ["PING", "INFO server"];
  assert.deepEqual(await look({ PING: "+PONG\r\n", INFO: sentinelInfo }), ["tls", ["server-is-sentinel"], both]);
  assert.deepEqual(await look({ PING: "+PONG\r\n", INFO: bulk(info()) }), ["tls", ["tls-off"], both]);
  assert.deepEqual(await look({ PING: "+PONG\r\n", INFO: () => null }), ["tls", ["tls-off"], both]);
  assert.deepEqual(await look({}), ["tls", ["tls-off"], ["PING"]]);
});

test("probe: a certificate that is trusted and not Amazon's, of a cache's host, is a warning, and the login goes on", async () => {
  const certificate = {
    subject: "CN=x",
    issuer: "CN=Corporate Proxy CA",
    names: ["x"],
    validFrom: new Date(0),
    validTo: new Date(4e12),
    nameMatches: true,
    selfSigned: false,
  };
  const name = "master.my-cache.abc123.use1.cache.amazonaws.com";
  const seen = async (authorized: boolean, issuer = certificate.issuer) => {
    const authorizationCode = authorized ? null : "ERR_TLS_CERT_ALTNAME_INVALID";
    const shown = { ...certificate, issuer };
    const peer = { protocol: "TLSv1.3", cipher: "none", certificate: shown, authorized, authorizationCode };
    const net = (real: Net): Net => ({ ...real, secure: async (connection) => ({ connection, peer }) });
    const { result } = await against({}, { net, tls: { name, ca: null, verify: authorized } });
    const detail = detailOf(result, "tls") as { certificate: { authorizationCode: string | null } };
    assert.equal(detail.certificate.authorizationCode, authorizationCode);
    return [result.ok, result.stages[4]?.status, causesOf(result)];
  };
  assert.deepEqual(await seen(true), [true, "warn", ["certificate-not-amazon"]]);
  assert.deepEqual(await seen(true, "O=Amazon, CN=Amazon RSA 2048 M01"), [true, "ok", []]);
  // As with --insecure, of which the notice tells.
  assert.deepEqual(await seen(false), [true, "warn", []]);
});

test("probe: a refused login to a server that lets anyone in", async () => {
  const { result } = await against({ HELLO: wrongpass, INFO: bulk(info()), PING: "+PONG\r\n" });
  assert.deepEqual(causesOf(result), ["wrongpass", "default-user-open"]);
  assert.match(result.verdict.summary, /WRONGPASS, most likely because: The server answers commands without any login/);
  // No cache with IAM takes a login in clear text.
  const refused = await against({ HELLO: wrongpass });
  assert.deepEqual(causesOf(refused.result), ["wrongpass", "tls-off"]);
});

test("probe: a refused token that was handed in is verified with the credentials at hand, where there are any", async () => {
  const changed = await handsIn((token) => token.replace("Action=connect&", "Action=connect&Extra=1&"));
  const { result } = await against({ HELLO: wrongpass }, { login: changed });
  assert.deepEqual(causesOf(result), ["wrongpass", "parameter-unexpected"]);
  assert.equal(result.verdict.causes[1]?.severity, "error");
  const none: Login = { ...changed, find: async () => null };
  const unverified = await against({ HELLO: wrongpass }, { login: none });
  assert.deepEqual(causesOf(unverified.result), ["wrongpass", "tls-off"]);
  // Credentials that never come are not waited for without end.
  const clock = turnedClock();
  const begun = pending<void>();
  const never: Login = { ...changed, find: () => findsNothing(begun) };
  const running = against({ HELLO: wrongpass }, { login: never, clock });
  await begun.promise;
  await clock.pass(5_000);
  assert.equal(failedStage((await running).result), "auth");
});

test("probe: without a login nothing is sent but PING and what tells what it is", async () => {
  const closed = await against({}, { login: null });
  assert.deepEqual(
    closed.asked.flat().map(([name]) => name),
    ["PING", "PING", "INFO", "INFO", "CLUSTER", "COMMAND"],
  );
  assert.equal(closed.result.ok, true);
  assert.equal(
    statusesOf(closed.result),
    "credentials skipped, token skipped, resolve ok, connect ok, tls skipped, auth skipped, ping ok, topology unknown",
  );
  const open = await against({ PING: "+PONG\r\n", INFO: bulk(info()) }, { login: null });
  assert.deepEqual([open.result.ok, causesOf(open.result)], [true, ["default-user-open"]]);
  assert.match(open.result.verdict.causes[0]?.fix ?? "", /into the user group in its place/);
  // MemoryDB has no groups.
  const expected = { ...nothingExpected, kind: "memorydb-cluster" as const };
  const cluster = await against({ PING: "+PONG\r\n", INFO: bulk(info()) }, { login: null, expected });
  assert.match(cluster.result.verdict.causes[0]?.fix ?? "", /^Use an ACL of your own/);
});

test("probe: what is no token is not sent", async () => {
  for (const [text, rule] of [
    ["a password", "not-a-token"],
    ["", "empty"],
    [`my-cache/?Action=connect&User=my-user&X-Amz-Security-Token=${"a".repeat(17_000)}`, "too-long"],
  ] as const) {
    const { result, asked } = await against({}, { login: { ...(await handsIn(() => text)) } });
    assert.deepEqual([failedStage(result), causesOf(result)[0], asked], ["token", rule, []]);
    // It may be a password.
    assert.equal(/^A login here is by IAM token, /.test(result.verdict.causes[0]?.fix ?? ""), rule === "not-a-token");
  }
});

test("probe: credentials that are not there, or do not come", async () => {
  const missing = new CacheauthError("credentials-missing", "No credentials.", "Set them.");
  const fails = (error: unknown): Login => ({ ...signs, find: () => Promise.reject<never>(error) });
  const { result, asked } = await against({}, { login: fails(missing) });
  assert.deepEqual([failedStage(result), causesOf(result), asked], ["credentials", ["credentials-missing"], []]);
  assert.equal(result.verdict.causes[0]?.fix, "Set them.");
  const expired = new CacheauthError("credentials-expired", "Over.", "Renew them.");
  assert.deepEqual(causesOf((await against({}, { login: fails(expired) })).result), ["credentials-expired"]);
  await assert.rejects(against({}, { login: fails(new TypeError("a defect")) }), /a defect/);
  const clock = turnedClock();
  const begun = pending<void>();
  const running = against({}, { login: { ...signs, find: () => findsNothing(begun) }, clock });
  await begun.promise;
  await clock.pass(119_999);
  assert.equal(clock.waiting, 1);
  await clock.pass(1);
  assert.deepEqual(causesOf((await running).result), ["credentials-missing"]);
});

/** As a hosts file may say it. */
const resolves =
  (...found: IpAddress[]) =>
  (real: Net): Net => ({ ...real, resolve: async () => found });
const here: IpAddress = { address: "127.0.0.1", family: 4 };
const elsewhere: IpAddress = { address: "192.0.2.1", family: 4 };

test("probe: only addresses of the family that is asked for", async () => {
  const six = await against({}, { family: 6, net: resolves(here) });
  assert.deepEqual([failedStage(six.result), causesOf(six.result)], ["resolve", ["name-not-found"]]);
  const four = await against({}, { family: 4, net: resolves({ address: "::1", family: 6 }, here) });
  assert.deepEqual(detailOf(four.result, "resolve"), { addresses: ["127.0.0.1"] });
});

test("probe: in clear text a token goes to this machine alone, whatever its hosts file takes for that", async () => {
  const connected: string[] = [];
  const net =
    (...found: IpAddress[]) =>
    (real: Net) => ({
      ...resolves(...found)(real),
      connect: (options: Parameters<Net["connect"]>[0]) => {
        connected.push(options.address);
        return real.connect(options);
      },
    });
  const { result } = await against({}, { net: net(elsewhere) });
  assert.deepEqual([failedStage(result), causesOf(result), connected], ["resolve", ["name-not-found"], []]);
  assert.match(result.verdict.causes[0]?.message ?? "", /not of this machine alone \(it has 192\.0\.2\.1\)/);
  const both = await against({}, { net: net(elsewhere, here, here) });
  assert.deepEqual([both.result.ok, connected], [true, ["127.0.0.1"]]);
  assert.deepEqual(detailOf(both.result, "resolve"), { addresses: ["127.0.0.1"] });
});

test("probe: nothing of a token that the server says back is in the result", async () => {
  const login = await handsIn((token) =>
    token.replace("&X-Amz-Signature", "&X-Amz-Security-Token=abcDEF%2Fghi%2BjklMNO&X-Amz-Signature"),
  );
  const signature = /Signature=(\w+)/.exec(login.text)?.[1] ?? "";
  const said = [login.text, decodeURIComponent(login.text), signature, signature.slice(10, 50), "abcDEF/ghi+jklMNO"];
  for (const words of said) {
    const node = (host: string) => `*2\r\n${bulk(host)}:6379\r\n`;
    const slots = `*1\r\n*4\r\n:0\r\n:1\r\n${node(words)}${node("fine.test")}`;
    const hello = (_: readonly string[], session: { resp: 2 | 3; user: string | null }) => {
      session.user = "my-user";
      session.resp = 3;
      return greeting(session, { server: words, version: words, mode: words, role: words });
    };
    const all: Replies = {
      HELLO: hello,
      INFO: bulk(info({ redis_version: words, redis_mode: words, role: words })),
      PING: bulk(words),
      CLUSTER: slots,
      COMMAND: `-ERR ${words}\r\n`,
    };
    for (const replies of [
      all,
      { ...all, "ACL WHOAMI": bulk(words) },
      { ...all, "ACL WHOAMI": `-NOPERM ${words}\r\n` },
      { HELLO: `-ERR ${words}\r\n` },
      { HELLO: `-WRONGPASS ${words}\r\n` },
      { HELLO: words },
      { PING: `-${words}\r\n` },
      { PING: words },
      { CLUSTER: words },
    ] satisfies Replies[]) {
      const { result } = await against(replies, { login, allNodes: true, limitMs: 1 });
      const told = JSON.stringify(result);
      for (const secret of [signature, "abcDEF/ghi+jklMNO", "abcDEF%2Fghi%2BjklMNO", credentials.secretAccessKey])
        for (let start = 0; start + 8 <= secret.length; start += 1)
          assert.ok(!told.includes(secret.slice(start, start + 8)), `${secret.slice(start, start + 8)}: ${told}`);
    }
  }
});

test("probe: nor is it in what a certificate says", async () => {
  const login = await handsIn();
  const signature = /Signature=(\w+)/.exec(login.text)?.[1] ?? "";
  const certificate = {
    subject: `CN=${signature}`,
    issuer: signature.toUpperCase(),
    names: [`${signature.slice(0, 20)}.test`],
    validFrom: new Date(0),
    validTo: new Date(4e12),
    nameMatches: true,
    selfSigned: false,
  };
  const peer = { protocol: "TLSv1.3", cipher: "none", certificate, authorized: true, authorizationCode: null };
  const net = (real: Net): Net => ({ ...real, secure: async (connection) => ({ connection, peer }) });
  const tls = { name: "localhost", ca: null, verify: true };
  const { result } = await against({}, { login, net, tls });
  assert.equal(result.ok, true);
  const shown = (detailOf(result, "tls") as { certificate: typeof certificate }).certificate;
  assert.deepEqual([shown.subject, shown.issuer, shown.names], ["CN=[token]", "[token]", ["[token].test"]]);
});

test("probe: each stage has its limit, and all of them four times that", async () => {
  const clock = turnedClock();
  const after = (ms: number) => new Promise<void>((done) => void clock.after(ms, done));
  /** How long each takes to answer; what tells what it is, for ever. */
  const takes: Readonly<Record<string, number>> = { HELLO: 900, ACL: 0, PING: 900 };
  const session = { resp: 2 as const, user: null };
  const queue: (readonly string[])[] = [];
  const connection = {
    async write(bytes: Uint8Array) {
      let text = new TextDecoder().decode(bytes);
      for (let found = firstCommand(text); found; found = firstCommand(text)) {
        queue.push(found.words);
        text = text.slice(found.end);
      }
    },
    async read() {
      const words = queue.shift() ?? [];
      const [name = ""] = words;
      await after(takes[name] ?? 1e9);
      return new TextEncoder().encode(usual(name.toLowerCase(), words, session));
    },
    destroy() {},
  } as unknown as Connection;
  const net = (): Net =>
    ({
      resolve: async () => {
        begun.resolve();
        await after(900);
        return [here];
      },
      connect: async () => {
        await after(900);
        return connection;
      },
    }) as unknown as Net;
  const begun = pending<void>();
  const running = attempt({ port: 6379, ca: "", caFile: "" }, { tls: null, clock, net, limitMs: 1_000 });
  await begun.promise;
  await clock.pass(20_000);
  const result = await running;
  assert.equal(failedStage(result), "topology");
  assert.deepEqual(
    result.stages.map(({ durationMs }) => durationMs),
    [0, 0, 900, 900, 0, 900, 900, 400],
  );
});
