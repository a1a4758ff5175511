import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { runCli } from "../../src/cli.ts";
import { fakeRuntime } from "../fakes/runtime.ts";
import { runs } from "../runs.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const sentinel = "SENTINELwJalrXUtnFEMI/K7MDENG+bPxRfiCYEX";
const env = {
  AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: sentinel,
  AWS_SESSION_TOKEN: `${sentinel}==`,
  AWS_EC2_METADATA_DISABLED: "true",
};

async function cli(
  args: readonly string[],
  variables: Record<string, string> = env,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const runtime = await fakeRuntime(args, variables);
  const code = await runCli(runtime);
  return { code, ...runtime.written };
}

test("cli: the clock of the runtime is the time of signing", async () => {
  const { code, stdout } = await cli(["token", host, "-u", "u", "--json"]);
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).issuedAt, "2025-01-01T00:00:00Z");
});

test("cli: a flag that the environment could also give wins over it", async () => {
  const { stdout } = await cli(["token", "-u", "me", "--memorydb-cluster", "c", "-r", "eu-west-1", "--json"], {
    ...env,
    CACHEAUTH_ENDPOINT: host,
    CACHEAUTH_USER: "other",
    AWS_REGION: "us-east-2",
  });
  const { user, target } = JSON.parse(stdout);
  assert.deepEqual([user, target.kind, target.region, target.endpoint], ["me", "memorydb-cluster", "eu-west-1", null]);
});

test("cli: empty variables count as not set", async () => {
  const { code, stderr } = await cli(["token", "--replication-group-id", "c", "-u", "u"], {
    ...env,
    AWS_REGION: "",
    AWS_DEFAULT_REGION: "",
    CACHEAUTH_ENDPOINT: "",
  });
  assert.equal(code, 2);
  assert.match(stderr, /No region/);
});

test("cli: what is thrown and is no CacheauthError is a bug, with 70, how to report it, and no secret", async () => {
  const runtime = await fakeRuntime(["token", host, "-u", "u"], env);
  const broken = {
    ...runtime,
    hash: {
      sha256: () => {
        throw new TypeError(`no hash of ${sentinel}\nat line 1`);
      },
      hmacSha256: () => new Uint8Array(32),
    },
  };
  assert.equal(await runCli(broken), 70);
  assert.match(
    runtime.written.stderr,
    /^error: This should not have happened \(TypeError: no hash of \[redacted\]\)\.\nfix: Please report it .*\n$/,
  );
  assert.equal(runtime.written.stdout, "");
});

test("property: whatever the arguments, an exit code of the table, one cause and one remedy, and no secret", async () => {
  const word = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom(
      "token",
      "schema",
      "help",
      host,
      `${host}:6379`,
      "-u",
      "u",
      "--user-id",
      "--user",
      "-r",
      "--region",
      "us-east-1",
      "--replication-group-id",
      "my-cache",
      "--expires-in",
      "60",
      "0",
      "--at",
      "20250101T000000Z",
      "--json",
      "-v",
      "--color",
      "never",
      "always",
      "--",
      "-",
      "--version",
      "-region",
      "-user-id=x",
      "--profile",
      "p",
      "--role-arn",
      sentinel,
      `--external-id=${sentinel}`,
      `rediss://u:${sentinel}@${host}`,
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 9 }), async (args) => {
      const { code, stdout, stderr } = await cli(["token", ...args]);
      assert.ok([0, 2, 3].includes(code), `${code}: ${stderr}`);
      assert.ok(!stderr.includes(sentinel));
      assert.doesNotMatch(
        stderr.replaceAll("\u001b[", ""),
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/u,
      );
      if (code === 0) return;
      assert.equal(stdout, "");
      const said = stderr.split("\n").filter((line) => !/^(.\[\d+m)*(-|notice:|\{"verbose")/.test(line));
      assert.equal(
        said.length,
        args.slice(0, args.includes("--") ? args.indexOf("--") : undefined).includes("--json") ? 2 : 3,
        stderr,
      );
    }),
    runs(500),
  );
});
