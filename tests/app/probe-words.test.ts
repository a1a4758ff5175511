/** What is said to `probe`, and how it says that it cannot be: flags, endpoints, users, credentials. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { withHostile } from "../real/hostile.ts";
import { answerOf, asMyUser, failedStage, probeOf, runs, withTls } from "./probing.ts";
import { exampleKeys, programs, withDirectory } from "./program.ts";

const aws = "master.my-cache.abc123.use1.cache.amazonaws.com";
/** Nobody listens there: a usage error comes before anything is tried. */
const here = "localhost:1";

interface Wrong {
  readonly args: readonly string[];
  readonly code: string;
  readonly says: RegExp;
  readonly fix: RegExp;
  readonly env?: Readonly<Record<string, string>>;
}

const wrong: readonly Wrong[] = [
  {
    args: [],
    code: "target-missing",
    says: /No endpoint/,
    fix: /HOST\[:PORT\] as the argument, or set CACHEAUTH_ENDPOINT/,
  },
  {
    args: ["--replication-group-id", "my-cache"],
    code: "target-missing",
    says: /a name alone does not tell where/,
    fix: /HOST/,
  },
  {
    args: ["my-cache", "-u", "u"],
    code: "endpoint-is-a-name",
    says: /"my-cache" is a name/,
    fix: /the endpoint that the console shows.*--replication-group-id/,
  },
  {
    args: [here, "-u", "u"],
    code: "endpoint-not-a-cache",
    says: /"localhost" is this machine/,
    fix: /name the cache as well: .* Or give the cache's own endpoint beside it: --sni HOST\.$/m,
  },
  {
    args: ["127.0.0.1:6379", "-u", "u"],
    code: "endpoint-not-a-cache",
    says: /is an address/,
    fix: /name the cache as well: .* Or give the cache's own endpoint beside it: --sni HOST\.$/m,
  },
  {
    args: ["db.abc123.us-east-1.rds.amazonaws.com", "-u", "u"],
    code: "endpoint-not-a-cache",
    says: /an RDS or Aurora database/,
    fix: /^For a database, the AWS CLI has: [^,]*$/,
  },
  {
    args: ["cache.example.com", "-u", "u"],
    code: "endpoint-unknown",
    says: /not an endpoint/,
    fix: /name the cache as well: .* --sni HOST\.$/m,
  },
  { args: ["a b"], code: "endpoint-malformed", says: /which no host name has/, fix: /looks like/ },
  { args: [`${aws}:0`, "-u", "u"], code: "port-invalid", says: /not a port/, fix: /1 to 65535/ },
  { args: [aws, "other.example.com"], code: "argument-unexpected", says: /./, fix: /./ },
  { args: [aws, "--endpoint", "other.example.com"], code: "target-conflict", says: /two endpoints/, fix: /one/ },
  { args: [aws], code: "user-missing", says: /No user/, fix: /-u USER/ },
  { args: [aws, "-u", "a b"], code: "user-invalid", says: /a b/, fix: /./ },
  {
    args: [here, ...asMyUser.filter((word) => word !== "-r" && word !== "us-east-1")],
    code: "region-missing",
    says: /No region/,
    fix: /--region/,
  },
  { args: [aws, "-4", "-6", "-u", "u"], code: "flag-conflict", says: /-4 and -6 leave no address/, fix: /Keep one/ },
  {
    args: [here, "--no-auth", "--no-tls", "--sni", "x"],
    code: "flag-conflict",
    says: /--no-tls and --sni/,
    fix: /Keep one/,
  },
  {
    args: [here, "--no-auth", "--no-tls", "--ca", "x"],
    code: "flag-conflict",
    says: /--no-tls and --ca/,
    fix: /Keep one/,
  },
  {
    args: [here, "--no-auth", "--no-tls", "--insecure"],
    code: "flag-conflict",
    says: /--no-tls and --insecure/,
    fix: /Keep one/,
  },
  {
    args: [here, "--no-auth", "--insecure", "--ca", "x"],
    code: "flag-conflict",
    says: /--ca says whom to trust/,
    fix: /Keep one/,
  },
  {
    args: [here, "--no-auth", "--token-env", "T"],
    code: "flag-conflict",
    says: /a token is handed in/,
    fix: /Keep one/,
  },
  {
    args: [here, "--token-env", "T", "--token-file", "f"],
    code: "token-conflict",
    says: /more than once/,
    fix: /--token-env/,
  },
  { args: [here, "--token-env", "NOT_SET"], code: "token-unreadable", says: /NOT_SET is not set/, fix: /Export/ },
  {
    args: [here, "--token-file", "/nonexistent/token"],
    code: "token-unreadable",
    says: /no such file/,
    fix: /- is stdin/,
  },
  {
    args: [here, "--token-env", "T"],
    code: "user-missing",
    says: /neither a flag nor the token/,
    fix: /-u/,
    env: { T: "x" },
  },
  { args: [here, "--no-auth", "--resp", "4"], code: "flag-value-invalid", says: /--resp "4"/, fix: /2 or 3/ },
  { args: [here, "--no-auth", "--timeout", "0"], code: "flag-value-invalid", says: /--timeout/, fix: /0\.05 to 300/ },
  { args: [here, "--no-auth", "--timeout", "301"], code: "flag-value-invalid", says: /--timeout/, fix: /0\.05 to 300/ },
  { args: [here, "--no-auth", "--timeout", "5s"], code: "flag-value-invalid", says: /--timeout/, fix: /seconds/ },
  { args: [here, "--no-auth", "--timeout=-1"], code: "flag-value-invalid", says: /--timeout/, fix: /seconds/ },
  { args: [here, "--no-auth", "--repeat", "0"], code: "flag-value-invalid", says: /--repeat/, fix: /1 to 10000/ },
  { args: [here, "--no-auth", "--repeat", "10001"], code: "flag-value-invalid", says: /--repeat/, fix: /1 to 10000/ },
  { args: [here, "--no-auth", "--repeat", "1.5"], code: "flag-value-invalid", says: /--repeat/, fix: /whole number/ },
  {
    args: [here, "--no-auth", "--sni", "a b"],
    code: "flag-value-invalid",
    says: /--sni "a b"/,
    fix: /as a certificate has it/,
  },
  { args: [here, "--no-auth", "--timeout"], code: "flag-value-missing", says: /--timeout/, fix: /./ },
  { args: [here, "--no-auth", "--tls"], code: "flag-unknown", says: /--tls/, fix: /TLS is on unless --no-tls/ },
  { args: [here, "--no-auth", "--cacert=x"], code: "flag-unknown", says: /--cacert/, fix: /mean --ca\?/ },
  { args: ["localhost", "--port", "1"], code: "flag-unknown", says: /--port/, fix: /behind the host: HOST:PORT/ },
  { args: ["localhost", "6379"], code: "argument-unexpected", says: /one argument/, fix: /behind the host: HOST:6379/ },
  {
    args: [here],
    code: "endpoint-malformed",
    says: /\(from CACHEAUTH_ENDPOINT\)/,
    fix: /looks like/,
    env: { CACHEAUTH_ENDPOINT: "a b" },
  },
];

for (const program of programs) {
  test(`${program.name}: what cannot be is said in one line, with one that says what to do, and nothing is tried`, async () => {
    const waiting = [...wrong];
    const worker = async () => {
      for (let row = waiting.shift(); row; row = waiting.shift()) {
        const { args, code, says, fix, env = {} } = row;
        // What comes from the variable is asked for without an argument.
        const words = ["probe", ...("CACHEAUTH_ENDPOINT" in env ? args.slice(1) : args)];
        const all = { env: { ...exampleKeys, ...env } };
        const text = await runs(program, words, all);
        assert.deepEqual([text.code, text.stdout], [2, ""], `${words}: ${text.stderr}`);
        const [, message = "", hint = ""] =
          /^error: ([^\n]+)\nfix: ([^\n]+)\n$/.exec(text.stderr) ?? assert.fail(text.stderr);
        assert.match(message, says);
        assert.match(hint, fix);
        // The same object by all of them.
        if (program !== programs[0]) continue;
        const json = await runs(program, [...words, "--json"], all);
        assert.deepEqual([json.code, json.stdout], [2, ""]);
        assert.deepEqual(JSON.parse(json.stderr), { error: { code, message, hint, exitCode: 2 } });
      }
    };
    await Promise.all([worker(), worker()]);
  });

  test(`${program.name}: without credentials it ends there, with exit 3, and nobody is connected to`, () =>
    withHostile("plaintext", async (server) => {
      const keyless = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
      for (const HOME of [undefined, "/nonexistent"]) {
        const { code, stdout, stderr } = await probeOf(program, server, asMyUser, { env: { ...keyless, HOME } });
        assert.deepEqual([code, failedStage(stdout), stderr], [3, "credentials", ""], stdout);
        assert.match(stdout, /error\[credentials-missing\]/);
        assert.match(stdout, /skipped {2}topology\n/);
        assert.match(stdout, /\n {2}fix: \S/);
      }
      const half = await probeOf(program, server, [...asMyUser, "--json"], {
        env: { ...keyless, AWS_ACCESS_KEY_ID: exampleKeys.AWS_ACCESS_KEY_ID },
      });
      const answer = answerOf(half);
      assert.deepEqual([half.code, answer.ok, answer.verdict.causes[0]?.rule], [3, false, "credentials-missing"]);
      assert.deepEqual(await server.received(), []);
    }));

  test(`${program.name}: a profile whose command fails, and keys that are over`, () =>
    withDirectory(async (home) => {
      mkdirSync(join(home, ".aws"));
      const config = "[profile broken]\ncredential_process = false\n";
      writeFileSync(join(home, ".aws/config"), config);
      const env = { HOME: home, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
      const broken = await runs(program, ["probe", here, ...asMyUser, "--profile", "broken"], { env });
      assert.deepEqual([broken.code, failedStage(broken.stdout)], [3, "credentials"], broken.stderr);
      const missing = await runs(program, ["probe", here, ...asMyUser, "--profile", "missing"], { env });
      assert.deepEqual([missing.code, failedStage(missing.stdout)], [3, "credentials"], missing.stderr);
      const over = { ...exampleKeys, AWS_CREDENTIAL_EXPIRATION: "2020-01-01T00:00:00Z" };
      const expired = await runs(program, ["probe", here, ...asMyUser], { env: over });
      assert.equal(expired.code, 3, expired.stdout);
      assert.match(expired.stdout, /error\[credentials-expired\]/);
    }));

  test(`${program.name}: in clear text to another machine nobody logs in, and that is said`, () =>
    withHostile("plaintext", async (server) => {
      // Addresses and names of this machine that are not its loopback by their own word.
      for (const host of ["0.0.0.0", "127.1"]) {
        const words = ["probe", `${host}:${server.port}`, ...asMyUser, "--no-tls"];
        const { code, stdout, stderr } = await runs(program, words, { env: exampleKeys });
        assert.equal(code, 0, stdout);
        assert.equal(
          stderr,
          "notice: In clear text nobody logs in but on this machine itself: --no-tls implies --no-auth here.\n",
        );
        assert.match(stdout, /skipped {2}auth/);
        // Not even the credentials are asked for, nor a token read.
        const handed = await runs(program, [...words, "--token-env", "NOT_SET", "--json"]);
        const { notices, user } = answerOf(handed);
        assert.deepEqual([handed.code, user, notices.map(({ code }) => code)], [0, null, ["no-auth-in-clear-text"]]);
      }
      const received = await server.received();
      assert.equal(received.length, 4);
      for (const bytes of received) assert.doesNotMatch(bytes, /AUTH|HELLO/);
    }));

  test(`${program.name}: the help has every flag, the exit codes and commands to copy`, async () => {
    const { code, stdout } = await runs(program, ["probe", "--help"]);
    assert.equal(code, 0);
    for (const flag of [
      "--no-auth",
      "--resp",
      "--timeout",
      "--sni",
      "--ca",
      "--insecure",
      "--no-tls",
      "--all-nodes",
      "--repeat",
      "-4",
      "-6",
      "--token-file",
      "--token-env",
    ])
      assert.ok(stdout.includes(flag), flag);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80 || /cacheauth probe/.test(line), line);
  });
}

test("--no-auth: any host will do, and no credentials are needed", () =>
  withHostile("good", async (server) => {
    for (const program of withTls) {
      const env = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
      const { code, stdout, stderr } = await probeOf(program, server, ["--no-auth"], { env });
      assert.deepEqual([code, stderr], [0, ""], stdout);
      assert.match(stdout, /skipped {2}credentials\n {2}skipped {2}token\n[\s\S]*skipped {2}auth\n/);
      assert.match(stdout, /The way is open up to the login, which the server demands and which was not\s+tried\./);
      const { user, target } = answerOf(await probeOf(program, server, ["--no-auth", "--json"], { env }));
      assert.deepEqual([user, target], [null, null]);
    }
    for (const bytes of await server.received()) assert.doesNotMatch(bytes, /AUTH|HELLO/);
  }));

test("--sni: the certificate is held against that name; --insecure: it is not held against any, and said loudly", () =>
  withHostile("wrong-name", async (server) => {
    for (const program of withTls) {
      const other = await probeOf(program, server, asMyUser);
      assert.equal(other.code, 4);
      assert.match(other.stdout, /--sni\s+cache\.wrong\.test/);
      const right = await probeOf(program, server, [...asMyUser, "--sni", "cache.wrong.test"]);
      assert.deepEqual([right.code, right.stderr], [0, ""], right.stdout);
      const insecure = await probeOf(program, { port: server.port }, [...asMyUser, "--insecure"]);
      assert.equal(insecure.code, 0, insecure.stdout);
      assert.match(
        insecure.stderr,
        /^notice: The certificate is NOT verified \(--insecure\): whoever answers gets the token[^\n]*\n$/,
      );
      assert.match(insecure.stdout, /warn +tls/);
      assert.match(
        insecure.stdout,
        /the\s+name\s+does\s+NOT\s+match;\s+NOT\s+verified|authority\s+trusted,\s+name\s+does\s+NOT\s+match/,
      );
      const nobody = await probeOf(program, { port: server.port }, ["--no-auth", "--insecure", "--json"]);
      const { notices, stages } = answerOf(nobody);
      assert.doesNotMatch(notices[0]?.message ?? "", /token/);
      assert.equal(stages[4]?.status, "warn");
    }
  }));

test("a certificate of a cache that is trusted, and not Amazon's, is a warning, unless --ca names its authority", () =>
  withHostile("cache-by-proxy", async (server) => {
    for (const program of withTls) {
      const args = [...asMyUser, "--sni", aws];
      // All of them trust what that file holds besides their own.
      const env = { NODE_EXTRA_CA_CERTS: server.caFile };
      const trusted = await probeOf(program, { port: server.port }, args, { env });
      assert.deepEqual([trusted.code, trusted.stderr], [0, ""], trusted.stdout);
      assert.match(trusted.stdout, /warn +tls +[\d.]+ ms +=* +certificate-not-amazon\n/);
      assert.match(trusted.stdout, /\nThe login works[^\n]*\n\nwarning\[certificate-not-amazon\] \(likely\): /);
      assert.match(trusted.stdout, /signed\s+by\s+"O=Example AG, CN=Corporate Proxy CA"/);
      const named = await probeOf(program, server, [...args, "--json"]);
      assert.deepEqual([named.code, answerOf(named).verdict.causes], [0, []]);
      // Its name is no reason to say another where a cache was meant.
      const other = await probeOf(program, server, [...asMyUser, "--sni", aws.replace("my-cache", "other")]);
      assert.equal(other.code, 4);
      assert.match(other.stdout, /--sni\s+master\.my-cache\./);
    }
  }));

test("--sni: behind a tunnel the cache's own endpoint says what is signed, too", () =>
  withHostile("cache-by-proxy", async (server) => {
    for (const program of withTls) {
      const at = ["-u", "my-user", "--sni", aws, "--json"];
      const { target, ok } = answerOf(await probeOf(program, server, at));
      assert.deepEqual(
        [ok, target?.name, target?.region, target?.kind],
        [true, "my-cache", "us-east-1", "replication-group"],
      );
      // As it is pasted, with its port, and with the root's dot.
      for (const pasted of [`${aws}:6379`, `${aws}.`])
        assert.ok(answerOf(await probeOf(program, server, ["-u", "my-user", "--sni", pasted, "--json"])).ok, pasted);
      // A flag wins, and that they contradict each other is said.
      const named = answerOf(await probeOf(program, server, [...at, "--replication-group-id", "other"]));
      assert.equal(named.target?.name, "other");
      assert.match(named.notices.map(({ message }) => message).join(" "), /my-cache/);
    }
  }));

test("--timeout: a silent server is given so long, and what explains it no longer", () =>
  withHostile("silent", async (server) => {
    for (const program of withTls) {
      const { code, stdout } = await probeOf(program, server, [...asMyUser, "--timeout", "0.5", "--json"]);
      assert.equal(code, 4);
      const answer = answerOf({ code, stdout, stderr: "", signal: null });
      const tls = answer.stages.find(({ name }) => name === "tls");
      assert.match(tls?.findings[0]?.message ?? "", /within 0\.[5-9] s/);
      assert.ok((tls?.durationMs ?? 0) >= 990 && (tls?.durationMs ?? 0) < 3_000, String(tls?.durationMs));
    }
  }));

test("an endpoint of AWS says what is probed, also where nobody logs in", async () => {
  for (const program of programs) {
    // It cannot be resolved here, or not be reached: what it is stands in its name.
    const words = ["probe", `${aws.replace("abc123", "x.invalid")}`, "--no-auth"];
    const { code } = await runs(program, words);
    assert.equal(code, 4);
    const known = await runs(program, [
      "probe",
      `rediss://my-user@${aws}:6379/0`,
      "--no-auth",
      "--timeout",
      "0.2",
      "--json",
    ]);
    const { target, endpoint } = answerOf(known);
    assert.deepEqual(endpoint, { host: aws, port: 6379 });
    assert.deepEqual([target?.kind, target?.name, target?.region], ["replication-group", "my-cache", "us-east-1"]);
  }
});
