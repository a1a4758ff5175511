/** The scripts of setup, run by real shells against a fake AWS: what they make, what they leave, where they stop. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import type { FakeAws } from "./fake-aws-cli.ts";
import { programs, run, withDirectory } from "./program.ts";

const root = dirname(dirname(import.meta.dirname));
const account = "123456789012";
const named = ["--replication-group-id", "my-cache", "-r", "us-east-1", "-u", "my-user"];
const policy = `policy arn:aws:iam::${account}:policy/connect-my-cache-as-my-user`;
const resources = ["replicationgroup:my-cache", "user:my-user"].map(
  (resource) => `arn:aws:elasticache:us-east-1:${account}:${resource}`,
);
const endpoint = "master.my-cache.abc123.use1.cache.amazonaws.com";
const role = `arn:aws:iam::${account}:role/connect-my-cache-as-my-user`;
const doctor = `cacheauth doctor ${endpoint} -u my-user --role-arn ${role}\n`;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly state: FakeAws;
  /** The operations that are no looks. */
  readonly done: readonly string[];
  readonly files: readonly string[];
}

async function scriptOf(args: readonly string[]): Promise<string> {
  const [program] = programs;
  assert.ok(program);
  const { code, stdout, stderr } = await run(program, ["setup", ...args]);
  assert.equal(code, 0, stderr);
  return stdout;
}

/** Runs it in an empty directory, on what there is, with nothing on the PATH but what scripts need and the fake AWS. */
async function runScript(script: string, there: Partial<FakeAws> = {}, shell = "dash"): Promise<Ran> {
  let ran: Ran | undefined;
  await withDirectory(async (directory) => {
    const bin = join(directory, "bin");
    const cwd = join(directory, "empty");
    mkdirSync(bin);
    mkdirSync(cwd);
    const file = join(directory, "aws.json");
    writeFileSync(file, JSON.stringify({ account, things: {}, log: [], ...there }));
    // Starts in a third of the time that Node takes for TypeScript.
    const bun = join(root, "node_modules/.bin/bun");
    writeFileSync(join(bin, "aws"), `#!/bin/sh\nexec '${bun}' '${join(root, "tests/app/fake-aws-cli.ts")}' "$@"\n`, {
      mode: 0o755,
    });
    writeFileSync(join(bin, "sleep"), "#!/bin/sh\n", { mode: 0o755 });
    const env = { PATH: `${bin}:/usr/bin:/bin`, FAKE_AWS: file };
    const { status, stdout, stderr } = spawnSync(shell, ["-s"], { input: script, cwd, env, encoding: "utf8" });
    const state: FakeAws = JSON.parse(readFileSync(file, "utf8"));
    const done = state.log.map(([, operation = ""]) => operation);
    ran = { code: status, stdout, stderr, state, done, files: readdirSync(cwd) };
  });
  assert.ok(ran);
  return ran;
}

for (const shell of ["dash", "bash"].filter((name) => existsSync(`/bin/${name}`))) {
  test(`setup's script in ${shell}: makes all, in an order in which nothing is ever open, and ends with the next command`, async () => {
    const script = await scriptOf([...named, "--engine", "redis"]);
    const first = await runScript(script, {}, shell);
    assert.deepEqual([first.code, first.stdout], [0, doctor], first.stderr);
    assert.deepEqual(first.done, [
      "create-user",
      "create-user",
      "create-user-group",
      "create-replication-group",
      "create-policy",
      "create-role",
      "attach-role-policy",
    ]);
    const { things } = first.state;
    assert.deepEqual(things["user my-cache-default"], {
      name: "default",
      type: "no-password-required",
      access: "off ~* -@all",
    });
    assert.deepEqual(things["user my-user"], { name: "my-user", type: "iam", access: "on ~* +@all" });
    assert.equal(things["group my-cache-users"]?.["members"], "my-cache-default my-user");
    assert.deepEqual(
      [things["cache my-cache"]?.["group"], things["cache my-cache"]?.["tls"]],
      ["my-cache-users", "True"],
    );
    assert.deepEqual(JSON.parse(things[policy]?.["document"] ?? "").Statement[0].Resource, resources);
    assert.deepEqual(JSON.parse(things["role connect-my-cache-as-my-user"]?.["trust"] ?? "").Statement, [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" },
    ]);
    // Again: nothing is made twice.
    const second = await runScript(script, { things }, shell);
    assert.deepEqual([second.code, second.stdout, second.done], [0, doctor, ["attach-role-policy"]], second.stderr);
  });
}

const iamUser = { name: "my-user", type: "iam", access: "on ~* +@all" };
const passwordUser = { ...iamUser, type: "password" };

test("setup's script: what exists is changed, and where it is as it should be, left alone", async () => {
  const script = await scriptOf([
    ...named,
    "--existing",
    "cache,user,group,role",
    "--role",
    "app",
    "--access",
    "on ~a:* +@read",
  ]);
  const things = {
    "user my-user": passwordUser,
    "group my-cache-users": { members: "other" },
    "cache my-cache": { tls: "True" },
    "role app": { description: "of somebody else" },
  };
  const { code, stdout, done, state, stderr } = await runScript(script, { things });
  assert.equal(code, 0, stderr);
  assert.equal(stdout, `cacheauth doctor ${endpoint} -u my-user\n`);
  assert.deepEqual(done, [
    "modify-user",
    "modify-user-group",
    "modify-replication-group",
    "create-policy",
    "attach-role-policy",
  ]);
  assert.deepEqual(state.things["user my-user"], { ...passwordUser, type: "iam", access: "on ~a:* +@read" });
  assert.equal(state.things["group my-cache-users"]?.["members"], "other my-user");
  assert.equal(state.things["cache my-cache"]?.["group"], "my-cache-users");
  // What the user may do is said again, for AWS may tell it in other words.
  const again = await runScript(script, { things: state.things });
  assert.deepEqual([again.code, again.done], [0, ["modify-user", "attach-role-policy"]], again.stderr);
  const without = await scriptOf([...named, "--existing", "cache,user,group,role", "--role", "app"]);
  assert.deepEqual((await runScript(without, { things: state.things })).done, ["attach-role-policy"]);
});

const connects = { Effect: "Allow", Action: "elasticache:Connect", Resource: resources };
const widened = JSON.stringify({ Statement: [connects, { Effect: "Allow", Action: "elasticache:*", Resource: "*" }] });
const conditional = JSON.stringify({
  Statement: [{ ...connects, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }],
});

test("setup's script leaves what AWS tells in other words, and with a closed default user", async () => {
  const access = "on ~app:* +@read";
  const things = {
    "user my-user": { ...iamUser, access, told: "on ~app:* -@all +@read" },
    "user shut": { name: "default", type: "no-password", access: "off -@all" },
    "group my-cache-users": { members: "shut my-user" },
    [policy]: { document: JSON.stringify({ Statement: [{ ...connects, Sid: "Connect" }] }) },
  };
  const { code, done, stderr } = await runScript(await scriptOf([...named, "--access", access]), { things });
  assert.equal(code, 0, stderr);
  assert.deepEqual(done, ["create-replication-group", "create-role", "attach-role-policy"]);
});

test("setup's script says where it is, whom it locks out when it does, and waits until AWS tells of it", async () => {
  const script = await scriptOf([...named, "--existing", "cache"]);
  assert.match(script.split("set -eu")[0] ?? "", /LOCKS OUT: /);
  const things = { "cache my-cache": { tls: "True" } };
  const group = "cache my-cache ReplicationGroups[0].UserGroupIds[0]";
  const { code, stderr, state } = await runScript(script, {
    things,
    stale: { [group]: ["None", "None", "None", "None"] },
  });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^in the account 123456789012, in us-east-1\n/);
  assert.match(stderr, /changing the replication group my-cache: from now on who logs in without a user, .*locked out/);
  assert.deepEqual(state.stale, { [group]: [] });
});

test("setup's script without the AWS CLI says so at once", async () => {
  const ran = spawnSync("/bin/sh", ["-s"], {
    input: await scriptOf(named),
    env: { PATH: "/nonexistent" },
    encoding: "utf8",
  });
  assert.deepEqual([ran.status, ran.stdout], [1, ""]);
  assert.match(ran.stderr, /^stopped: there is no aws, the AWS CLI, on the PATH/);
});

test("setup's script tells at its top what was chosen where nobody chose, and at its end how to take it away", async () => {
  const open = await scriptOf(named);
  const [head = ""] = open.split("set -eu");
  for (const said of [
    /--account-id ID/,
    /two nodes, cache\.t4g\.micro, in the default VPC/,
    /on ~\* \+@all: --access/,
    /--trust-service/,
  ]) {
    assert.match(head, said);
  }
  const deletions = [...open.matchAll(/^# {3}aws \S+ (\S+)/gm)].map(([, operation]) => operation);
  assert.deepEqual(deletions, [
    "detach-role-policy",
    "delete-role",
    "delete-policy",
    "delete-replication-group",
    "delete-user-group",
    "delete-user",
  ]);
  const own = ["--account-id", account, "--access", "on ~a:* +@read", "--trust-service", "ec2.amazonaws.com"];
  const [chosen = ""] = (await scriptOf([...named, ...own])).split("set -eu");
  assert.match(chosen, /in the account 123456789012 alone/);
  assert.doesNotMatch(chosen, /--access|--trust-service/);
  const theirs = await scriptOf([...named, "--existing", "cache,user,group,role"]);
  assert.deepEqual(
    [...theirs.matchAll(/^# {3}aws \S+ (\S+)/gm)].map(([, operation]) => operation),
    ["detach-role-policy", "delete-policy"],
  );
});

/** What is there, and what the script must say when it stops; what it has done until then, which is nothing unless AWS refuses. */
const stops: readonly (readonly [
  name: string,
  args: readonly string[],
  there: Partial<FakeAws>,
  says: RegExp,
  done: readonly string[],
])[] = [
  ["another account", ["--account-id", "999999999999"], {}, /of the account 123456789012, not 999999999999/, []],
  ["a look that is denied", [], { denied: "describe-users" }, /stopped: .*AccessDenied/s, []],
  ["no identity", [], { denied: "get-caller-identity" }, /AccessDenied/, []],
  ["a making that is denied", [], { denied: "create-user-group" }, /AccessDenied/, ["create-user"]],
  [
    "a user with a password",
    [],
    { things: { "user my-user": passwordUser } },
    /without IAM authentication: .*--existing user/,
    [],
  ],
  [
    "a user of another name",
    ["--existing", "user"],
    { things: { "user my-user": { ...iamUser, name: "other" } } },
    /belongs to a user of another name/,
    [],
  ],
  ["no such user", ["--existing", "user"], {}, /the user my-user does not exist/, []],
  [
    "a group without the user",
    [],
    { things: { "user my-user": iamUser, "group my-cache-users": { members: "other" } } },
    /without my-user: .*--existing group/,
    [],
  ],
  [
    "a cache without TLS",
    ["--existing", "cache"],
    { things: { "user my-user": iamUser, "cache my-cache": {} } },
    /has no TLS/,
    [],
  ],
  [
    "a cache with another group",
    ["--existing", "cache"],
    { things: { "user my-user": iamUser, "cache my-cache": { tls: "True", group: "theirs" } } },
    /has another group, theirs, .*--existing cache,group --group theirs/,
    [],
  ],
  [
    "a cache of the other engine",
    ["--existing", "cache"],
    { things: { "cache my-cache": { tls: "True", engine: "redis" } } },
    /has the engine redis: .*--engine redis/,
    [],
  ],
  [
    "a group of the other engine",
    ["--existing", "group", "--engine", "redis"],
    { things: { "group my-cache-users": { engine: "valkey" } } },
    /has the engine valkey: .*--engine valkey/,
    [],
  ],
  [
    "a role that does not exist",
    ["--existing", "user,role"],
    { things: { "user my-user": passwordUser } },
    /the role connect-my-cache-as-my-user does not exist/,
    [],
  ],
  [
    "a cache that was not said to exist",
    [],
    { things: { "user my-user": iamUser, "cache my-cache": { tls: "True" } } },
    /its group is None: .*--existing cache/,
    [],
  ],
  [
    "a policy of that name",
    [],
    {
      things: { "user my-user": iamUser, [policy]: { document: '{"Statement":[{"Effect":"Allow","Resource":"*"}]}' } },
    },
    /is another one: name yours with --policy/,
    [],
  ],
  [
    "a policy that allows more in another statement",
    [],
    { things: { "user my-user": iamUser, [policy]: { document: widened } } },
    /is another one: .*"elasticache:\*"/,
    [],
  ],
  [
    "a policy with a condition",
    [],
    { things: { "user my-user": iamUser, [policy]: { document: conditional } } },
    /is another one: /,
    [],
  ],
  [
    "a user who may do more than is asked for",
    ["--access", "on ~app:* +@read"],
    { things: { "user my-user": iamUser } },
    /may do 'on ~\* \+@all'; asked for is 'on ~app:\* \+@read': .*--existing user/,
    [],
  ],
  [
    "a role that trusts others",
    ["--trust-service", "ecs-tasks.amazonaws.com"],
    {
      things: {
        "user my-user": iamUser,
        "role connect-my-cache-as-my-user": {
          description: "Connects to my-cache as my-user",
          trust: `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${account}:root"},"Action":"sts:AssumeRole"}]}`,
        },
      },
    },
    /trusts others than are asked for: .*--existing role\. There is .*:root.*asked for is .*ecs-tasks/,
    [],
  ],
  [
    "a group that lets somebody in without a password",
    [],
    {
      things: {
        "user my-user": iamUser,
        "user open": { name: "default", type: "no-password", access: "on ~* +@all" },
        "group my-cache-users": { members: "my-user open" },
      },
    },
    /my-cache-users is there, and lets in without a password who logs in as open: /,
    [],
  ],
  [
    "a role of that name",
    [],
    { things: { "user my-user": iamUser, "role connect-my-cache-as-my-user": { description: "of somebody else" } } },
    /was not made for this: .*--existing role/,
    [],
  ],
  [
    "an own default user that is open",
    ["--engine", "redis"],
    { things: { "user my-cache-default": { name: "default", access: "on ~* +@all" } } },
    /--default-user/,
    [],
  ],
  [
    "a making that fails later",
    [],
    { statuses: { "cache my-cache": ["creating", "create-failed"] } },
    /its state is create-failed/,
    ["create-user", "create-user-group", "create-replication-group"],
  ],
  [
    "a making that never ends",
    [],
    { statuses: { "user my-user": Array<string>(20).fill("creating") } },
    /its state is creating for an hour/,
    ["create-user"],
  ],
];
for (const [name, args, there, says, done] of stops) {
  test(`setup's script stops at ${name}`, async () => {
    // An hour of waiting is 360 looks; here it is a few.
    const script = (await scriptOf([...named, ...args])).replaceAll("left=360", "left=3");
    const ran = await runScript(script, there);
    assert.notEqual(ran.code, 0);
    assert.equal(ran.stdout, "");
    assert.match(ran.stderr, says);
    assert.deepEqual(ran.done, done);
  });
}

test("setup's script compares what AWS makes at once before it waits for a cache that is being made", async () => {
  const creating = Array<string>(20).fill("creating");
  const { code, stderr, state, done } = await runScript(await scriptOf(named), {
    things: {
      "user my-user": iamUser,
      "group my-cache-users": { members: "my-user" },
      "cache my-cache": { tls: "True", group: "my-cache-users" },
      "role connect-my-cache-as-my-user": { description: "of somebody else" },
    },
    statuses: { "cache my-cache": creating },
  });
  assert.deepEqual([code, done, state.statuses], [1, [], { "cache my-cache": creating }], stderr);
  assert.match(stderr, /was not made for this/);
});

test("setup's script waits until what it made is there", async () => {
  const { code, stderr } = await runScript(await scriptOf(named), {
    statuses: {
      "user my-user": ["creating"],
      "group my-cache-users": ["creating"],
      "cache my-cache": ["creating", "creating"],
    },
  });
  assert.equal(code, 0, stderr);
});

test("setup's script goes on after one that was stopped while the cache was being made", async () => {
  const things = {
    "user my-user": iamUser,
    "group my-cache-users": { members: "my-user" },
    "cache my-cache": { tls: "True", group: "my-cache-users" },
  };
  const { code, done, stderr } = await runScript(await scriptOf(named), {
    things,
    statuses: { "cache my-cache": ["creating", "creating"] },
  });
  assert.equal(code, 0, stderr);
  assert.deepEqual(done, ["create-policy", "create-role", "attach-role-policy"]);
});

test("setup's script: hostile words stay words", async () => {
  const access = `on ~it's"\`touch\${IFS}b\`$HOME\\;&*|>c +@all`;
  const profile = `p'"$(touch c)\`touch d\`; touch e #`;
  const script = await scriptOf([...named, "--access", access, "--profile", profile]);
  const { code, state, files, stderr } = await runScript(script);
  assert.equal(code, 0, stderr);
  assert.deepEqual(files, []);
  assert.equal(state.things["user my-user"]?.["access"], access);
});

test("src/setup/README.md: the set-up goes as it is shown", async () => {
  const page = readFileSync(join(root, "src/setup/README.md"), "utf8");
  const [, shown = ""] = /```console\n([\s\S]*?)```/m.exec(page) ?? [];
  const [, args = ""] = /^\$ cacheauth setup (.*) > setup\.sh$/m.exec(shown) ?? [];
  const ran = await runScript(await scriptOf(args.split(" ")));
  const [first = "", last = ""] = shown.replace(/^\$ .*\n/gm, "").split("…\n");
  const said = ran.stderr + ran.stdout;
  assert.ok(said.startsWith(first) && said.endsWith(last) && first !== "" && last !== "", `${said}\n${shown}`);
});
