import assert from "node:assert/strict";
import { test } from "node:test";
import { tokenOutput } from "../../src/commands/token/output.ts";
import { version } from "../../src/version.ts";
import { knownAnswers, parametersOf, vectors } from "../vectors/vectors.ts";
import { exampleKeys, programs, run } from "./program.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const at = ["--at", "20250101T000000Z"];
const flagOf = {
  "replication-group": "--replication-group-id",
  "serverless-cache": "--serverless-cache-name",
  "memorydb-cluster": "--memorydb-cluster",
};

for (const program of programs) {
  const { name } = program;

  test(`${name}: prints every golden vector, byte for byte`, async () => {
    // Two at a time: this machine and CI have two cores.
    const queue = [...vectors];
    const work = async () => {
      for (let vector = queue.pop(); vector; vector = queue.pop()) {
        const { accessKeyId, secretAccessKey, sessionToken } = vector.credentials;
        const flags = [flagOf[vector.kind], vector.name, "-u", vector.user, "-r", vector.region];
        const { code, stdout, stderr } = await run(
          program,
          ["token", ...flags, "--at", vector.at, "--expires-in", String(vector.expiresIn)],
          {
            env: {
              AWS_ACCESS_KEY_ID: accessKeyId,
              AWS_SECRET_ACCESS_KEY: secretAccessKey,
              AWS_SESSION_TOKEN: sessionToken ?? undefined,
            },
          },
        );
        assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: `${vector.token}\n`, stderr: "" }, vector.id);
      }
    };
    await Promise.all([work(), work()]);
  });

  test(`${name}: the token is all of stdout, and stderr is empty`, async () => {
    const { code, stdout, stderr } = await run(program, ["token", host, "-u", "testuser", ...at], { env: exampleKeys });
    assert.equal(code, 0);
    assert.equal(stderr, "");
    assert.match(stdout, /^my-cache\/\?Action=connect&User=testuser&[^\s]+\n$/);
    assert.equal(parametersOf(stdout.trim())["X-Amz-Signature"], knownAnswers[0].signature);
  });

  test(`${name}: --json prints one object of the schema`, async () => {
    const { code, stdout, stderr } = await run(program, ["token", `${host}:6380`, "-u", "TestUser", "--json", ...at], {
      env: exampleKeys,
    });
    assert.equal(code, 0);
    assert.equal(stderr, "");
    assert.equal(stdout.split("\n").length, 2);
    const { token, ...rest } = tokenOutput.parse(JSON.parse(stdout));
    assert.equal(parametersOf(token ?? "")["X-Amz-Signature"], knownAnswers[0].signature);
    assert.deepEqual(rest, {
      file: null,
      user: "testuser",
      target: {
        service: "elasticache",
        kind: "replication-group",
        name: "my-cache",
        region: "us-east-1",
        partition: "aws",
        endpoint: { host, port: 6380 },
      },
      issuedAt: "2025-01-01T00:00:00Z",
      expiresAt: "2025-01-01T00:15:00Z",
      tokenExpiresAt: "2025-01-01T00:15:00Z",
      credentialsExpireAt: null,
      credentials: { source: "the environment", accessKeyId: "AKIAIOSFODNN7EXAMPLE" },
      notices: [
        { code: "user-lowercased", message: 'AWS stores the user in lower case: testuser counts, not "TestUser".' },
      ],
    });
  });

  /** Ways of saying the same, all of which must print the same token. */
  const ways: readonly (readonly [args: readonly string[], env?: Record<string, string>])[] = [
    [["token", "--endpoint", host, "--user-id", "testuser"]],
    [["token", "--user=testuser", `--endpoint=${host}`]],
    [["token", "-u", "testuser", "--", host]],
    [["token", `rediss://ignored:password@${host.toUpperCase()}.:6379:6379/0`, "-u", "testuser"]],
    [["token", "--replication-group-id", "my-cache", "-u", "testuser", "-r", "us-east-1"]],
    [
      ["token", "--replication-group-id", "my-cache", "-u", "testuser"],
      { AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "eu-west-1" },
    ],
    [["token", "--replication-group-id", "my-cache", "-u", "testuser"], { AWS_DEFAULT_REGION: "us-east-1" }],
    [["token"], { CACHEAUTH_ENDPOINT: host, CACHEAUTH_USER: "testuser" }],
    [["token", "-user-id", "testuser", "-replication-group-id", "my-cache", "-region", "us-east-1"]],
    [["-user-id", "testuser", "-replication-group-id=my-cache", "-region", "us-east-1"]],
    [["-region=us-east-1", "-replication-group-id", "my-cache", "-user-id=testuser"]],
    [["token", host, "-u", "testuser", "--expires-in", "900", "--color", "never"], { AWS_REGION: "eu-west-1" }],
  ];
  for (const [index, [args, env]] of ways.entries()) {
    test(`${name}: way ${index + 1} of saying it prints the same token`, async () => {
      const { code, stdout } = await run(
        program,
        args.includes("--") ? ["token", ...at, ...args.slice(1)] : [...args, ...at],
        { env: { ...exampleKeys, ...env } },
      );
      assert.equal(code, 0);
      assert.equal(parametersOf(stdout.trim())["X-Amz-Signature"], knownAnswers[0].signature);
    });
  }

  test(`${name}: -v says what was read, from where, and how to override it`, async () => {
    const { stdout, stderr } = await run(
      program,
      ["token", "my-cache-001.abc123.0001.use1.cache.amazonaws.com", "-u", "testuser", "-v", ...at],
      { env: exampleKeys },
    );
    assert.match(
      stderr,
      /Read my-cache as the name, my-cache-001 being one of its nodes.*--replication-group-id my-cache-001/,
    );
    assert.match(stderr, /Credentials from the environment, access key AKIAIOSFODNN7EXAMPLE, no expiry known\./);
    assert.ok(!stderr.includes(exampleKeys.AWS_SECRET_ACCESS_KEY));
    assert.match(stdout, /^my-cache\/\?/);
  });

  test(`${name}: -v under --json is JSON, one a line, on stderr`, async () => {
    const { stdout, stderr } = await run(program, ["token", host, "-u", "testuser", "-v", "--json", ...at], {
      env: exampleKeys,
    });
    tokenOutput.parse(JSON.parse(stdout));
    const lines = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.ok(lines.length >= 2);
    for (const { verbose } of lines) assert.equal(typeof verbose.message, "string");
  });

  test(`${name}: notices go to stderr, the token to stdout`, async () => {
    const { code, stdout, stderr } = await run(program, ["token", host, "-u", "testuser", "-r", "eu-west-1", ...at], {
      env: exampleKeys,
    });
    assert.equal(code, 0);
    assert.equal(stderr, "notice: The endpoint is in us-east-1, but eu-west-1 counts, as --region says.\n");
    assert.match(stdout, /eu-west-1/);
  });

  test(`${name}: an expiry in the environment counts`, async () => {
    const env = { ...exampleKeys, AWS_CREDENTIAL_EXPIRATION: "2025-01-01T00:05:00Z" };
    const { stdout } = await run(program, ["token", host, "-u", "testuser", "--json", ...at], { env });
    const { expiresAt, credentialsExpireAt, notices } = JSON.parse(stdout);
    assert.deepEqual(
      [expiresAt, credentialsExpireAt, notices[0].code],
      ["2025-01-01T00:05:00Z", "2025-01-01T00:05:00Z", "credentials-end-early"],
    );
  });

  test(`${name}: --version, alone and behind a command`, async () => {
    for (const args of [["--version"], ["token", "--version"]]) {
      assert.deepEqual(await run(program, args), {
        code: 0,
        signal: null,
        stdout: `cacheauth ${version}\n`,
        stderr: "",
      });
    }
  });

  test(`${name}: help goes to stdout when asked for, to stderr with 2 when nothing is said`, async () => {
    const asked = await run(program, ["--help"]);
    assert.equal(asked.code, 0);
    assert.match(asked.stdout, /Commands\n {2}token/);
    const silent = await run(program, []);
    assert.deepEqual([silent.code, silent.stdout, silent.stderr], [2, "", asked.stdout]);
    for (const args of [["token", "--help"], ["token", "-h"], ["help", "token"], ["-help"], ["--help", "token"]]) {
      const { code, stdout } = await run(program, args);
      assert.equal(code, 0);
      assert.match(stdout, /Usage\n {2}cacheauth token \[ENDPOINT\]/, args.join(" "));
    }
  });

  test(`${name}: schema prints the schema that the output keeps to`, async () => {
    const { code, stdout } = await run(program, ["schema", "token"]);
    assert.equal(code, 0);
    const schema = JSON.parse(stdout);
    const { stdout: output } = await run(program, ["token", host, "-u", "u", "--json", ...at], { env: exampleKeys });
    assert.deepEqual(Object.keys(schema.properties), Object.keys(JSON.parse(output)));
    assert.deepEqual(schema.required, Object.keys(schema.properties));
  });
}
