import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { decisionOutput, listeningOutput, noticeOutput } from "../../src/commands/emulate/output.ts";
import { redisServer, withRedis } from "../real/servers.ts";
import { type Asking, asking, emulating } from "./emulating.ts";
import { notRun, programs, run, withDirectory } from "./program.ts";

const wrongPass = "-WRONGPASS invalid username-password pair or user is disabled.";
const sentinel = {
  AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "SENTINELsecretSENTINELsecretSENTINELsecr",
  AWS_SESSION_TOKEN: "SENTINELsession/SENTINEL+session==",
};
const redis = redisServer();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What the lines `export NAME='VALUE'` of the text set. */
function exported(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^ {2}export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]));
}

for (const program of programs) {
  const { name } = program;
  const token = async (line: string, env: Readonly<Record<string, string>>): Promise<string> => {
    const { stdout, stderr } = await run(program, line.split(" ").slice(1), { env });
    assert.equal(stderr, "");
    return stdout.trim();
  };

  test(`${name}: emulate alone prints what to set and what to type, and that works, whatever keys are around`, () =>
    emulating(
      program,
      [],
      async (running) => {
        const text = await running.until("stdout", /Ctrl-C stops it\.\n\n/);
        const [, port = ""] = /^listening on 127\.0\.0\.1:(\d+) with TLS/.exec(text) ?? [];
        const keys = exported(text);
        assert.deepEqual(Object.keys(keys), ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"]);
        assert.match(keys["AWS_SECRET_ACCESS_KEY"] ?? "", /^throwaway\//);
        assert.match(text, /^ {2}unset AWS_PROFILE\n {2}unset AWS_SESSION_TOKEN$/m);
        const names = "--replication-group-id my-cache -u my-user -r us-east-1";
        const probe = new RegExp(
          `^ {2}cacheauth probe 127\\.0\\.0\\.1:${port} ${names} --ca (/.*/ca\\.pem)$`,
          "m",
        ).exec(text);
        const caFile = probe?.[1] ?? "";
        const [, line = ""] = /REDISCLI_AUTH="\$\((cacheauth token .*)\)" redis-cli --tls/.exec(text) ?? [];
        const made = await token(line, keys);
        const client = await asking(Number(port), readFileSync(caFile, "utf8"));
        assert.equal(await client.ask("PING"), "-NOAUTH Authentication required.");
        assert.equal(await client.ask("AUTH", "my-user", made), "+OK");
        assert.equal(await client.ask("PING"), "+PONG");
        assert.equal(await client.ask("AUTH", "my-user", await token(line, sentinel)), wrongPass);
        await running.until(
          "stdout",
          /connection 1: accepted my-user\n[^\n]*connection 1: refused my-user\n {2}error\[access-key-mismatch\]/,
        );
        assert.match(running.stdout(), /\n {4}fix: [\s\S]*\n {4}more: cacheauth rules access-key-mismatch\n/);
        assert.equal(await client.ask("AUTH", "\u001b[2Jme", "\u001b]0;title\u0007"), wrongPass);
        await running.until("stdout", /refused \\u\{1b\}\[2Jme\n/);
        assert.deepEqual(await running.stop("SIGINT"), { code: 0, signal: null });
        assert.equal(running.stderr(), "");
        assert.ok(!/[\0-\x09\x0b-\x1f\x7f]/.test(running.stdout()));
        assert.doesNotMatch(running.stdout(), /SENTINEL|X-Amz-Signature=[0-9a-f]/);
        assert.ok(!existsSync(dirname(caFile)), "the private folder is gone");
      },
      { ...sentinel, CACHEAUTH_USER: "somebody", CACHEAUTH_ENDPOINT: "localhost" },
    ));

  if (spawnSync("redis-cli", ["--version"]).status === 0) {
    test(`${name}: emulate's line for redis-cli works as it is printed`, () =>
      withDirectory((directory) =>
        emulating(program, [], async (running) => {
          const text = await running.until("stdout", /Ctrl-C stops it\.\n\n/);
          const own = join(directory, "cacheauth");
          writeFileSync(own, `#!/bin/sh\nexec ${program.command.map((word) => `'${word}'`).join(" ")} "$@"\n`, {
            mode: 0o755,
          });
          const script = text
            .split("\n")
            .filter((line) => /^ {2}(unset|export|REDISCLI_AUTH)/.test(line))
            .join("\n");
          const env = { PATH: `${directory}:${process.env["PATH"]}`, HOME: "/nonexistent", AWS_PROFILE: "none" };
          const { stdout, stderr } = spawnSync("sh", ["-c", script], { env, encoding: "utf8" });
          assert.deepEqual([stdout, stderr], ["PONG\n", ""]);
        }),
      ));
  } else notRun("emulate's line for redis-cli, for want of redis-cli");

  test(`${name}: emulate --json is one object, then one a login, each of the schema`, () =>
    emulating(program, ["--json"], async (running) => {
      const [first = ""] = await running.lines(1);
      const { caFile, credentials, endpoint, pid, ...rest } = listeningOutput.parse(JSON.parse(first));
      assert.deepEqual(rest, {
        nodes: null,
        upstream: null,
        fault: null,
        account: null,
        user: "my-user",
        target: {
          service: "elasticache",
          kind: "replication-group",
          name: "my-cache",
          region: "us-east-1",
          partition: "aws",
          endpoint: null,
        },
        notices: [],
      });
      assert.deepEqual([credentials.source, credentials.sessionToken], ["emulate", null]);
      if (program.command.length === 1) assert.equal(pid, running.child.pid);
      assert.deepEqual(
        [statSync(caFile ?? "").mode & 0o777, statSync(dirname(caFile ?? "")).mode & 0o777],
        [0o600, 0o700],
      );
      assert.deepEqual(readdirSync(dirname(caFile ?? "")), ["ca.pem"]);
      const keys = {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey ?? "",
      };
      const made = await token("cacheauth token --replication-group-id my-cache -u my-user -r us-east-1", keys);
      const client = await asking(endpoint.port, readFileSync(caFile ?? "", "utf8"));
      assert.equal(await client.ask("AUTH", "my-user", made), "+OK");
      assert.equal(await client.ask("HELLO", "3", "AUTH", "my-user\u001b[31m", made), wrongPass);
      const decisions = (await running.lines(3)).slice(1).map((line) => decisionOutput.parse(JSON.parse(line)));
      assert.deepEqual(
        decisions.map(({ connection, node, user, accepted, fault }) => [connection, node, user, accepted, fault]),
        [
          [1, endpoint, "my-user", true, null],
          [1, endpoint, "my-user\\u{1b}[31m", false, null],
        ],
      );
      assert.deepEqual(await running.stop(), { code: 0, signal: null });
      assert.equal(running.stderr(), "");
    }));

  for (const signal of signals) {
    test(`${name}: ${signal} stops emulate with 0, its clients dropped and its folder gone`, () =>
      emulating(program, ["--json"], async (running) => {
        const [first = ""] = await running.lines(1);
        const { caFile, endpoint } = listeningOutput.parse(JSON.parse(first));
        const clients = await Promise.all(
          Array.from({ length: 20 }, () => asking(endpoint.port, readFileSync(caFile ?? "", "utf8"))),
        );
        const closed = Promise.all(
          clients.map(({ socket }) => new Promise((resolve) => socket.once("close", resolve))),
        );
        assert.deepEqual(await running.stop(signal), { code: 0, signal: null });
        await closed;
        assert.ok(!existsSync(dirname(caFile ?? "")));
        assert.equal(running.stderr(), "");
      }));
  }

  test(`${name}: emulate with a target enforces it for the keys at hand, and shows nothing of them`, () =>
    emulating(
      program,
      ["--memorydb-cluster", "my-cluster", "-r", "eu-west-1", "-v"],
      async (running) => {
        const text = await running.until("stdout", /Ctrl-C stops it\.\n\n/);
        assert.match(text, /as the MemoryDB cluster my-cluster in\s+eu-west-1/);
        assert.deepEqual(exported(text), {});
        const [, port = "", caFile = ""] =
          /probe 127\.0\.0\.1:(\d+) --memorydb-cluster my-cluster -u somebody -r eu-west-1 --ca (.*)$/m.exec(text) ??
          [];
        const made = await token("cacheauth token --memorydb-cluster my-cluster -u somebody -r eu-west-1", sentinel);
        const client = await asking(Number(port), readFileSync(caFile, "utf8"));
        assert.equal(await client.ask("AUTH", "somebody", made), "+OK");
        assert.equal(await client.ask("AUTH", "somebody", `${made.slice(0, -1)}g`), wrongPass);
        assert.equal(await client.ask("AUTH", made, "somebody"), wrongPass);
        assert.equal(await client.ask("AUTH", "somebody", sentinel.AWS_SECRET_ACCESS_KEY), wrongPass);
        assert.equal(await client.ask("AUTH", sentinel.AWS_SECRET_ACCESS_KEY, sentinel.AWS_SESSION_TOKEN), wrongPass);
        await running.until("stdout", /(refused[\s\S]*){4}more:[^\n]*\n/);
        await running.stop();
        for (const said of [running.stdout(), running.stderr()]) {
          assert.doesNotMatch(said, /SENTINEL/);
          assert.ok(!said.includes(made.slice(-64)));
        }
      },
      { ...sentinel, CACHEAUTH_USER: "somebody" },
    ));

  test(`${name}: emulate without credentials for its target ends with 3`, async () => {
    const { code, stdout, stderr } = await run(program, [
      "emulate",
      "--replication-group-id",
      "my-cache",
      "-r",
      "us-east-1",
    ]);
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(stderr, /^error: .*\nfix: .*\n$/);
    assert.match(
      stderr,
      /^error: Where a target is named, emulate lets in whoever signs with your AWS keys; and there are none/,
    );
    const advice =
      /fix: Any made-up pair will do here: AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE, and AWS_SECRET_ACCESS_KEY with any text\. Without target flags it makes throwaway keys\. Looking for yours ended with: /;
    assert.match(stderr, advice);
  });

  test(`${name}: emulate --json tells what it notices while it runs in lines of stderr`, () =>
    emulating(program, ["--json", "--connection-lifetime", "1", "--fault", "slow:1ms"], async (running) => {
      const [first = ""] = await running.lines(1);
      const { caFile, credentials, endpoint } = listeningOutput.parse(JSON.parse(first));
      const keys = {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey ?? "",
      };
      const made = await token("cacheauth token --replication-group-id my-cache -u my-user -r us-east-1", keys);
      const client = await asking(endpoint.port, readFileSync(caFile ?? "", "utf8"));
      assert.equal(await client.ask("AUTH", "my-user", made), "+OK");
      const { notice } = noticeOutput.parse(JSON.parse(await running.until("stderr", /\n/)));
      assert.deepEqual([notice.connection, notice.code], [1, "connection-expired"]);
      const [, decision = ""] = await running.lines(2);
      assert.equal(decisionOutput.parse(JSON.parse(decision)).fault, "slow");
      await running.stop();
    }));

  test(`${name}: emulate on a port that is taken ends with 4, and leaves nothing`, () => {
    const server = createServer();
    return withDirectory(async (directory) => {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as { port: number };
      const taken = (...args: string[]) =>
        run(program, ["emulate", "--listen", `127.0.0.1:${port}`, ...args], { env: { TMPDIR: directory } });
      const { code, stdout, stderr } = await taken();
      assert.deepEqual([code, stdout], [4, ""]);
      assert.equal(
        stderr,
        `error: It cannot listen on 127.0.0.1:${port}: another program listens there.\nfix: Stop it, or take another port; port 0 takes any that is free.\n`,
      );
      assert.equal(JSON.parse((await taken("--json")).stderr).error.code, "listen-failed");
      // What is made by deno compile keeps a cache of its own there.
      const left = readdirSync(directory).filter((entry) => !entry.startsWith("deno-compile-"));
      assert.deepEqual(left, []);
    }).finally(() => server.close());
  });

  test(`${name}: emulate before an upstream that is not there ends with 4`, async () => {
    const { code, stdout, stderr } = await run(program, ["emulate", "--upstream", `127.0.0.1:${await freePort()}`]);
    assert.deepEqual([code, stdout], [4, ""]);
    assert.match(
      stderr,
      /^error: The upstream 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)\.\nfix: Start the server/,
    );
  });

  test(`${name}: emulate goes on where nobody reads its log any more`, () =>
    emulating(program, ["--json"], async (running) => {
      const [first = ""] = await running.lines(1);
      const { caFile, endpoint } = listeningOutput.parse(JSON.parse(first));
      running.child.stdout?.destroy();
      const client = await asking(endpoint.port, readFileSync(caFile ?? "", "utf8"));
      for (let times = 0; times < 20; times += 1) assert.equal(await client.ask("AUTH", "my-user", "wrong"), wrongPass);
      assert.deepEqual(await running.stop(), { code: 0, signal: null });
    }));

  test(`${name}: emulate serves on, and stops, while its log is open and nobody reads it`, () =>
    withDirectory(async (directory) => {
      const port = await freePort();
      const args = ["--json", "--tls-dir", directory, "--listen", `127.0.0.1:${port}`];
      await emulating(
        program,
        args,
        async (running) => {
          const client = await untilConnected(port, join(directory, "ca.pem"));
          // Some 500 KB of log: more than a pipe takes.
          for (let times = 0; times < 1_000; times += 1) {
            assert.equal(await client.ask("AUTH", "my-user", "wrong"), wrongPass);
          }
          assert.equal((await running.stop()).code, 0);
        },
        {},
        false,
      );
    }));

  test(`${name}: --tls-dir keeps the certificates and the server's key, and no other key`, () =>
    withDirectory(async (directory) => {
      const folder = join(directory, "new/tls");
      await emulating(program, ["--json", "--tls-dir", folder, "--name", "cache.test,10.1.2.3"], async (running) => {
        const [first = ""] = await running.lines(1);
        const { caFile, endpoint } = listeningOutput.parse(JSON.parse(first));
        assert.equal(caFile, `${folder}/ca.pem`);
        for (const file of ["ca.pem", "cert.pem", "key.pem"])
          assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600);
        const read = (file: string) => readFileSync(join(folder, file), "utf8");
        const certificate = new X509Certificate(read("cert.pem"));
        assert.ok(certificate.checkPrivateKey(createPrivateKey(read("key.pem"))));
        assert.ok(certificate.verify(new X509Certificate(read("ca.pem")).publicKey));
        assert.ok(certificate.checkHost("cache.test") && certificate.checkIP("10.1.2.3") && certificate.checkIP("::1"));
        assert.match(await (await asking(endpoint.port, read("ca.pem"))).ask("PING"), /^-NOAUTH/);
        await running.stop();
      });
      assert.deepEqual(readdirSync(folder).sort(), ["ca.pem", "cert.pem", "key.pem"]);
      const { code, stderr } = await run(program, ["emulate", "--tls-dir", join(folder, "ca.pem")]);
      assert.equal(code, 2);
      assert.match(stderr, /^error: The certificates cannot be written to ".*": .*\nfix: Name a folder/);
      symlinkSync("/nonexistent/folder", join(directory, "nowhere"));
      const nowhere = await run(program, ["emulate", "--tls-dir", join(directory, "nowhere")]);
      assert.equal(nowhere.code, 2);
      // The runtimes differ in what they make of a link to nothing.
      assert.match(nowhere.stderr, /: (a part of the path is|there is a file) .* \(E\w+\)\.\nfix: Name a folder/);
    }));

  test(`${name}: --users refuses each for its reason`, () =>
    withDirectory(async (directory) => {
      const file = join(directory, "users.json");
      const users = {
        cache: { replicationGroupId: "shop", region: "eu-west-1", accountId: "123456789012" },
        users: ["app", { id: "off", enabled: false }, "lonely"],
        groups: [{ id: "shop-users", users: ["app", "off"] }],
        keys: [
          {
            accessKeyId: "AKIAIOSFODNN7EXAMPLE",
            secretAccessKey: "SENTINEL/made/up",
            policies: [
              {
                Version: "2012-10-17",
                Statement: [
                  {
                    Effect: "Allow",
                    Action: "elasticache:Connect",
                    Resource: ["replicationgroup:shop", "user:app", "user:off", "user:lonely"].map(
                      (name) => `arn:aws:elasticache:eu-west-1:123456789012:${name}`,
                    ),
                  },
                ],
              },
            ],
          },
        ],
      };
      writeFileSync(file, JSON.stringify(users));
      const keys = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "SENTINEL/made/up" };
      await emulating(program, ["--users", file, "--json", "--plaintext"], async (running) => {
        const [first = ""] = await running.lines(1);
        const { endpoint, user, target, account, credentials, notices, caFile } = listeningOutput.parse(
          JSON.parse(first),
        );
        assert.deepEqual([user, target.name, target.region, caFile], ["app", "shop", "eu-west-1", null]);
        assert.deepEqual(account, { id: "123456789012", source: "users-file" });
        assert.deepEqual(credentials, {
          source: "the users file",
          accessKeyId: "AKIAIOSFODNN7EXAMPLE",
          secretAccessKey: null,
          sessionToken: null,
        });
        assert.deepEqual(
          notices.map(({ code }) => code),
          ["plaintext"],
        );
        const client = await asking(endpoint.port, null);
        const replies: string[] = [];
        for (const who of ["app", "off", "lonely"]) {
          const made = await token(`cacheauth token --replication-group-id shop -r eu-west-1 -u ${who}`, keys);
          replies.push(await client.ask("AUTH", who, made));
        }
        assert.deepEqual(replies, ["+OK", wrongPass, wrongPass]);
        const decisions = (await running.lines(4)).slice(1).map((line) => decisionOutput.parse(JSON.parse(line)));
        assert.deepEqual(
          decisions.map(({ findings }) => findings.map(({ rule }) => rule)),
          [[], ["user-off"], ["user-not-in-group"]],
        );
        await running.stop();
        assert.doesNotMatch(running.stdout() + running.stderr(), /SENTINEL/);
      });
      writeFileSync(file, JSON.stringify({ ...users, groups: [{ id: "g", users: ["nobody"] }] }));
      const { code, stdout, stderr } = await run(program, ["emulate", "--users", file]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^error: .*nobody.*\nfix: .*\n$/);
      assert.doesNotMatch(stderr, /SENTINEL/);
    }));

  test(`${name}: --users without keys takes those of the environment, else one that it makes, and says which`, () =>
    withDirectory(async (directory) => {
      const file = join(directory, "users.json");
      const users = ["app", { id: "batch", access: "on ~batch:* +@all" }];
      writeFileSync(file, JSON.stringify({ cache: { replicationGroupId: "shop", region: "eu-west-1" }, users }));
      const args = ["--users", file, "-u", "batch", "--replication-group-id", "Shop", "-r", "eu-west-1", "--plaintext"];
      const names = "--replication-group-id shop -u batch -r eu-west-1";
      await emulating(program, args, async (running) => {
        const text = await running.until("stdout", /Ctrl-C stops it\.\n\n/);
        assert.match(
          running.stderr(),
          /notice: The users file names no keys; the one that counts is AKIA\w+, made for this run\.\n/,
        );
        assert.match(
          text.replace(/\s+/g, " "),
          /the account 111122223333, which was read off the id of the access key/,
        );
        assert.match(text, new RegExp(`cacheauth probe .* ${names} --no-tls$`, "m"));
        const [, port = ""] = /^listening on 127\.0\.0\.1:(\d+)/.exec(text) ?? [];
        const client = await asking(Number(port), null);
        const made = await token(`cacheauth token ${names}`, exported(text));
        assert.equal(await client.ask("AUTH", "batch", made), "+OK");
        assert.equal(await client.ask("SET", "batch:1", "x"), "+OK");
        assert.match(await client.ask("SET", "other", "x"), /^-NOPERM .* one of the keys/);
        await running.stop();
      });
      await emulating(
        program,
        [...args, "--json"],
        async (running) => {
          const [first = ""] = await running.lines(1);
          const { credentials, notices, account, user } = listeningOutput.parse(JSON.parse(first));
          assert.deepEqual(credentials, {
            source: "the environment",
            accessKeyId: sentinel.AWS_ACCESS_KEY_ID,
            secretAccessKey: null,
            sessionToken: null,
          });
          assert.deepEqual([account, user], [{ id: null, source: "unknown" }, "batch"]);
          const [notice] = notices.filter(({ code }) => code === "keys");
          assert.match(notice?.message ?? "", /counts is ASIAIOSFODNN7EXAMPLE, from the environment\.$/);
          await running.stop();
        },
        sentinel,
      );
      for (const [flags, says] of [
        [["-u", "nobody"], /the users are app, batch\./],
        [["--memorydb-cluster", "shop"], /its cache is shop\./],
        [["--replication-group-id", "shop", "-r", "us-east-1"], /its region is eu-west-1\./],
      ] as const) {
        const { code, stderr } = await run(program, ["emulate", "--users", file, ...flags]);
        assert.equal(code, 2);
        assert.match(stderr, /^error: --users and --[a-z-]+ contradict each other: in the file /);
        assert.match(stderr, says);
      }
    }));

  if (redis) {
    test(`${name}: --upstream says that it does not enforce an access string`, () =>
      withDirectory((directory) =>
        withRedis(redis, {}, async ({ port }) => {
          const file = join(directory, "users.json");
          const users = ["app", { id: "all", access: "on ~* +@all" }, { id: "batch", access: "on ~batch:* +@all" }];
          writeFileSync(file, JSON.stringify({ users }));
          const args = ["--users", file, "--upstream", `127.0.0.1:${port}`, "--json"];
          await emulating(program, args, async (running) => {
            const [first = ""] = await running.lines(1);
            const { notices } = listeningOutput.parse(JSON.parse(first));
            const [notice] = notices.filter(({ code }) => code === "access-not-enforced");
            assert.match(notice?.message ?? "", /not enforced.*Restricted here: batch\.$/);
            await running.stop();
          });
        }),
      ));
  }

  test(`${name}: what emulate cannot do is told before anything is begun`, async () => {
    for (const [args, says] of refusals) {
      const { code, stdout, stderr } = await run(program, ["emulate", ...args]);
      assert.deepEqual([code, stdout], [2, ""], args.join(" "));
      assert.match(stderr, /^error: [^\n]*\nfix: [^\n]*\n$/);
      assert.match(stderr, says);
    }
  });

  test(`${name}: beyond loopback, in clear text and in a cluster it says so`, () =>
    emulating(
      program,
      ["--listen", "0.0.0.0:0", "--plaintext", "--cluster", "3", "--fault", "slow:1ms"],
      async (running) => {
        const text = await running.until("stdout", /Ctrl-C stops it\.\n\n/);
        assert.match(text, /^listening on 127\.0\.0\.1:\d+, 127\.0\.0\.1:\d+,\s+127\.0\.0\.1:\d+ in CLEAR\s+TEXT/);
        assert.match(text, /^On purpose it goes wrong: slow:1ms\.$/m);
        assert.match(text, /cacheauth probe .* --no-tls$/m);
        assert.match(text, /redis-cli -c -h 127\.0\.0\.1/);
        assert.match(
          running.stderr(),
          /^notice: It listens in CLEAR TEXT.*\nnotice: Other machines can reach it on 0\.0\.0\.0\./,
        );
        await running.stop();
      },
    ));
}

/** What each is refused with, exit code 2. */
const refusals: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [["--at", "2025-01-31T12:00:00Z"], /--at does nothing here/],
  [["--listen", "6380"], /--listen "6380" cannot be taken\.\nfix: Write HOST:PORT/],
  [["--listen", "127.0.0.1:65536"], /--listen/],
  [["--listen", "::1:6380"], /\[::1\]:6379/],
  [["--listen", "127.0.0.1:65534", "--cluster", "3"], /begin lower/],
  [["--cluster", "0"], /from 1 to 64/],
  [["--cluster", "2", "--upstream", "127.0.0.1:6379"], /--upstream and --cluster contradict/],
  [["--upstream", "127.0.0.1"], /--upstream "127\.0\.0\.1" cannot be taken/],
  [["--upstream", "redis://127.0.0.1:6379"], /--upstream/],
  [["--upstream", "127.0.0.1:0"], /the port that the server listens on/],
  [["--fault", "fire"], /--fault "fire" is no fault/],
  [["--fault", "slow:1s,slow:2s"], /names "slow" twice/],
  [["--connection-lifetime", "0"], /--connection-lifetime/],
  [["--connection-lifetime", "12h"], /whole number/],
  [["--plaintext", "--tls-dir", "x"], /--plaintext and --tls-dir/],
  [["--plaintext", "--name", "x"], /--plaintext and --name/],
  [["--name", "no name"], /cannot be the name of a host/],
  [["--users", "/nonexistent/users.json"], /there is no such file/],
  [["--users", "x", "-u", "me"], /cannot be read|contradict/],
  [["--replication-group-id", "a", "--memorydb-cluster", "b"], /name two targets/],
  [["-u", "a b"], /cannot be the user/],
  [["-r", "use1"], /not a region/],
  [["here"], /takes no argument|argument/],
];

/** It listens some time after it was started. */
async function untilConnected(port: number, caFile: string): Promise<Asking> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await asking(port, readFileSync(caFile, "utf8"));
    } catch (error) {
      if (attempt > 10_000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
