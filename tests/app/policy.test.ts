/** `policy` as it is shipped: what it makes, what it says of policies that it is handed, and what it refuses. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { policyOutput } from "../../src/commands/policy/output.ts";
import { type Answer, deadPort, stsRefusing, withFake } from "./aws-servers.ts";
import {
  exampleKeys,
  notRun,
  type Program,
  programs,
  type Run,
  type RunOptions,
  run,
  withDirectory,
} from "./program.ts";
import { onScreen, shownOn } from "./screen.ts";

const hasScript = spawnSync("script", ["--version"]).status === 0;

const account = ["--account-id", "123456789012"];
const group = ["--replication-group-id", "my-cache", "-r", "us-east-1", "-u", "my-user"];
const arn = "arn:aws:elasticache:us-east-1:123456789012:";
const good = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "elasticache:Connect",
      Resource: [`${arn}replicationgroup:my-cache`, `${arn}user:my-user`],
    },
  ],
};
const text = JSON.stringify(good, null, 2);

/** STS saying whose keys they are. */
const identity: Answer = ({ form }, response) => {
  response.writeHead(form["Action"] === "GetCallerIdentity" ? 200 : 400, { "content-type": "text/xml" });
  response.end(`<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>arn:aws:iam::210987654321:user/me</Arn><UserId>AIDA</UserId><Account>210987654321</Account>
    </GetCallerIdentityResult><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></GetCallerIdentityResponse>`);
};

/** Judges a policy, given as the file policy.json. */
function judged(program: Program, policy: string | Uint8Array, args: readonly string[] = []): Promise<Run> {
  return withDirectory(async (directory) => {
    writeFileSync(join(directory, "policy.json"), policy);
    return run(program, ["policy", ...group, ...account, "--check", "policy.json", ...args], { cwd: directory });
  });
}

function errorOf({ code, stdout, stderr }: Run): { code: string; message: string; hint: string; exit: number | null } {
  assert.equal(stdout, "");
  return { ...JSON.parse(stderr.trim().split("\n").at(-1) ?? "").error, exit: code };
}

for (const program of programs) {
  const { name } = program;
  const policy = (args: readonly string[], options: RunOptions = {}) => run(program, ["policy", ...args], options);

  test(`${name}: policy: stdout is the policy alone`, async () => {
    const { code, stdout, stderr } = await policy([...group, ...account]);
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: `${text}\n`, stderr: "" });
    const tagged = await policy([...group, ...account, "--resource-tag", "team=blue"]);
    assert.deepEqual(JSON.parse(tagged.stdout).Statement[0].Condition, {
      StringEquals: { "aws:ResourceTag/team": "blue" },
    });
    assert.match(tagged.stderr, /^notice: Both must have the tag/);
    const serverless = ["--serverless-cache-name", "my-cache", "-r", "us-east-1", "-u", "my-user", ...account];
    const network = ["--vpc-source-ip", "10.0.0.0/16"];
    assert.match((await policy([...serverless, ...network])).stderr, /^notice: Other VPCs may have the same addresses/);
    assert.equal((await policy([...serverless, ...network, "--source-vpc", "vpc-0a1b2c3d"])).stderr, "");
  });

  test(`${name}: policy: what it makes for each kind, it finds in order`, async () => {
    for (const target of [
      ["master.my-cache.abc123.use1.cache.amazonaws.com"],
      ["my-cache-abc123.serverless.use1.cache.amazonaws.com"],
      ["clustercfg.my-cluster.abc123.memorydb.cn-north-1.amazonaws.com.cn"],
      ["--replication-group-id", "my-cache", "-r", "us-gov-west-1"],
    ]) {
      const made = await policy([...target, "-u", "My-User", ...account]);
      assert.equal(made.code, 0, made.stderr);
      const args = [...target, "-u", "my-user", ...account, "--check", "-"];
      const { code, stdout, stderr } = await policy(args, { stdin: made.stdout });
      assert.deepEqual([code, stderr], [0, ""]);
      assert.match(stdout, /^allowed: /);
      assert.match(stdout, /\n0 errors, 0 warnings\n$/);
    }
  });

  test(`${name}: policy: JSON of the schema, in each format, with what it makes taken back in`, async () => {
    for (const format of ["json", "terraform", "cloudformation"]) {
      const made = await policy([...group, ...account, "--format", format, "--json"]);
      assert.deepEqual([made.code, made.stderr], [0, ""]);
      const answer = policyOutput.parse(JSON.parse(made.stdout));
      assert.ok("lines" in answer);
      assert.deepEqual([answer.format, answer.accountId, answer.user], [format, "123456789012", "my-user"]);
      const plain = await policy([...group, ...account, "--format", format]);
      assert.equal(plain.stdout, `${answer.lines.join("\n")}\n`);
      const back = await policy([...group, ...account, "--check", "-", "--json"], { stdin: made.stdout });
      const checked = policyOutput.parse(JSON.parse(back.stdout));
      assert.ok("connect" in checked);
      assert.deepEqual([checked.connect, checked.findings.map(({ rule }) => rule)], ["allowed", ["policy-unwrapped"]]);
    }
  });

  test(`${name}: policy: without --account-id STS is asked, once`, () =>
    withFake(identity, async ({ url, asked }) => {
      const env = { ...exampleKeys, AWS_ENDPOINT_URL_STS: url };
      const { code, stdout, stderr } = await policy(group, { env });
      assert.deepEqual([code, stderr], [0, ""]);
      assert.match(stdout, /arn:aws:elasticache:us-east-1:210987654321:user:my-user/);
      assert.equal(asked.length, 1);
      const named = await policy([...group, "--account-id", "1234-5678-9012"], { env });
      assert.equal(named.stdout, `${text}\n`);
      assert.equal(asked.length, 1);
    }));

  test(`${name}: policy: without credentials, or with bad ones, exit 3 and --account-id as a way out`, async () => {
    const none = errorOf(await policy([...group, "--json"]));
    assert.deepEqual([none.exit, none.code], [3, "credentials-missing"]);
    assert.match(none.hint, /^Pass --account-id ID: then AWS is not asked\./);
    await withFake(stsRefusing(403, "InvalidClientTokenId", "no such key"), async ({ url }) => {
      const refused = errorOf(await policy([...group, "--json"], { env: { ...exampleKeys, AWS_ENDPOINT_URL: url } }));
      assert.deepEqual([refused.exit, refused.code], [3, "aws-refused"]);
      assert.match(refused.message, /GetCallerIdentity with the credentials from the environment/);
      assert.match(refused.hint, /--account-id/);
    });
    const AWS_ENDPOINT_URL = `http://127.0.0.1:${await deadPort()}`;
    const away = errorOf(await policy([...group, "--json"], { env: { ...exampleKeys, AWS_ENDPOINT_URL } }));
    assert.deepEqual([away.exit, away.code], [3, "aws-unreachable"]);
  });

  test(`${name}: policy --check: denied with the place, the remedy and the statement; exit 1`, async () => {
    const wrong = text.replace("user:my-user", "user/my-user");
    const { code, stdout, stderr } = await judged(program, wrong);
    assert.deepEqual([code, stderr], [1, ""]);
    assert.equal(
      stdout,
      `denied: elasticache:Connect as the user my-user to the ElastiCache replication
group my-cache in us-east-1

error[policy-user-denied]: elasticache:Connect is not allowed on the user,
  ${arn}user:my-user. Statement 1 (line 4)
  allows it on ${arn}user/my-user, which
  has a slash behind the type, where ElastiCache has a colon.
    "${arn}user/my-user"
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  fix: Write "${arn}user:my-user"
       there.
  more: cacheauth rules policy-user-denied

Or leave that as it is, and add this statement:

{
  "Effect": "Allow",
  "Action": "elasticache:Connect",
  "Resource": [
    "${arn}user:my-user"
  ]
}

1 error, 0 warnings
`,
    );
    const answer = policyOutput.parse(JSON.parse((await judged(program, wrong, ["--json"])).stdout));
    assert.ok("add" in answer);
    assert.deepEqual([answer.ok, answer.connect, answer.add?.Resource], [false, "denied", [`${arn}user:my-user`]]);
    assert.equal(answer.findings[0]?.docs, "cacheauth rules policy-user-denied");
  });

  test(`${name}: policy --check: what depends is decided by what is said of the login`, async () => {
    const Condition = {
      IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
      StringEquals: { "aws:PrincipalTag/team": "blue" },
    };
    const conditional = JSON.stringify({ Statement: [{ ...good.Statement[0], Condition }] });
    const open = await judged(program, conditional);
    assert.equal(open.code, 0);
    assert.match(
      open.stdout,
      /^depends: [\s\S]*warning\[policy-condition-unknown\][\s\S]*it is decided:\n {2}--source-ip ADDRESS --context aws:PrincipalTag\/team=VALUE\n/,
    );
    assert.equal((await judged(program, conditional, ["--strict"])).code, 1);
    const said = (ip: string, team: string) => ["--source-ip", ip, "--context", `aws:PrincipalTag/team=${team}`];
    const inside = await judged(program, conditional, said("10.1.2.3", "blue"));
    assert.equal(inside.code, 0);
    assert.match(inside.stdout, /^allowed: /);
    assert.match(
      (await judged(program, conditional, said("192.0.2.1", "blue"))).stdout,
      /^denied: [\s\S]*192\.0\.2\.1/,
    );
    assert.match((await judged(program, conditional, said("10.1.2.3", "red"))).stdout, /^denied: [\s\S]*is red here/);
  });

  test(`${name}: policy --check: a Deny without MFA names the flag that answers it`, async () => {
    const Condition = { Bool: { "aws:MultiFactorAuthPresent": "false" } };
    const guard = { Effect: "Deny", Action: "*", Resource: `${arn}user:my-*`, Condition };
    const guarded = JSON.stringify({ Statement: [good.Statement[0], guard] });
    assert.match(
      (await judged(program, guarded)).stdout,
      /^depends: [\s\S]*it is decided:\n {2}--context aws:MultiFactorAuthPresent=false\n/,
    );
    const said = await judged(program, guarded, ["--context", "aws:MultiFactorAuthPresent=false"]);
    assert.match(said.stdout, /^denied: /);
  });

  test(`${name}: policy --check: what a MemoryDB cluster may not see is no promise`, async () => {
    const cluster = ["--memorydb-cluster", "my-cache", "-r", "us-east-1", "-u", "my-user", ...account];
    const made = JSON.parse((await policy(cluster)).stdout);
    made.Statement[0].Condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
    const ask = (...args: string[]) => policy([...cluster, "--check", "-", ...args], { stdin: JSON.stringify(made) });
    for (const args of [[], ["--source-ip", "10.1.2.3"]]) {
      const { code, stdout } = await ask(...args);
      assert.equal(code, 0);
      assert.match(stdout, /^depends: [\s\S]*warning\[policy-condition-unsupported\][\s\S]*does\snot\sdocument/);
      assert.doesNotMatch(stdout, /it is decided/);
    }
  });

  test(`${name}: policy --check: what is no policy was not judged`, async () => {
    const head = /^not judged: [\s\S]*for\spolicy\.json\sis\sno\spolicy\sthat\sIAM\swould\stake\n/;
    for (const other of ["", 'resource "aws_iam_policy" "p" {}', `${text},`]) {
      const { code, stdout } = await judged(program, other);
      assert.equal(code, 1);
      assert.match(stdout, head);
      assert.doesNotMatch(stdout, /denied/);
      const answer = policyOutput.parse(JSON.parse((await judged(program, other, ["--json"])).stdout));
      assert.ok("notJudged" in answer);
      assert.deepEqual([answer.ok, answer.notJudged], [false, ["policy.json"]]);
    }
  });

  test(`${name}: policy --check: --at is the time of a serverless cache's login`, () =>
    withDirectory(async (directory) => {
      const serverless = ["--serverless-cache-name", "my-cache", "-r", "us-east-1", "-u", "my-user", ...account];
      const { stdout } = await policy([
        ...serverless,
        "--until",
        "2030-01-01T00:00:00Z",
        "--at",
        "2025-01-01T00:00:00Z",
      ]);
      writeFileSync(join(directory, "p"), stdout);
      const at = async (time: string) =>
        (await policy([...serverless, "--check", "p", "--at", time], { cwd: directory })).stdout.split(":")[0];
      assert.deepEqual([await at("2029-12-31T23:59:59Z"), await at("2030-01-01T00:00:00Z")], ["allowed", "denied"]);
    }));

  test(`${name}: policy --check: several files are one judgement, stdin among them only where it is named`, () =>
    withDirectory(async (directory) => {
      const [cache, user] = good.Statement[0]?.Resource ?? [];
      const only = (Resource = "") => JSON.stringify({ Statement: [{ ...good.Statement[0], Resource }] });
      writeFileSync(join(directory, "cache.json"), only(cache));
      const both = [...group, ...account, "--check", "cache.json", "--check", "-", "--json"];
      const { code, stdout } = await policy(both, { cwd: directory, stdin: only(user) });
      assert.deepEqual([code, JSON.parse(stdout).policies], [0, ["cache.json", "stdin"]]);
      const one = [...group, ...account, "--check", "cache.json", "--json"];
      assert.equal((await policy(one, { cwd: directory, stdin: only(user) })).code, 1);
    }));

  test(`${name}: policy --check: where the account is not known, the policies' own is taken, and said`, async () => {
    const known = await policy([...group, "--check", "-"], { stdin: text });
    assert.equal(known.code, 0);
    assert.match(known.stderr, /^notice: The policies name 123456789012, .*--account-id says which it is\.\n$/);
    const none = await policy([...group, "--check", "-"], { stdin: '{"Statement":[]}' });
    assert.match(none.stderr, /ACCOUNT stands for the cache's/);
  });

  test(`${name}: policy --check: a byte order mark is read, and told`, async () => {
    for (const bytes of [
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]),
    ]) {
      const { code, stderr } = await judged(program, bytes);
      assert.equal(code, 0);
      assert.match(stderr, /^notice: policy\.json begins with a byte order mark \(UTF-(8|16LE)\)/);
    }
  });

  test(`${name}: policy --check: what is in a policy moves no cursor`, async () => {
    const hostile = "\u001b[2J\u202e\u200b\u0007";
    const Resource = [`${arn}user:${hostile}`, hostile, `${arn}user/${hostile}`];
    const texts = [
      { Statement: [{ Sid: hostile, Effect: hostile, Action: hostile, [hostile]: 1 }] },
      { Statement: [{ Effect: "Allow", Action: ["elasticache:Connect", `a:${hostile}`], Resource }] },
      {
        Statement: [{ ...good.Statement[0], Condition: { StringEquals: { [`aws:${hostile}`]: hostile } } }],
      },
      { [hostile]: hostile },
      `%7B${hostile}`,
    ];
    for (const one of texts) {
      for (const form of [[], ["--json"]]) {
        const { code, stdout, stderr } = await judged(
          program,
          typeof one === "string" ? one : JSON.stringify(one),
          form,
        );
        assert.equal(code, 1);
        assert.doesNotMatch(stdout + stderr, /[\u001b\u0007\u202e\u200b]/);
      }
    }
  });

  test(`${name}: policy --check: coloured only where that is asked for`, async () => {
    const coloured = await judged(program, text, ["--color", "always"]);
    assert.match(coloured.stdout, /^\u001b\[32mallowed\u001b\[39m: /);
    assert.doesNotMatch((await judged(program, text)).stdout, /\u001b/);
  });

  test(`${name}: policy --check: on a terminal of 30 columns no line is wider than it must be`, () =>
    withDirectory(async (directory) => {
      if (!hasScript) return notRun("policy on a narrow terminal, for want of script");
      const file = join(directory, "p.json");
      writeFileSync(file, text.replace("user:my-user", "user/my-user"));
      const args = ["policy", ...group, ...account, "--check", file, "--color", "never"];
      const { status, sent } = await onScreen(program, args, { columns: 30, stdout: "terminal" });
      assert.equal(status, 1);
      // An ARN is a word that nobody breaks; a command and the statement are there to be copied.
      const [told = ""] = shownOn(sent).join("\n").split("Or leave that as it is");
      for (const line of told.split("\n"))
        assert.ok(line.length <= 30 || /^\s*"?arn:\S*$|^ {2}more: cacheauth/.test(line), line);
    }));

  /** What is refused: arguments, the code and exit of the error, and what is said. */
  const refused: readonly (readonly [what: string, args: readonly string[], code: string, says: RegExp])[] = [
    ["no user", ["--memorydb-cluster", "c", "-r", "us-east-1"], "user-missing", /No user/],
    ["no target", ["-u", "u"], "target-missing", /No target/],
    ["a bad account", [...group, "--account-id", "12"], "account-invalid", /twelve digits/],
    ["an unknown format", [...group, ...account, "--format", "yaml"], "flag-value-invalid", /json, terraform/],
    [
      "a key that is not there",
      [...group, ...account, "--source-vpc", "vpc-0a1b2c3d"],
      "condition-unsupported",
      /nobody/,
    ],
    ["--strict alone", [...group, ...account, "--strict"], "flag-conflict", /--strict goes with --check/],
    ["--context alone", [...group, ...account, "--context", "a:b=c"], "flag-conflict", /--context goes with --check/],
    ["--format with --check", [...group, "--check", "p", "--format", "json"], "flag-conflict", /does nothing with/],
    [
      "--until with --check",
      [...group, "--check", "p", "--until", "2030-01-01T00:00:00Z"],
      "flag-conflict",
      /--at TIME/,
    ],
    [
      "a network as the client",
      [...group, "--check", "p", "--source-ip", "10.0.0.0/8"],
      "flag-value-invalid",
      /client/,
    ],
    [
      "a key that a login lacks",
      [...group, "--check", "p", "--source-vpc", "vpc-0a1b2c3d"],
      "condition-unsupported",
      /never/,
    ],
    ["no context", [...group, "--check", "p", "--context", "team"], "flag-value-invalid", /aws:username=me/],
    ["stdin twice", [...group, "--check", "-", "--check", "-"], "flag-conflict", /one stdin/],
    ["no file", [...group, "--check", "/nonexistent/p"], "policy-file-unreadable", /no such file/],
    ["a folder", [...group, "--check", "folder"], "policy-file-unreadable", /it is a folder/],
    ["2 MiB", [...group, "--check", "large"], "policy-file-unreadable", /more than 1 MiB/],
    ["a device without an end", [...group, "--check", "/dev/zero"], "policy-file-unreadable", /more than 1 MiB/],
    ["no text", [...group, "--check", "binary"], "policy-file-unreadable", /it is not UTF-8/],
    ["a file's name without the flag", [...group, "policy.json"], "argument-unexpected", /--check policy\.json/],
    ["stdin without the flag", [...group, "-"], "argument-unexpected", /--check -/],
  ];
  for (const [what, args, code, says] of refused) {
    test(`${name}: policy: ${what}: exit 2 and ${code}`, () =>
      withDirectory(async (directory) => {
        mkdirSync(join(directory, "folder"));
        writeFileSync(join(directory, "large"), " ".repeat(2 << 20));
        writeFileSync(join(directory, "binary"), Buffer.from([0x7b, 0xff, 0x7d]));
        const error = errorOf(await policy([...args, "--json"], { cwd: directory, stdin: "" }));
        assert.deepEqual([error.exit, error.code], [2, code]);
        assert.match(`${error.message} ${error.hint}`, says);
      }));
  }

  test(`${name}: policy: a judgement of the largest file takes a moment`, async () => {
    const many = JSON.stringify({ Statement: Array.from({ length: 8_000 }, () => good.Statement[0]) });
    const { code, stdout } = await judged(program, many.slice(0, 1 << 20));
    assert.equal(code, 1);
    assert.match(stdout, /policy-document-invalid/);
  });

  test(`${name}: schema policy is a JSON Schema of its output`, async () => {
    const { code, stdout } = await run(program, ["schema", "policy"]);
    assert.equal(code, 0);
    const schema = JSON.parse(stdout);
    assert.equal(schema.title, "cacheauth policy --json");
    assert.equal(schema.anyOf.length, 2);
  });
}
