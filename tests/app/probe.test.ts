/** `probe` by the executables against real servers: what a person sees of each, and with which exit code. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nodeHash } from "../../src/node-runtime.ts";
import { createTokenAt } from "../../src/token/create-token.ts";
import { aclUser, blocksStart, type RealServer, redisServer, valkeyServer, withRedis } from "../real/servers.ts";
import { withCluster, withFull, withLoading, withProtected, withReplica, withSentinel } from "../real/situations.ts";
import { answerOf, asMyUser, assertHarmless, failedStage, firstFinding, probeOf, runs, withTls } from "./probing.ts";
import { exampleKeys, notRun, type Program, programs, type Run, withDirectory } from "./program.ts";

/** A time at which all tokens of these tests are made, so that a server can have one for a password. */
const time = "2025-01-01T00:00:00Z";
const { token } = await createTokenAt(
  {
    target: {
      service: "elasticache",
      kind: "replication-group",
      name: "my-cache",
      region: "us-east-1",
      partition: "aws",
      endpoint: null,
    },
    user: "my-user",
    credentials: {
      accessKeyId: exampleKeys.AWS_ACCESS_KEY_ID,
      secretAccessKey: exampleKeys.AWS_SECRET_ACCESS_KEY,
      source: "a test",
    },
    at: new Date(time),
    expiresIn: 900,
  },
  await nodeHash(),
);
assert.ok(token);
const signature = token.slice(-64);
const signed = [...asMyUser, "--at", time];
const users = [
  aclUser("my-user", token),
  aclUser("blocked", token, blocksStart),
  aclUser("off", token, undefined, "off"),
];

interface Seen {
  readonly exit: number;
  readonly stage?: string;
  readonly finding?: string;
  readonly says?: readonly RegExp[];
  readonly notices?: RegExp;
}

/** Runs it by each of the programs at once, and holds each against what is to be seen. */
async function sees(
  which: readonly Program[],
  server: RealServer,
  args: readonly string[],
  { exit, stage, finding, says = [], notices = /^$/ }: Seen,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<void> {
  const each = which.map(async (program) => {
    const { code, stdout, stderr } = await probeOf(program, server, args, { env });
    const where = `${program.name}: ${stdout}${stderr}`;
    assert.deepEqual([code, failedStage(stdout), firstFinding(stdout)], [exit, stage ?? null, finding ?? null], where);
    for (const pattern of says) assert.match(stdout, pattern, where);
    assert.match(stderr, notices, where);
    assertHarmless(stdout);
    for (const secret of [signature, exampleKeys.AWS_SECRET_ACCESS_KEY])
      assert.ok(!stdout.includes(secret.slice(0, 8)) && !stderr.includes(secret.slice(0, 8)), where);
  });
  await Promise.all(each);
}

const works = /\nThe login works: the server knows this connection as my-user\.\n$/;
const inClear = [...signed, "--no-tls"];

const redis = redisServer();
if (redis) {
  test("real redis in clear text: a login from loopback to loopback, by every executable", () =>
    withRedis(redis, { users, settings: ["bind 127.0.0.1 -::1"] }, async (server) => {
      const says = [
        works,
        /logged in +as my-user, says ACL WHOAMI \(HELLO 3\)/,
        /server +redis 7\.\d+\.\d+, mode standalone, primary/,
      ];
      await sees(programs, server, inClear, { exit: 0, says });
      await sees(programs, server, [...inClear, "--resp", "2"], { exit: 0, says: [/ACL WHOAMI \(AUTH, RESP2\)/] });
      await sees(programs, server, ["--no-tls", "--no-auth"], {
        exit: 0,
        says: [/without a login\n/, /skipped {2}auth/, /up to the login, which the server demands/],
      });
      // Over TLS it gets no answer, and a look in clear text says why.
      const slow = { exit: 4, stage: "tls", finding: "error[tls-off]", says: [/its\s+TLS\s+is\s+off/] };
      await sees(withTls, server, [...signed, "--timeout", "1.5"], slow);
    }));

  test("real redis over TLS: users, and what their access strings forbid", () =>
    withRedis(redis, { tls: true, users }, async (server) => {
      const says = [
        works,
        /TLS +TLSv1\.3, TLS_AES_/,
        /the\s+name\s+matches;\s+verified/,
        /CN=localhost; for localhost, 127\.0\.0\.1/,
      ];
      await sees(withTls, server, signed, { exit: 0, says });
      const off = asMyUser.map((word) => (word === "my-user" ? "off" : word));
      await sees(withTls, server, off, { exit: 5, stage: "auth", finding: "error[wrongpass]" });
      // Now the token is another: it is refused, and nothing in it says why.
      const refused = [
        /WRONGPASS, and the token does not show why\. Most\s+often\s+it\s+is\s+this:\s+The\s+policy/,
        /\n\? policy-user-denied: This must say allowed twice:\n {4}aws iam/,
        /\n\? name-mismatch: What\s+answers\s+here\s+may\s+be\s+another\s+cache/,
        /aws elasticache describe-users --user-id my-user/,
      ];
      await sees(withTls, server, asMyUser, { exit: 5, stage: "auth", finding: "error[wrongpass]", says: refused });
      // Signed as of another time it is judged as of now, as the server does.
      const past = [...asMyUser, "--at", "2025-01-01T01:00:00Z"];
      await sees(withTls, server, past, { exit: 5, stage: "auth", finding: "error[expired]" });
    }));

  test("real redis over TLS: a login that works, of a user who may not start a client", () =>
    withRedis(redis, { tls: true, users }, async (server) => {
      const args = ["-u", "blocked", "--token-env", "T", "--at", time];
      const says = [
        /as whom is not told: NOPERM/,
        /forbids PING, INFO, CLUSTER, COMMAND/,
        /\+ping \+info \+cluster \+command/,
        /The login as blocked was taken/,
      ];
      await sees(withTls, server, args, { exit: 0, finding: "warning[acl-blocks-start]", says }, { T: token });
    }));

  test("real redis: a client certificate is demanded", () =>
    withRedis(redis, { tls: true, demandClientCertificate: true }, (server) =>
      sees(withTls, server, signed, { exit: 5, stage: "auth", finding: "error[client-certificate-required]" }),
    ));

  test("real redis: by the authorities of --ca alone, and the file must be one", () =>
    withRedis(redis, { tls: true, users }, (server) =>
      withDirectory(async (directory) => {
        const file = (name: string, text: string) => {
          writeFileSync(join(directory, name), text);
          return join(directory, name);
        };
        const key = server.certified?.key ?? "";
        const files: readonly (readonly [string, RegExp])[] = [
          [join(directory, "none.pem"), /there is no such file/],
          [directory, /it is a folder/],
          [file("empty", ""), /no certificate is in it/],
          [file("key.pem", key), /no certificate is in it/],
          [file("garbage.pem", "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n"), /damaged/],
        ];
        for (const program of programs)
          for (const [name, says] of files) {
            const { code, stdout, stderr } = await probeOf(program, { port: server.port }, [...signed, "--ca", name]);
            assert.deepEqual([code, stdout], [2, ""], stderr);
            assert.match(
              stderr,
              /^error: The authorities of --ca cannot be read from "[^\n]*\nfix: Name a PEM file[^\n]*\n$/,
            );
            assert.match(stderr, says);
          }
        const untrusted = {
          exit: 4,
          stage: "tls",
          finding: "error[certificate-untrusted]",
          says: [/whom this\s+program does not trust/],
        };
        await sees(withTls, { ...server, certified: null }, signed, untrusted);
        // Two in one file, with text around them.
        const both = file("both.pem", `# ours\n${server.certified?.cert}\n# theirs\n${server.certified?.ca}`);
        await sees(withTls, { ...server, certified: null }, [...signed, "--ca", both], { exit: 0, says: [works] });
      }),
    ));

  test("real redis: addresses of IPv6, by themselves and for a name", () =>
    withRedis(redis, { users, settings: ["bind 127.0.0.1 -::1"] }, async (server) => {
      if (!server.command("CONFIG", "GET", "bind").includes("::1")) return notRun("probes over IPv6");
      for (const program of programs) {
        const six = await runs(program, ["probe", `[::1]:${server.port}`, ...inClear], { env: exampleKeys });
        assert.deepEqual([six.code, six.stderr], [0, ""], six.stdout);
        assert.match(six.stdout, new RegExp(`^\\[::1\\]:${server.port}, the ElastiCache replication group my-cache`));
        assert.match(six.stdout, /addresses +::1 \(answered\)/);
        const other = await runs(program, ["probe", `[::1]:${server.port}`, "-4", ...inClear], { env: exampleKeys });
        assert.equal(other.code, 4);
        assert.match(other.stdout, /has no IPv4 address; it has ::1/);
      }
    }));

  test("real redis: a cluster of three with all its nodes, and one of them down", () =>
    withCluster(redis, { tls: true, users }, async (nodes) => {
      const [first, , third] = nodes;
      assert.ok(first && third);
      const all = [...signed, "--all-nodes"];
      const rowOf = ({ port }: RealServer, more: string) =>
        new RegExp(`\\n {2}127\\.0\\.0\\.1:${port} +primary +\\d+-\\d+ +${more}`);
      const says = [
        /mode cluster, primary/,
        /\nnodes, times in ms\n {2}node +role +slots +status +connect +tls +auth +ping\n/,
        ...nodes.map((node) => rowOf(node, "ok ")),
      ];
      await sees(withTls, first, all, { exit: 0, says });
      // Where nobody looks for it: for all others it is down.
      third.command("CONFIG", "SET", "bind", "127.0.0.2");
      const down = [
        /The endpoint works, but 1 of its 3 nodes does not\./,
        new RegExp(`\\n {2}127\\.0\\.0\\.1:${third.port}, primary, slots 10923-16383\\n {4}connect-refused\\n`),
      ];
      await sees(withTls, first, all, { exit: 1, finding: "error[connect-refused]", says: down });
      const [program] = withTls;
      assert.ok(program);
      const json = await probeOf(program, first, [...all, "--json"]);
      const answer = answerOf(json);
      assert.deepEqual([json.code, answer.ok, answer.nodes?.length], [1, false, 3]);
      assert.ok(answer.stages.every(({ status }) => status === "ok"));
      // Nobody verifies whom --insecure connects to: the nodes are listed.
      const insecure = await probeOf(program, { port: first.port }, [...all, "--insecure", "--json"]);
      const listed = answerOf(insecure);
      assert.deepEqual(
        listed.nodes?.map(({ status, connectMs }) => [status, connectMs]),
        [
          ["skipped", null],
          ["skipped", null],
          ["skipped", null],
        ],
      );
    }));

  test("real redis: a replica, and a Sentinel that nobody can log in to", async () => {
    await withReplica(redis, { users }, ({ replica }) =>
      sees(programs, replica, inClear, { exit: 0, says: [works, /mode standalone, replica/] }),
    );
    await withSentinel(redis, { tls: true }, async (server) => {
      await sees(withTls, server, signed, { exit: 5, stage: "auth", finding: "error[server-is-sentinel]" });
      await sees(withTls, server, ["--no-auth"], { exit: 1, stage: "topology", finding: "error[server-is-sentinel]" });
    });
  });

  test("real redis: loading, full, protected", async () => {
    await withLoading(redis, { tls: true, users }, (server) =>
      sees(withTls, server, signed, {
        exit: 1,
        stage: "ping",
        finding: "error[server-loading]",
        says: [/as my-user, says ACL WHOAMI/],
      }),
    );
    await withFull(redis, {}, (server) =>
      sees(programs, server, inClear, { exit: 5, stage: "auth", finding: "error[max-clients]" }),
    );
    await withFull(redis, { tls: true }, (server) =>
      sees(withTls, server, signed, {
        exit: 4,
        stage: "tls",
        finding: "error[closed-early]",
        says: [/all the clients that\s+it takes/],
      }),
    );
    await withProtected(redis, (server) =>
      sees(programs, server, inClear, { exit: 5, stage: "auth", finding: "error[protected-mode]" }),
    );
  });

  test("real redis: without a login to a server that wants none", () =>
    withRedis(redis, { tls: true }, (server) =>
      sees(withTls, server, ["--no-auth"], {
        exit: 0,
        finding: "warning[default-user-open]",
        says: [/The way is open, and the server demands no login/, /server +redis 7/],
      }),
    ));

  test("real redis: more connections, and how long they take", () =>
    withRedis(redis, { tls: true, users }, async (server) => {
      const says = [
        /\n5 connections more\n +p50 +p90 +p99\n {2}connect( +[\d.]+ ms){3}\n {2}tls( +[\d.]+ ms){3}\n {2}auth( +[\d.]+ ms){3}\n {2}ping( +[\d.]+ ms){3}\n/,
        works,
      ];
      await sees(withTls, server, [...signed, "--repeat", "5"], { exit: 0, says });
      const [program] = withTls;
      assert.ok(program);
      const { repeat } = answerOf(await probeOf(program, server, [...signed, "--repeat", "5", "--json"]));
      assert.equal(repeat?.count, 5);
      for (const times of [repeat?.connectMs, repeat?.tlsMs, repeat?.authMs, repeat?.pingMs])
        assert.ok(times && times.p50 > 0 && times.p50 <= times.p90 && times.p90 <= times.p99);
    }));

  test("real redis: the token comes from a file, a variable or stdin, and says whom it is for", () =>
    withRedis(redis, { users }, (server) =>
      withDirectory(async (directory) => {
        const file = join(directory, "token");
        writeFileSync(file, token);
        writeFileSync(`${file}-line`, `${token}\n`);
        const keyless = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
        for (const program of programs) {
          const probed = (args: readonly string[], options: { env?: Record<string, string>; stdin?: string } = {}) =>
            probeOf(program, server, ["--no-tls", "--at", time, ...args], {
              ...options,
              env: { ...keyless, ...options.env },
            });
          const ways: readonly Run[] = [
            await probed(["-u", "my-user", "--token-file", file]),
            await probed(["-u", "my-user", "--token-file", "-"], { stdin: `${token}\n` }),
            await probed(["--token-env", "T"], { env: { T: token, CACHEAUTH_USER: "my-user" } }),
          ];
          for (const { code, stdout, stderr } of ways) {
            assert.deepEqual([code, stderr], [0, ""], stdout);
            assert.match(stdout, works);
            assert.match(stdout, /skipped {2}credentials/);
          }
          const unsaid = await probed(["--token-env", "T"], { env: { T: token } });
          assert.deepEqual(
            [unsaid.code, unsaid.stderr],
            [0, "notice: Nobody said whom to log in as: my-user, as the token says.\n"],
          );
          // Byte for byte, as a program would send it: and then the line ending is the cause.
          const line = await probed(["-u", "my-user", "--token-file", `${file}-line`]);
          assert.equal(line.code, 5);
          assert.match(line.stdout, /ends at auth: WRONGPASS, because: [\s\S]*line\s+ending/);
          assert.match(
            line.stdout,
            /\n\nerror\[surrounding-whitespace\]\n[\s\S]*\n\nerror\[wrongpass\]: The server refused the login: [^?]*$/,
          );
          // Out of a log's line, or what else has words around it, a program takes it before it sends it.
          const logged = await probed(["-u", "my-user", "--token-file", "-"], { stdin: `DEBUG password=${token}\n` });
          assert.deepEqual(
            [logged.code, logged.stderr],
            [
              0,
              "notice: The token stands in a text with other words in it: it alone is sent. A program that sends all of that is refused.\n",
            ],
          );
          const expired = await probeOf(program, server, ["--no-tls", "-u", "my-user", "--token-env", "T"], {
            env: { T: `${token.slice(0, -1)}x` },
          });
          assert.equal(expired.code, 5);
          const password = await probed(["-u", "my-user", "--token-env", "T"], { env: { T: "sesame, open" } });
          assert.deepEqual([password.code, failedStage(password.stdout)], [3, "token"]);
          assert.match(password.stdout, /error\[not-a-token\]/);
          assert.doesNotMatch(password.stdout, /sesame/);
        }
      }),
    ));

  test("real redis: the endpoint and the user from the environment", () =>
    withRedis(redis, { users }, async (server) => {
      const env = { ...exampleKeys, CACHEAUTH_ENDPOINT: `127.0.0.1:${server.port}`, CACHEAUTH_USER: "my-user" };
      for (const program of programs) {
        const { code, stdout, stderr } = await runs(program, ["probe", "--no-tls", "--token-env", "T", "--at", time], {
          env: { ...env, T: token },
        });
        assert.deepEqual([code, stderr], [0, ""], stdout);
        assert.match(stdout, works);
        // A name beside it is a target, and then it does not count.
        const named = await runs(program, ["probe", "--no-tls", ...signed], { env });
        assert.equal(named.code, 2);
        assert.match(
          named.stderr,
          /^error: No endpoint: [^\n]*\nfix: [^\n]*CACHEAUTH_ENDPOINT counts only where no name is given/,
        );
      }
    }));
}

const valkey = valkeyServer();
if (valkey) {
  test("real valkey 8: it is told by its own name and version", () =>
    withRedis(valkey, { users }, (server) =>
      sees(programs, server, inClear, {
        exit: 0,
        says: [works, /server +valkey 8\.\d+\.\d+, mode standalone, primary/],
      }),
    ));
}
