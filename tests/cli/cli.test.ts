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
  const sessionToken = "SENTINEL/session/token/of/its/own";
  const runtime = await fakeRuntime(["token", host, "-u", "u"], { ...env, AWS_SESSION_TOKEN: sessionToken });
  const broken = {
    ...runtime,
    hash: {
      sha256: () => {
        throw new TypeError(`no hash of ${sentinel} and ${sessionToken}\nat line 1`);
      },
      hmacSha256: () => new Uint8Array(32),
    },
  };
  assert.equal(await runCli(broken), 70);
  assert.match(
    runtime.written.stderr,
    /^error: This should not have happened \(TypeError: no hash of \[redacted\] and \[redacted\]\)\.\nfix: Please report it .*\n$/,
  );
  assert.equal(runtime.written.stdout, "");
});

/** Words that are no flag, and the flag that must be suggested; null for none. */
for (const [word, flag] of [
  ["--jsno", "json"],
  ["--usre", "user"],
  ["--hlep", "help"],
  ["--JSNO", "json"],
  ["--jsom", "json"],
  ["--js", null],
  ["--jso", "json"],
  ["--xxon", null],
  ["--rxgixn", "region"],
  ["--rle-rn", "role-arn"],
  ["--rl-rn", null],
  ["--njso", null],
  ["--repli", "replication-group-id"],
] as const) {
  test(`cli: ${word} suggests ${flag}`, async () => {
    const { code, stderr } = await cli(["token", word]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      flag === null ? /fix: See cacheauth token --help\.\n$/ : new RegExp(`Did you mean --${flag}\\?`),
    );
  });
}

for (const word of ["toekn", "tokne", "otken", "tokn", "tokenn"]) {
  test(`cli: the command ${word} suggests token`, async () => {
    assert.match((await cli([word])).stderr, /Did you mean token\?/);
  });
}

/** Ways of writing flags that are taken as meant. */
for (const args of [
  ["token", host, "-u=me", "--json"],
  ["--json", "token", host, "-u", "me"],
  ["-v", "--json", "--color", "never", "token", host, "-u", "me"],
  ["--at=20250101T000000Z", "--json", "token", host, "-u", "me"],
]) {
  test(`cli: taken as meant: ${args.join(" ").replace(host, "HOST")}`, async () => {
    const { code, stdout, stderr } = await cli(args);
    assert.equal(code, 0, stderr);
    const { user, target } = JSON.parse(stdout);
    assert.deepEqual([user, target.name], ["me", "my-cache"]);
  });
}

/** Ways of writing flags that are not: the code, the cause and the remedy. */
const odd: readonly (readonly [args: readonly string[], code: string, says: RegExp])[] = [
  [["token", host, "-uSENTINEL"], "flag-value-missing", /-u and what follows it are one word.*-u USER/s],
  [["token", host, "-u="], "flag-value-missing", /--user-id needs a value/],
  [["token", host, "-h=1"], "flag-value-invalid", /--help takes no value/],
  [["token", host, "-z=1"], "flag-unknown", /has no flag "-z"/],
  [["token", host, "-u", "u", "--expires-in", "-5"], "expires-in-invalid", /1 to 900/],
  [["token", host, "-u", "u", "--at", "-1"], "time-invalid", /"-1" is not a time.*20250131T120000Z/s],
  [["token", host, "-r", "-1", "-u", "u"], "region-invalid", /"-1" is not a region/],
  [["token", "-", "-u", "u"], "endpoint-malformed", /not read from stdin/],
  [["--help", "bogus"], "command-unknown", /There is no command "bogus"/],
  [["--bogus", "token"], "command-unknown", /"--bogus" stands where a command belongs/],
  [["--at"], "no command", /^$/],
  // What is behind -- is no flag, whatever it looks like.
  [["token", "-u", "u", "--", "-region"], "endpoint-is-a-name", /"-region" is a name/],
  [["token", "-u", "u", "--", "-user"], "endpoint-is-a-name", /"-user" is a name/],
  [["token", "-u", "u", "--", "\u2014user"], "endpoint-malformed", /"\u2014" in it/],
  [["token", "-u", "u", "--", "-h"], "endpoint-is-a-name", /"-h" is a name/],
  [["token", "-u", "u", "--", "-u=x"], "endpoint-malformed", /"=" in it/],
];
for (const [args, code, says] of odd) {
  test(`cli: ${args.join(" ").replace(host, "HOST")}: ${code}`, async () => {
    const plain = await cli(args);
    assert.equal(plain.code, 2);
    if (code === "no command") return assert.match(plain.stderr, /^cacheauth: /);
    assert.match(plain.stderr, says);
    const json = await cli(["--json", ...args]);
    assert.deepEqual([json.code, json.stdout, JSON.parse(json.stderr).error.code], [2, "", code]);
    assert.ok(!`${plain.stderr}${json.stderr}`.includes("SENTINEL"));
  });
}

test("cli: a value of several lines is whole, however it is given", async () => {
  for (const args of [["--user-id", "a\nb"], ["--user-id=a\nb"], ["-u=a\nb"]]) {
    const { code, stderr } = await cli(["token", host, ...args]);
    assert.equal(code, 2);
    assert.match(stderr, /"a\\u\{a\}b" cannot be the user/);
  }
});

test("cli: --help goes with any command, before it and behind it", async () => {
  const help = await cli(["token", "--help"]);
  assert.match(help.stdout, /^cacheauth token: /);
  for (const args of [
    ["--help", "token"],
    ["-h", "token"],
    ["help", "token"],
    ["token", "-h"],
  ]) {
    assert.deepEqual(await cli(args), help);
  }
  assert.deepEqual(await cli(["--version", "token"]), await cli(["--version"]));
});

test("cli: --color counts for what is wrong with the words too", async () => {
  const forced = { ...env, FORCE_COLOR: "1" };
  for (const never of [["--color", "never"], ["--color=never"]]) {
    assert.doesNotMatch((await cli(["token", host, "--bogus", ...never], forced)).stderr, /\u001b/);
    assert.doesNotMatch((await cli([...never, "tokn"], forced)).stderr, /\u001b/);
  }
  assert.match((await cli(["token", host, "-x", "--color", "always"])).stderr, /\u001b\[31merror:/);
  assert.doesNotMatch((await cli(["token", "-x", "--", "--color", "always"])).stderr, /\u001b/);
});

test("cli: the user named default is signed for, with a notice", async () => {
  const { code, stdout } = await cli(["token", host, "-u", "default", "--json"]);
  assert.equal(code, 0);
  assert.deepEqual(
    JSON.parse(stdout).notices.map((notice: { code: string }) => notice.code),
    ["user-default"],
  );
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
