import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { setupOutput } from "../../src/commands/setup/output.ts";
import { connectArns } from "../../src/policy/connect-arns.ts";
import { runs } from "../runs.ts";
import { flagOf, setup } from "./cli.ts";

const parts = ["cache", "user", "group", "role"] as const;

/** What can be asked for, and is answered. */
const asked = fc.record({
  kind: fc.constantFrom("replication-group" as const, "serverless-cache" as const, "memorydb-cluster" as const),
  format: fc.constantFrom("sh" as const, "terraform" as const, "cloudformation" as const),
  engine: fc.constantFrom("valkey", "redis"),
  region: fc.constantFrom("us-east-1", "cn-north-1", "us-gov-west-1"),
  existing: fc.subarray([...parts]),
  account: fc.constantFrom(null, "123456789012"),
  services: fc.subarray(["ec2.amazonaws.com", "pods.eks.amazonaws.com"]),
});
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

async function answer({ kind, format, engine, region, existing, account, services }: Asked) {
  const args = [flagOf[kind], "my-cache", "-r", region, "-u", "my-user", "--engine", engine, "--format", format];
  const more = [
    ...(existing.length > 0 ? ["--existing", existing.join(",")] : []),
    ...(account === null ? [] : ["--account-id", account]),
    ...(existing.includes("role") ? [] : services.flatMap((service) => ["--trust-service", service])),
  ];
  const { code, stdout, stderr } = await setup([...args, ...more, "--json"]);
  assert.deepEqual([code, stderr], [0, ""]);
  return setupOutput.parse(JSON.parse(stdout));
}

/** How each format writes the account that it does not know. */
const unknownAccount: Readonly<Record<string, string>> = {
  sh: "$account",
  terraform: `\${data.aws_caller_identity.current.account_id}`,
  cloudformation: `\${AWS::AccountId}`,
};

/** What makes each part, by format: a command, a block, a resource. */
const making: Readonly<Record<string, Readonly<Record<(typeof parts)[number], RegExp>>>> = {
  sh: {
    cache: /aws \w+ create-(replication-group|serverless-cache|cluster) /,
    user: /aws \w+ create-user [^\n]* --authentication-mode Type=iam/,
    group: /aws \w+ create-(user-group|acl) /,
    role: /aws iam create-role /,
  },
  terraform: {
    cache: /^resource "aws_(elasticache_replication_group|elasticache_serverless_cache|memorydb_cluster)"/m,
    user: /^resource "aws_\w+_user" "user" [^}]*type = "iam"/m,
    group: /^resource "aws_(elasticache_user_group|memorydb_acl)"/m,
    role: /^resource "aws_iam_role"/m,
  },
  cloudformation: {
    cache: /Type: AWS::(ElastiCache::ReplicationGroup|ElastiCache::ServerlessCache|MemoryDB::Cluster)\n/,
    user: /Type: AWS::\w+::User\n[^:]*Properties:\n(?: {6}.*\n)* {8}Type: iam\n/,
    group: /Type: AWS::(ElastiCache::UserGroup|MemoryDB::ACL)\n/,
    role: /Type: AWS::IAM::Role\n/,
  },
};

test("property: in every format, what exists is not made and all else is; both ARNs; TLS; nobody gets in openly", async () => {
  await fc.assert(
    fc.asyncProperty(asked, async (wanted) => {
      const { setup: text } = await answer(wanted);
      const { kind, format, engine, region, existing, account } = wanted;
      const made = format === "sh" ? text.replaceAll(" \\\n", "") : text;
      for (const part of parts) {
        assert.equal(making[format]?.[part].test(made), !existing.includes(part), `${part}\n${text}`);
      }
      // A script asks for the account even where one is named, and compares.
      const inArns = format === "terraform" && account !== null ? account : (unknownAccount[format] ?? "");
      const { cache, user } = connectArns({ kind, name: "my-cache", region }, "my-user", inArns);
      for (const arn of [cache, user]) assert.ok(text.includes(`"${arn}"`), arn);
      if (account !== null) assert.ok(text.includes(account));
      if (!existing.includes("cache") && kind !== "serverless-cache") {
        assert.match(
          made,
          /--(transit-encryption|tls)-enabled|(transit_encryption|tls)_enabled +=? true|(TransitEncryption|TLS)Enabled: true/,
        );
      }
      const needsDefault = engine === "redis" && kind !== "memorydb-cluster" && !existing.includes("group");
      assert.equal(text.includes("no-password-required"), needsDefault);
      assert.equal(text.includes("off ~* -@all"), needsDefault);
      assert.ok(
        text.split("\n").every((line) => line.trimEnd() === line && !line.includes("undefined")),
        text,
      );
    }),
    runs(300),
  );
});

test("setup: EKS Pod Identity may tag its sessions, and other services may not", async () => {
  for (const format of ["sh", "terraform", "cloudformation"] as const) {
    const { setup: text } = await answer({
      kind: "memorydb-cluster",
      format,
      engine: "valkey",
      region: "us-east-1",
      existing: [],
      account: null,
      services: ["ec2.amazonaws.com", "pods.eks.amazonaws.com"],
    });
    // A script has it a second time, to compare with what is there.
    const times = format === "sh" ? 2 : 1;
    assert.equal(text.match(/sts:AssumeRole/g)?.length, 2 * times);
    assert.equal(text.match(/sts:TagSession/g)?.length, times);
    assert.ok(text.indexOf("ec2.amazonaws.com") < text.indexOf("pods.eks.amazonaws.com"));
    assert.ok(!text.includes(":root"));
  }
});

test("setup: what HCL and YAML would read as their own stays text", async () => {
  const named = ["--replication-group-id", "my-cache", "-r", "us-east-1", "-u", "my-user"];
  const access = `on ~\${a}%{b}"c"\\: +@all`;
  const terraform = await setup([...named, "--format", "terraform", "--access", access, "--profile", `\${p}`]);
  assert.ok(terraform.stdout.includes('access_string = "on ~$${a}%%{b}\\"c\\"\\\\: +@all"\n'), terraform.stdout);
  assert.ok(terraform.stdout.includes('profile = "$${p}"\n'), terraform.stdout);
  const cloudFormation = await setup([...named, "--format", "cloudformation", "--access", access]);
  assert.ok(cloudFormation.stdout.includes(`AccessString: ${JSON.stringify(access)}\n`), cloudFormation.stdout);
});

test("setup: subnets and security groups are the cache's, and a subnet group is made of subnets where nodes need one", async () => {
  const network = ["--subnet-id", "subnet-0a", "--subnet-id", "subnet-0b", "--security-group-id", "sg-0a"];
  const of = async (kind: keyof typeof flagOf, format: string, more: readonly string[] = network) =>
    (await setup([flagOf[kind], "c", "-r", "us-east-1", "-u", "u", "--format", format, ...more])).stdout;
  for (const kind of ["replication-group", "memorydb-cluster"] as const) {
    assert.match(
      await of(kind, "sh"),
      /create-(cache-)?subnet-group .*subnet-group-name c-subnets \\\n.*--subnet-ids subnet-0a subnet-0b/s,
    );
    assert.match(await of(kind, "terraform"), /subnet_ids += \["subnet-0a", "subnet-0b"\]/);
    assert.match(await of(kind, "cloudformation"), /SubnetIds:\n {8}- subnet-0a\n {8}- subnet-0b\n/);
    const mine = ["--subnet-group", "mine"];
    assert.match(await of(kind, "sh", mine), /--(cache-)?subnet-group-name mine/);
    assert.match(await of(kind, "terraform", mine), /subnet_group_name += "mine"/);
    assert.match(await of(kind, "cloudformation", mine), /SubnetGroupName: mine\n/);
    assert.doesNotMatch(await of(kind, "terraform", mine), /_subnet_group"/);
  }
  assert.match(
    await of("serverless-cache", "sh"),
    /--subnet-ids subnet-0a subnet-0b \\\n +--security-group-ids sg-0a >/,
  );
  assert.match(await of("serverless-cache", "terraform"), /subnet_ids += \["subnet-0a", "subnet-0b"\]/);
  assert.match(await of("serverless-cache", "cloudformation"), /SecurityGroupIds:\n {8}- sg-0a\n/);
});
