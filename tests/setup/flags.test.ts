import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { setup as command } from "../../src/commands/setup/command.ts";
import { setupOutput } from "../../src/commands/setup/output.ts";
import { runs } from "../runs.ts";
import { host, named, setup } from "./cli.ts";

async function json(...args: string[]) {
  const { code, stdout, stderr } = await setup([...args, "--json"]);
  assert.deepEqual([code, stderr], [0, ""]);
  return setupOutput.parse(JSON.parse(stdout));
}

test("setup: the answer is the script alone, and needs no credentials and no account", async () => {
  const { code, stdout, stderr } = await setup(named);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^#!\/bin\/sh\n/);
  const { setup: text, notices, accountId, engine, names } = await json(...named);
  assert.equal(text, stdout);
  assert.deepEqual([notices, accountId, engine], [[], null, "valkey"]);
  assert.deepEqual(names, {
    group: "my-cache-users",
    defaultUser: null,
    role: "connect-my-cache-as-my-user",
    policy: "connect-my-cache-as-my-user",
    subnetGroup: null,
  });
});

test("setup: names are written in lower case, with a notice for each that was not", async () => {
  const { user, target, names, notices } = await json(
    ...["--replication-group-id", "My-Cache", "-r", "us-east-1", "-u", "My-User", "--group", "Mine"],
  );
  assert.deepEqual([user, target.name, names.group], ["my-user", "my-cache", "mine"]);
  assert.deepEqual(
    notices.map(({ code }) => code),
    ["name-lowercased", "user-lowercased"],
  );
});

test("setup: the steps are what the script does, in its order", async () => {
  const { steps } = await json(...named, "--engine", "redis", "--subnet-id", "subnet-0abc");
  const operations = steps.map(({ command }) => /^aws [a-z]+ ([a-z-]+)/.exec(command)?.[1] ?? command.split("=")[0]);
  assert.deepEqual(operations, [
    "account",
    "policy",
    "create-user",
    "create-user",
    "create-user-group",
    "create-cache-subnet-group",
    "create-replication-group",
    "create-policy",
    "create-role",
    "attach-role-policy",
  ]);
});

test("setup: of an endpoint it says that its cache exists, and of a group that it locks others out", async () => {
  assert.deepEqual(
    (await json(host, "-u", "my-user")).notices.map(({ code }) => code),
    ["cache-exists"],
  );
  assert.deepEqual(
    (await json(host, "-u", "my-user", "--existing", "cache")).notices.map(({ code }) => code),
    ["others-locked-out"],
  );
  assert.deepEqual((await json(host, "-u", "my-user", "--existing", "group,cache")).existing, ["cache", "group"]);
});

test("setup: a template says what it leaves to do by hand, in the order of doing it", async () => {
  const all = ["--existing", "cache,user", "--existing", "group"];
  const { steps, notices, setup: text } = await json(...named, ...all, "--format", "cloudformation");
  assert.deepEqual(
    steps.map(({ command }) => command.split(" ")[2]),
    ["modify-user", "deploy", "modify-user-group", "modify-replication-group"],
  );
  assert.deepEqual(
    notices.map(({ code }) => code),
    ["by-hand"],
  );
  for (const { command } of steps) assert.ok(text.includes(`#   ${command}\n`), command);
});

test("setup: the profile is the script's, and that of Terraform; whether there is one, the script finds out", async () => {
  const { stdout } = await setup([...named, "--profile", "it's"]);
  assert.match(stdout, /^AWS_PROFILE='it'\\''s'\nexport AWS_PROFILE\n/m);
  assert.match((await setup([...named, "--profile", "mine", "--format", "terraform"])).stdout, /profile = "mine"/);
});

for (const [about, line] of command.examples) {
  test(`setup: the example of its help: ${about}`, async () => {
    const [, name, ...args] = line.split(" ");
    assert.equal(name, "setup");
    assert.equal((await setup(args)).code, 0);
  });
}

/** What is refused, by the code of the error and words of it. */
const refused: readonly (readonly [args: readonly string[], code: string, says: RegExp])[] = [
  [["-u", "u"], "target-missing", /No target/],
  [["--replication-group-id", "c", "-u", "u"], "region-missing", /No region/],
  [[host], "user-missing", /No user/],
  [[...named.slice(0, 4), "-u", "default"], "user-invalid", /AWS makes itself/],
  [[...named.slice(0, 4), "-u", "default.iam-user"], "user-invalid", /AWS makes itself/],
  [[...named, "--format", "yaml"], "flag-value-invalid", /Say sh, terraform or cloudformation/],
  [[...named, "--engine", "memcached"], "flag-value-invalid", /Say valkey or redis/],
  [[...named, "--engine-version", "7.1"], "flag-value-invalid", /Valkey 7\.2 or Redis OSS 7\.0/],
  [[...named, "--engine", "redis", "--engine-version", "6.2"], "flag-value-invalid", /7\.0 at least/],
  [[...named, "--engine-version", "latest"], "flag-value-invalid", /looks like 8\.2/],
  [
    ["--serverless-cache-name", "c", "-r", "us-east-1", "-u", "u", "--engine-version", "8.0"],
    "flag-value-invalid",
    /say 8\./,
  ],
  [["--serverless-cache-name", "c", "-r", "us-east-1", "-u", "u", "--node-type", "x"], "flag-conflict", /no nodes/],
  [
    ["--serverless-cache-name", "c", "-r", "us-east-1", "-u", "u", "--subnet-group", "x"],
    "flag-conflict",
    /by --subnet-id/,
  ],
  [[...named, "--node-type", "db.t4g.small"], "flag-value-invalid", /cache\.r7g\.large/],
  [[...named, "--existing", "cluster"], "flag-value-invalid", /cache, user, group or role/],
  [[...named, "--existing", "cache", "--node-type", "cache.t4g.micro"], "flag-conflict", /keeps its nodes/],
  [[...named, "--existing", "cache", "--engine-version", "8.0"], "flag-conflict", /keeps its version/],
  [[...named, "--existing", "cache", "--security-group-id", "sg-0a"], "flag-conflict", /keeps its security groups/],
  [[...named, "--existing", "role", "--trust-service", "ec2.amazonaws.com"], "flag-conflict", /stays as it is/],
  [[...named, "--default-user", "off"], "flag-conflict", /engine redis/],
  [[...named, "--subnet-group", "a", "--subnet-id", "subnet-0a"], "flag-conflict", /names the subnets already/],
  [[...named, "--subnet-group", "$(id)"], "flag-value-invalid", /letters, digits/],
  [[...named, "--subnet-id", "10.0.0.0/24"], "flag-value-invalid", /subnet-0abc1234/],
  [[...named, "--security-group-id", "default"], "flag-value-invalid", /sg-0abc1234/],
  [[...named, "--group", "my--group"], "flag-value-invalid", /single hyphens/],
  [[...named, "--role", "arn:aws:iam::123456789012:role/r"], "flag-value-invalid", /name alone/],
  [[...named, "--role", "--x"], "flag-value-missing", /--role needs a value/],
  [[...named, "--role=-x"], "flag-value-invalid", /name alone/],
  [[...named, "--role", "r".repeat(65)], "flag-value-invalid", /65 characters, and AWS takes 64/],
  [
    ["--replication-group-id", "c".repeat(40), "-r", "us-east-1", "-u", "my-user"],
    "flag-value-invalid",
    /46 characters, and AWS takes 40.*shorter one with --group/s,
  ],
  [[...named, "--trust-service", "ec2"], "flag-value-invalid", /ec2\.amazonaws\.com/],
  [[...named, "--trust-arn", "123456789012"], "flag-value-invalid", /arn:aws:iam/],
  [[...named, "--trust-arn", "arn:aws-cn:iam::123456789012:root"], "flag-value-invalid", /partition aws\./],
  [
    [...named, "--trust-arn", "arn:aws:iam::123456789012:oidc-provider/example.com"],
    "flag-value-invalid",
    /edit the trust policy/,
  ],
  [[...named, "--trust-arn", "arn:aws:iam::123456789012:role/a$b"], "flag-value-invalid", /arn:aws:iam/],
  [[...named, "--access", "on ~* +@raed~"], "flag-value-invalid", /is not taken/],
  [[...named, "--access", "~* +@all"], "flag-value-invalid", /Begin it with on/],
  [[...named, "--access", "on ~caf\u00e9:* +@all"], "flag-value-invalid", /ASCII/],
  [[...named, "--access", "on >SENTINEL ~* +@all ((("], "flag-value-invalid", /has none/],
  [[...named, "--account-id", "12345"], "account-invalid", /twelve digits/],
  [[...named, "--profile", "a\nb"], "flag-value-invalid", /--profile/],
  [[...named, "--at", "20250101T000000Z"], "flag-conflict", /--at does nothing here/],
  [[...named, "--existng", "cache"], "flag-unknown", /Did you mean --existing/],
];
for (const [args, code, says] of refused) {
  test(`setup: ${args.join(" ").replaceAll("\n", " ").slice(-70)}: ${code}`, async () => {
    const plain = await setup(args);
    assert.deepEqual([plain.code, plain.stdout], [2, ""]);
    assert.match(plain.stderr, says);
    assert.ok(!plain.stderr.includes("SENTINEL"));
    const { stderr, stdout } = await setup([...args, "--json"]);
    assert.equal(stdout, "");
    assert.equal(JSON.parse(stderr).error.code, code);
  });
}

test("property: whatever a flag is given, it is taken or refused with one cause and one remedy; nothing is taken that a shell or a line would break at", async () => {
  const flags = Object.entries(command.flags).filter(([name]) => !["profile", "access", "endpoint"].includes(name));
  const value = fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      "my-name",
      "8.0",
      "cache.r7g.large",
      "user,group",
      "terraform",
      "redis",
      "cache.x.y\nz",
      "$(id)",
      "a\n#b",
    ),
    fc.constantFrom("sg-0a", "subnet-0a\n", "ec2.amazonaws.com", "arn:aws:iam::123456789012:root\n", "123456789012"),
  );
  const given = fc.array(fc.tuple(fc.constantFrom(...flags.map(([name]) => name)), value), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(given, async (pairs) => {
      const { code, stdout, stderr } = await setup([...named, ...pairs.map(([name, text]) => `--${name}=${text}`)]);
      if (code !== 0) {
        assert.deepEqual([code, stdout], [2, ""]);
        assert.match(stderr, /^(notice: [^\n]*\n)*error: [^\n]*\nfix: [^\n]*\n$/);
        return;
      }
      assert.match(stdout, /^#!|^# |^terraform/);
      for (const [name, text] of pairs) assert.doesNotMatch(text, /\p{C}|\$/u, name);
    }),
    runs(1000),
  );
});
