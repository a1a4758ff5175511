import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { exampleKeys, notRun, programs, run, withDirectory } from "./program.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const sentinel = "SENTINEL0wJalrXUtnFEMIK7MDENGbPxRfiCYEX";
const good = ["token", host, "-u", "my-user"];

interface Case {
  readonly what: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string | undefined>;
  readonly exit: number;
  readonly code: string;
  /** The cause, then the remedy. */
  readonly says: readonly [RegExp, RegExp];
}

const usage: readonly Case[] = [
  {
    what: "the file of a policy without its flag",
    args: ["policy", host, "-u", "my-user", "policy.json"],
    exit: 2,
    code: "argument-unexpected",
    says: [/takes one argument, ENDPOINT/, /right behind --check/],
  },
  {
    what: "the name of a file for a token",
    args: ["lint", "/etc/hosts"],
    exit: 2,
    code: "token-missing",
    says: [/"\/etc\/hosts" is a file here/, /--token-file \/etc\/hosts/],
  },
  {
    what: "unknown command",
    args: ["tokn"],
    exit: 2,
    code: "command-unknown",
    says: [/There is no command "tokn"/, /Did you mean token/],
  },
  {
    what: "unknown command far from any",
    args: ["xyzzy"],
    exit: 2,
    code: "command-unknown",
    says: [/"xyzzy"/, /Commands: token/],
  },
  {
    what: "a command of Object.prototype",
    args: ["constructor"],
    exit: 2,
    code: "command-unknown",
    says: [/"constructor"/, /Commands/],
  },
  {
    what: "endpoint where the command belongs",
    args: [host],
    exit: 2,
    code: "command-unknown",
    says: [/looks like an endpoint/, /cacheauth token/],
  },
  {
    what: "flag where the command belongs",
    args: ["--user-id", "x"],
    exit: 2,
    code: "command-unknown",
    says: [/"--user-id" stands where a command belongs/, /Write the command first/],
  },
  {
    what: "unknown flag",
    args: [...good, "--regoin", "us-east-1"],
    exit: 2,
    code: "flag-unknown",
    says: [/has no flag "--regoin"/, /Did you mean --region/],
  },
  {
    what: "unknown flag far from any",
    args: [...good, "--zzzzzzzz"],
    exit: 2,
    code: "flag-unknown",
    says: [/"--zzzzzzzz"/, /cacheauth token --help/],
  },
  { what: "unknown letter", args: [...good, "-z"], exit: 2, code: "flag-unknown", says: [/"-z"/, /--help/] },
  {
    what: "flag without value",
    args: ["token", host, "--user-id"],
    exit: 2,
    code: "flag-value-missing",
    says: [/--user-id needs a value/, /--user-id USER/],
  },
  {
    what: "flag followed by a flag",
    args: ["token", host, "-u", "-r", "us-east-1"],
    exit: 2,
    code: "flag-value-missing",
    says: [/--user-id needs a value/, /--user-id/],
  },
  {
    what: "flag with an empty value",
    args: ["token", host, "--user-id="],
    exit: 2,
    code: "flag-value-missing",
    says: [/--user-id/, /USER/],
  },
  {
    what: "flag twice",
    args: [...good, "--user", "other"],
    exit: 2,
    code: "flag-conflict",
    says: [/--user-id is given more than once/, /Keep one/],
  },
  {
    what: "two arguments",
    args: [...good, "surplus"],
    exit: 2,
    code: "argument-unexpected",
    says: [/one argument, ENDPOINT/, /quote/],
  },
  {
    what: "argument and --endpoint differ",
    args: [...good, "--endpoint", "other.example.com"],
    exit: 2,
    code: "target-conflict",
    says: [/two endpoints/, /Keep one/],
  },
  {
    what: "two names",
    args: ["token", "--replication-group-id", "a", "--serverless-cache-name", "b", "-u", "u"],
    exit: 2,
    code: "target-conflict",
    says: [/--replication-group-id and --serverless-cache-name/, /keep one/],
  },
  {
    what: "no target",
    args: ["token", "-u", "u"],
    exit: 2,
    code: "target-missing",
    says: [/No target/, /--memorydb-cluster.*CACHEAUTH_ENDPOINT/],
  },
  { what: "no user", args: ["token", host], exit: 2, code: "user-missing", says: [/No user/, /-u USER/] },
  {
    what: "a user in the URL alone",
    args: ["token", `rediss://app:${sentinel}@${host}`],
    exit: 2,
    code: "user-missing",
    says: [/names "app"/, /-u app/],
  },
  {
    what: "bare name",
    args: ["token", "my-cache", "-u", "u"],
    exit: 2,
    code: "endpoint-is-a-name",
    says: [/is a name/, /--replication-group-id, --serverless-cache-name or --memorydb-cluster my-cache/],
  },
  {
    what: "Memcached",
    args: ["token", "mc.abc123.cfg.use1.cache.amazonaws.com:11211", "-u", "u"],
    exit: 2,
    code: "endpoint-not-a-cache",
    says: [/Memcached/, /no IAM/],
  },
  {
    what: "not AWS",
    args: ["token", "cache.example.com", "-u", "u"],
    exit: 2,
    code: "endpoint-unknown",
    says: [/not an endpoint/, /name the cache/],
  },
  {
    what: "an address",
    args: ["token", "10.0.0.1:6379", "-u", "u"],
    exit: 2,
    code: "endpoint-not-a-cache",
    says: [/address/, /name the cache/],
  },
  {
    what: "unknown region code",
    args: ["token", "master.c.abc123.xyz9.cache.amazonaws.com", "-u", "u"],
    exit: 2,
    code: "region-missing",
    says: [/"xyz9"/, /--region/],
  },
  {
    what: "no region",
    args: ["token", "--replication-group-id", "c", "-u", "u"],
    exit: 2,
    code: "region-missing",
    says: [/No region/, /--region us-east-1/],
  },
  {
    what: "no region, one dash",
    args: ["-user-id", "u", "-replication-group-id", "c"],
    exit: 2,
    code: "region-missing",
    says: [/No region/, /ap-northeast-1, is not kept/],
  },
  {
    what: "a short code as region",
    args: [...good, "-r", "use1"],
    exit: 2,
    code: "region-invalid",
    says: [/short code/, /--region us-east-1/],
  },
  {
    what: "port 0",
    args: ["token", `${host}:0`, "-u", "u"],
    exit: 2,
    code: "port-invalid",
    says: [/"0" is not a port/, /1 to 65535/],
  },
  {
    what: "port 70000",
    args: ["token", `${host}:70000`, "-u", "u"],
    exit: 2,
    code: "port-invalid",
    says: [/"70000"/, /1 to 65535/],
  },
  ...["0", "901", "1e3", "abc", "-1", "1.5", " 60", "0x10", "9".repeat(30)].map((value) => ({
    what: `expiry ${JSON.stringify(value)}`,
    args: [...good, `--expires-in=${value}`],
    exit: 2,
    code: "expires-in-invalid",
    says: [/lifetime|whole number/, /1 to 900/] as const,
  })),
  ...["yesterday", "2025-01-31", "2025-02-30T00:00:00Z"].map((value) => ({
    what: `--at ${value}`,
    args: [...good, "--at", value],
    exit: 2,
    code: "time-invalid",
    says: [/is not a time/, /20250131T120000Z/] as const,
  })),
  {
    what: "bad --color",
    args: [...good, "--color", "pink"],
    exit: 2,
    code: "flag-value-invalid",
    says: [/"pink"/, /auto, always or never/],
  },
  {
    what: "upper-case user that is no user",
    args: ["token", host, "-u", "My User"],
    exit: 2,
    code: "user-invalid",
    says: [/"My User"/, /Allowed/],
  },
  {
    what: "name of 41 characters",
    args: ["token", "--replication-group-id", "a".repeat(41), "-u", "u", "-r", "us-east-1"],
    exit: 2,
    code: "name-invalid",
    says: [/41 characters/, /describe-replication-groups/],
  },
  {
    what: "control characters in the endpoint",
    args: ["token", "\u001b[2Jmaster.\u202ec\u0007", "-u", "u"],
    exit: 2,
    code: "endpoint-malformed",
    says: [/"\\u\{1b\}" in it, which no host name has/, /looks like/],
  },
  {
    what: "control characters in the user",
    args: ["token", host, "-u", "a\u001b]0;x\u0007"],
    exit: 2,
    code: "user-invalid",
    says: [/\\u\{1b\}/, /Allowed/],
  },
  {
    what: "control characters in a flag",
    args: [...good, "--\u001b[31m"],
    exit: 2,
    code: "flag-unknown",
    says: [/\\u\{1b\}/, /help/],
  },
  {
    what: "line endings in the command",
    args: ["a\nb"],
    exit: 2,
    code: "command-unknown",
    says: [/a\\u\{a\}b/, /Commands/],
  },
  {
    what: "a long endpoint",
    args: ["token", "a".repeat(100_000), "-u", "u"],
    exit: 2,
    code: "endpoint-malformed",
    says: [/100000 characters/, /looks like/],
  },
  {
    what: "a long user",
    args: ["token", host, "-u", "u".repeat(100_000)],
    exit: 2,
    code: "token-too-long",
    says: [/16384/, /user is far too long/],
  },
  {
    what: "a long flag",
    args: [...good, `--${"z".repeat(100_000)}`],
    exit: 2,
    code: "flag-unknown",
    says: [/has no flag .*characters\)/, /help/],
  },
  {
    what: "a megabyte of arguments",
    args: ["token", ...Array<string>(8).fill("a".repeat(130_000))],
    exit: 2,
    code: "argument-unexpected",
    says: [/one argument, ENDPOINT/, /quote/],
  },
  {
    what: "a megabyte of flags",
    args: [...good, ...Array<string>(8).fill(`--external-id=${"a".repeat(130_000)}`), "--role-arn", "x"],
    exit: 2,
    code: "flag-value-invalid",
    says: [/--role-arn is not the ARN/, /looks like/],
  },
  {
    what: "a token as the endpoint",
    args: ["token", `my-cache/?Action=connect&X-Amz-Signature=${sentinel}`, "-u", "u"],
    exit: 2,
    code: "endpoint-is-a-name",
    says: [/is a name/, /my-cache/],
  },
  {
    what: "role session without a role",
    args: [...good, "--role-session-name", "x", "--profile", "p"],
    exit: 2,
    code: "flag-conflict",
    says: [/goes with --role-arn/, /drop --role-session-name/],
  },
  {
    what: "a role that is no ARN",
    args: [...good, "--role-arn", "admin"],
    exit: 2,
    code: "flag-value-invalid",
    says: [/not the ARN of a role/, /arn:aws:iam/],
  },
  {
    what: "schema of nothing",
    args: ["schema"],
    exit: 2,
    code: "argument-missing",
    says: [/No schema was named/, /token/],
  },
  {
    what: "schema of an unknown command",
    args: ["schema", "tokn"],
    exit: 2,
    code: "argument-unexpected",
    says: [/"tokn"/, /token/],
  },
];

/** Found by people who tried the tool; each was wrong once. */
const found: readonly Case[] = [
  {
    what: "a flag that is near none",
    args: [...good, "--sideways", "f"],
    exit: 2,
    code: "flag-unknown",
    says: [/"--sideways"/, /^fix: See cacheauth token --help/],
  },
  {
    what: "a URL password with a slash",
    args: ["token", `rediss://bob:${sentinel}/x@${host}`],
    exit: 2,
    code: "endpoint-malformed",
    says: [/its @ only after/, /percent-encode/],
  },
  {
    what: "a URL password with a hash",
    args: ["token", `rediss://bob:${sentinel}#x?y@${host}`],
    exit: 2,
    code: "endpoint-malformed",
    says: [/its @ only after/, /percent-encode/],
  },
  {
    what: "a password alone in the URL",
    args: ["token", `rediss://${sentinel}@${host}`],
    exit: 2,
    code: "user-missing",
    says: [/No user/, /-u USER/],
  },
  ...["-mfa-code", "-external-id", "\u2014external-id", "\u2013mfa-code", "--mfacode"].map((flag) => ({
    what: `a value behind ${flag}`,
    args: [...good, `${flag}=${sentinel}`],
    exit: 2,
    code: "flag-unknown",
    says: [/cacheauth token has no flag "/, /Did you mean --/] as const,
  })),
  {
    what: "a value behind a flag where the command belongs",
    args: [`\u2014external-id=${sentinel}`],
    exit: 2,
    code: "command-unknown",
    says: [/"\u2014external-id" stands where a command belongs/, /Write the command first/],
  },
  {
    what: "a session token of white space and a word of the error",
    args: good,
    env: { AWS_SESSION_TOKEN: " toke" },
    exit: 3,
    code: "credentials-malformed",
    says: [/The session token has white space in it/, /Copy it again/],
  },
  {
    what: "a user and a password where the endpoint belongs",
    args: ["token", `bob:${sentinel}`, "-u", "u"],
    exit: 2,
    code: "port-invalid",
    says: [/What follows the colon/, /1 to 65535/],
  },
  {
    what: "a connection string with a password",
    args: ["token", `host=${host};password=${sentinel}`, "-u", "u"],
    exit: 2,
    code: "endpoint-malformed",
    says: [/"=" in it/, /looks like/],
  },
  {
    what: "a pasted command line with a password",
    args: ["token", `redis-cli -h ${host} -a ${sentinel}`, "-u", "u"],
    exit: 2,
    code: "endpoint-malformed",
    says: [/" " in it/, /looks like/],
  },
  {
    what: "the user named default in a URL",
    args: ["token", `rediss://default@${host}`],
    exit: 2,
    code: "user-missing",
    says: [/No user/, /-u USER/],
  },
  {
    what: "an unknown region code beside AWS_REGION",
    args: ["token", "master.c.abc123.xyz9.cache.amazonaws.com", "-u", "u"],
    env: { AWS_REGION: "us-west-2" },
    exit: 2,
    code: "region-missing",
    says: [/"xyz9"/, /--region/],
  },
  {
    what: "an unknown region code beside a name and AWS_REGION",
    args: ["token", "x-001.c.abc123.xyz9.cache.amazonaws.com", "--replication-group-id", "c", "-u", "u"],
    env: { AWS_REGION: "us-west-2" },
    exit: 2,
    code: "region-missing",
    says: [/"xyz9"/, /--region/],
  },
  {
    what: "a bad region in a variable",
    args: ["token", "--replication-group-id", "c", "-u", "u"],
    env: { AWS_REGION: "bogus" },
    exit: 2,
    code: "region-invalid",
    says: [/"bogus" is not a region \(from AWS_REGION\)/, /looks like/],
  },
  {
    what: "a bad endpoint in a variable",
    args: ["token", "-u", "u"],
    env: { CACHEAUTH_ENDPOINT: "my-cache" },
    exit: 2,
    code: "endpoint-is-a-name",
    says: [/\(from CACHEAUTH_ENDPOINT\)/, /--replication-group-id/],
  },
  {
    what: "a bad user in a variable",
    args: ["token", host],
    env: { CACHEAUTH_USER: "no user" },
    exit: 2,
    code: "user-invalid",
    says: [/\(from CACHEAUTH_USER\)/, /Allowed/],
  },
  {
    what: "a long flag behind one dash",
    args: ["token", host, "-user", "u"],
    exit: 2,
    code: "flag-unknown",
    says: [/has no flag "-user"/, /Did you mean --user/],
  },
  {
    what: "another long flag behind one dash",
    args: [...good, "-serverless-cache-name=x"],
    exit: 2,
    code: "flag-unknown",
    says: [/"-serverless-cache-name/, /Did you mean --serverless-cache-name/],
  },
  {
    what: "a flag behind a long dash",
    args: ["token", host, "\u2014user", "u"],
    exit: 2,
    code: "flag-unknown",
    says: [/has no flag "\u2014user"/, /Did you mean --user/],
  },
  {
    what: "a switch with a value",
    args: [...good, "--verbose=false"],
    exit: 2,
    code: "flag-value-invalid",
    says: [/--verbose takes no value/, /alone/],
  },
  {
    what: "an MFA code for nothing",
    args: [...good, "--mfa-code", "123456"],
    exit: 2,
    code: "flag-conflict",
    says: [/--mfa-code goes with --mfa-serial/, /drop --mfa-code/],
  },
  {
    what: "an external id without a role, keys in the environment",
    args: [...good, "--external-id", sentinel],
    exit: 2,
    code: "flag-conflict",
    says: [/--external-id goes with --role-arn/, /drop/],
  },
  {
    what: "a role's ARN without end",
    args: [...good, "--role-arn", `arn:aws:iam::123456789012:role/${"a".repeat(100_000)}`],
    exit: 2,
    code: "flag-value-invalid",
    says: [/--role-arn is not the ARN/, /looks like/],
  },
  {
    what: "swapped keys and -v",
    args: [...good, "-v"],
    env: { AWS_ACCESS_KEY_ID: `${sentinel}0`, AWS_SECRET_ACCESS_KEY: "AKIAIOSFODNN7EXAMPLE" },
    exit: 3,
    code: "credentials-malformed",
    says: [/looks like a secret/, /way round/],
  },
  {
    what: "quotes around the secret",
    args: good,
    env: { AWS_SECRET_ACCESS_KEY: `"${sentinel}"` },
    exit: 3,
    code: "credentials-malformed",
    says: [/quotes/, /Take the quotes away/],
  },
];

const credentials: readonly Case[] = [
  {
    what: "no credentials and no home",
    args: good,
    env: { HOME: undefined, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    exit: 3,
    code: "credentials-missing",
    says: [/No AWS credentials/, /AWS_ACCESS_KEY_ID/],
  },
  {
    what: "no credentials",
    args: good,
    env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    exit: 3,
    code: "credentials-missing",
    says: [/no keys in the environment/, /--profile/],
  },
  {
    what: "half a pair of keys",
    args: good,
    env: { AWS_SECRET_ACCESS_KEY: undefined },
    exit: 3,
    code: "credentials-malformed",
    says: [/AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not/, /both/],
  },
  {
    what: "the other half",
    args: good,
    env: { AWS_ACCESS_KEY_ID: undefined },
    exit: 3,
    code: "credentials-malformed",
    says: [/AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not/, /both/],
  },
  {
    what: "a secret with a line ending",
    args: good,
    env: { AWS_SECRET_ACCESS_KEY: `${sentinel}\n` },
    exit: 3,
    code: "credentials-malformed",
    says: [/line ending/, /Copy it again/],
  },
  {
    what: "a key id with white space",
    args: good,
    env: { AWS_ACCESS_KEY_ID: " AKIAIOSFODNN7EXAMPLE" },
    exit: 3,
    code: "credentials-malformed",
    says: [/white space/, /Copy it again/],
  },
  {
    what: "the secret as the key id",
    args: good,
    env: { AWS_ACCESS_KEY_ID: `${sentinel}A` },
    exit: 3,
    code: "credentials-malformed",
    says: [/looks like a secret/, /way round/],
  },
  {
    what: "an empty session token of a temporary key",
    args: good,
    env: { AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE", AWS_SESSION_TOKEN: "" },
    exit: 3,
    code: "credentials-malformed",
    says: [/session token is missing/, /AWS_SESSION_TOKEN/],
  },
  {
    what: "a session token of 20,000 bytes",
    args: good,
    env: { AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE", AWS_SESSION_TOKEN: sentinel.repeat(520) },
    exit: 3,
    code: "session-token-too-long",
    says: [/16384/, /session/],
  },
  {
    what: "expired credentials",
    args: [...good, "--at", "2025-01-01T00:00:00Z"],
    env: { AWS_CREDENTIAL_EXPIRATION: "2024-12-31T00:00:00Z" },
    exit: 3,
    code: "credentials-expired",
    says: [/expired at 2024-12-31T00:00:00Z/, /fresh/],
  },
  {
    what: "an unknown profile",
    args: [...good, "--profile", "nobody"],
    exit: 3,
    code: "profile-not-found",
    says: [/no profile "nobody"/, /aws configure --profile/],
  },
  {
    what: "an unknown profile in AWS_PROFILE",
    args: good,
    env: { AWS_PROFILE: "nobody" },
    exit: 3,
    code: "profile-not-found",
    says: [/no profile "nobody"/, /unset AWS_PROFILE/],
  },
  {
    what: "an unknown profile without a home",
    args: [...good, "--profile", "nobody"],
    env: { HOME: undefined },
    exit: 3,
    code: "profile-not-found",
    says: [/no profile/, /./],
  },
];

for (const program of programs) {
  for (const { what, args, env, exit, code, says } of [...usage, ...found, ...credentials]) {
    test(`${program.name}: ${what}: exit ${exit}, ${code}`, async () => {
      const all = { ...exampleKeys, AWS_SESSION_TOKEN: undefined, ...env };
      const text = await run(program, args, { env: all });
      assert.deepEqual([text.code, text.stdout], [exit, ""]);
      const [cause = "", remedy = "", end, ...more] = text.stderr
        .split("\n")
        .filter((line) => !/^(notice:|- )/.test(line));
      assert.match(cause, /^error: /);
      assert.match(cause, says[0]);
      assert.match(remedy, /^fix: /);
      assert.match(remedy, says[1]);
      assert.deepEqual([end, more], ["", []]);
      assert.ok(text.stderr.length < 1_000, "a megabyte must not come back");

      const json = await run(program, args.includes("--") ? args : [...args, "--json"], { env: all });
      assert.deepEqual([json.code, json.stdout], [exit, ""]);
      const { error } = JSON.parse(json.stderr.trim().split("\n").at(-1) ?? "");
      assert.deepEqual(Object.keys(error), ["code", "message", "hint", "exitCode"]);
      // A value that is missing at the end of the line is then --json itself; the code is the same.
      assert.deepEqual([error.code, error.exitCode], [code, exit]);
      for (const said of [text.stderr, json.stderr]) {
        assert.ok(!said.includes("SENTINEL"), said);
        assert.ok(!said.includes(exampleKeys.AWS_SECRET_ACCESS_KEY));
        assert.doesNotMatch(said, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u200b-\u200f]/);
      }
    });
  }

  /** AWS files that cannot be used: how they are made, the code, and what the message says. */
  const files: readonly (readonly [what: string, make: (path: string) => void, code: string, says: RegExp])[] = [
    ["a directory", (path) => mkdirSync(path), "aws-file-unreadable", /it is a directory/],
    [
      "no closing bracket",
      (path) => writeFileSync(path, `[default\naws_secret_access_key=${sentinel}\n`),
      "aws-file-malformed",
      /line 1 begins a section/,
    ],
    [
      "no section",
      (path) => writeFileSync(path, `aws_secret_access_key=${sentinel}\n`),
      "aws-file-malformed",
      /line 1 stands before the first section/,
    ],
    [
      "no equals sign",
      (path) => writeFileSync(path, `[default]\r\n; fine\r\n${sentinel}\r\n`),
      "aws-file-malformed",
      /line 3 is neither/,
    ],
    [
      "binary",
      (path) => writeFileSync(path, Buffer.from([0x5b, 0, 0x64, 0x5d])),
      "aws-file-malformed",
      /UTF-16 or binary/,
    ],
    [
      "UTF-16",
      (path) => writeFileSync(path, Buffer.from(`\ufeff[default]\n`, "utf16le")),
      "aws-file-malformed",
      /UTF-16 or binary/,
    ],
    [
      "not UTF-8",
      (path) => writeFileSync(path, Buffer.from([0x5b, 0x61, 0xff, 0x5d])),
      "aws-file-malformed",
      /not UTF-8/,
    ],
    ["a byte order mark", (path) => writeFileSync(path, "\ufeff[default]\n"), "aws-file-malformed", /byte order mark/],
  ];
  for (const [what, make, code, says] of files) {
    for (const file of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) {
      test(`${program.name}: ${file} is ${what}`, () =>
        withDirectory(async (directory) => {
          const path = join(directory, "aws-file");
          make(path);
          const {
            code: exit,
            stdout,
            stderr,
          } = await run(program, [...good, "--json"], { env: { HOME: directory, [file]: path } });
          assert.deepEqual([exit, stdout], [3, ""]);
          const { error } = JSON.parse(stderr);
          assert.equal(error.code, code);
          assert.match(error.message, says);
          assert.ok(!stderr.includes("SENTINEL"));
        }));
    }
  }

  if (process.getuid?.() === 0) notRun("an AWS file without permission: root reads everything");
  else {
    test(`${program.name}: an AWS file without permission`, () =>
      withDirectory(async (directory) => {
        const path = join(directory, "config");
        writeFileSync(path, "[default]\n");
        chmodSync(path, 0);
        const { code, stderr } = await run(program, good, { env: { HOME: directory, AWS_CONFIG_FILE: path } });
        assert.equal(code, 3);
        assert.match(stderr, /cannot be read: permission denied/);
      }));
  }
}
