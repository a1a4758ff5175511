/** The commands for what only AWS can tell: for each kind and partition, whole, and nothing else to a shell. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { onlyAwsTells, type Signed } from "../../src/probe/diagnose/only-aws.ts";

const signed: Signed = {
  kind: "replication-group",
  name: "my-cache",
  region: "us-east-1",
  user: "my-user",
  accessKeyId: "ASIAQNZGKIQY56JQ7WML",
  isTold: true,
};

function commandsOf(more: Partial<Signed>): Record<string, string> {
  const entries = onlyAwsTells({ ...signed, ...more }).map(({ rule, fix }) => [
    rule,
    /`([^`]*)`$/.exec(fix)?.[1] ?? "",
  ]);
  return Object.fromEntries(entries);
}

const inRegion = "--region us-east-1";
const usersQuery = '--query "Users[0].[UserName,Authentication.Type,Status,AccessString]"';
const decisions = '--query "EvaluationResults[0].ResourceSpecificResults[].EvalResourceDecision"';
const simulates = (action: string, cache: string, user: string) =>
  `aws iam simulate-principal-policy --policy-source-arn ARN-OF-THE-USER-OR-ROLE --action-names ${action} --resource-arns ${cache} ${user} ${decisions}`;

test("only AWS tells: a replication group", () => {
  const arn = "arn:aws:elasticache:us-east-1:029608264753";
  assert.deepEqual(commandsOf({}), {
    "policy-user-denied": simulates("elasticache:Connect", `${arn}:replicationgroup:my-cache`, `${arn}:user:my-user`),
    "user-not-iam": `aws elasticache describe-users --user-id my-user ${inRegion} ${usersQuery}`,
    "user-not-in-group": `aws elasticache describe-user-groups ${inRegion} --query "UserGroups[].[UserGroupId,Status,UserIds]"`,
    "group-not-attached": `aws elasticache describe-replication-groups --replication-group-id my-cache ${inRegion} --query "ReplicationGroups[0].[UserGroupIds,Status]"`,
    "credentials-expired": `aws sts get-caller-identity ${inRegion}`,
    "engine-too-old": `aws elasticache describe-cache-clusters ${inRegion} --query "CacheClusters[?ReplicationGroupId=='my-cache'].[Engine,EngineVersion]"`,
    "clock-skew": "date -u; curl -sI https://sts.us-east-1.amazonaws.com",
  });
});

test("only AWS tells: a serverless cache", () => {
  const commands = commandsOf({ kind: "serverless-cache" });
  const arn = "arn:aws:elasticache:us-east-1:029608264753";
  assert.equal(
    commands["policy-user-denied"],
    simulates("elasticache:Connect", `${arn}:serverlesscache:my-cache`, `${arn}:user:my-user`),
  );
  const describes = `aws elasticache describe-serverless-caches --serverless-cache-name my-cache ${inRegion} --query`;
  assert.equal(commands["group-not-attached"], `${describes} "ServerlessCaches[0].[UserGroupId,Status]"`);
  // It is never older than IAM authentication.
  assert.equal(commands["engine-too-old"], undefined);
});

test("only AWS tells: a MemoryDB cluster", () => {
  const commands = commandsOf({ kind: "memorydb-cluster" });
  const arn = "arn:aws:memorydb:us-east-1:029608264753";
  assert.equal(
    commands["policy-user-denied"],
    simulates("memorydb:Connect", `${arn}:cluster/my-cache`, `${arn}:user/my-user`),
  );
  assert.equal(
    commands["user-not-iam"],
    `aws memorydb describe-users --user-name my-user ${inRegion} --query "Users[0].[Authentication.Type,Status,AccessString]"`,
  );
  assert.equal(
    commands["user-not-in-group"],
    `aws memorydb describe-acls ${inRegion} --query "ACLs[].[Name,UserNames]"`,
  );
  const describes = `aws memorydb describe-clusters --cluster-name my-cache ${inRegion} --query`;
  assert.equal(commands["group-not-attached"], `${describes} "Clusters[0].[ACLName,Status]"`);
  assert.equal(commands["engine-too-old"], `${describes} "Clusters[0].[Engine,EngineVersion,TLSEnabled]"`);
  const told = onlyAwsTells({ ...signed, kind: "memorydb-cluster" })
    .map(({ message }) => message)
    .join(" ");
  assert.match(told, /in no ACL of the cache/);
  const fixes = onlyAwsTells({ ...signed, kind: "memorydb-cluster" }).map(({ fix }) => fix);
  assert.match(fixes.join(" "), /list my-user in an ACL:/);
  assert.doesNotMatch(told, /id and name/);
});

test("only AWS tells: the partition is in the ARNs and in the address of STS", () => {
  const rows = [
    ["cn-north-1", "aws-cn", "sts.cn-north-1.amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "sts.us-gov-west-1.amazonaws.com"],
    ["eusc-de-east-1", "aws-eusc", "sts.eusc-de-east-1.amazonaws.eu"],
    ["us-iso-east-1", "aws-iso", "sts.us-iso-east-1.c2s.ic.gov"],
    ["us-isob-east-1", "aws-iso-b", "sts.us-isob-east-1.sc2s.sgov.gov"],
  ] as const;
  for (const [region, partition, host] of rows) {
    const commands = commandsOf({ region });
    assert.ok(commands["policy-user-denied"]?.includes(` arn:${partition}:elasticache:${region}:029608264753:user:`));
    assert.ok(commands["clock-skew"]?.endsWith(`https://${host}`), region);
    assert.ok(commands["user-not-iam"]?.includes(`--region ${region} `));
  }
});

test("only AWS tells: what is not known stands in capitals", () => {
  const commands = commandsOf({ region: null, accessKeyId: null });
  assert.ok(commands["policy-user-denied"]?.includes(" arn:aws:elasticache:REGION:ACCOUNT:user:my-user "));
  assert.ok(commands["user-not-iam"]?.includes("--region REGION "));
  assert.ok(commands["clock-skew"]?.endsWith("https://sts.us-east-1.amazonaws.com"));
  // A secret in the place of the id is not told.
  const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  assert.ok(!JSON.stringify(onlyAwsTells({ ...signed, accessKeyId: secret })).includes(secret));
});

test("only AWS tells: what has no name, or one that no command can have, stands in capitals too", () => {
  for (const odd of ["", "a`b", "a\nb"])
    assert.match(commandsOf({ name: odd, user: odd })["group-not-attached"] ?? "", /--replication-group-id NAME /);
  assert.match(commandsOf({ user: "" })["user-not-iam"] ?? "", /--user-id USER /);
});

test("only AWS tells: every one is a possible error with one command, the commonest first", () => {
  const told = onlyAwsTells(signed);
  assert.deepEqual(
    told.map(({ rule }) => rule),
    [
      "policy-user-denied",
      "user-not-iam",
      "user-not-in-group",
      "group-not-attached",
      "credentials-expired",
      "engine-too-old",
      "clock-skew",
    ],
  );
  for (const { severity, likelihood, fix, docs, rule } of told) {
    assert.deepEqual([severity, likelihood, docs], ["error", "possible", `cacheauth rules ${rule}`]);
    assert.match(fix, /^This [^`]*`[^`]+`$/);
  }
});

test("only AWS tells: names and regions out of a token are words to a shell, and nothing more", () => {
  const odd = ["a b", "a'b", "$(echo INJECTED)", "; echo INJECTED", "a`id`b", "a\nb", '"', "", "-x"];
  for (const text of odd) {
    for (const command of Object.values(commandsOf({ name: text, user: text, region: text }))) {
      // What a shell makes of it: each word on a line of its own, and no other command.
      const words = `printf '%s\\n' ${command.replace(/^date -u; /, "")}`;
      const { stdout, status } = spawnSync("sh", ["-c", words], { encoding: "utf8" });
      assert.equal(status, 0, command);
      assert.ok(/^(aws|curl)\n/.test(stdout) && !/^INJECTED$/m.test(stdout), command);
      assert.ok(!command.includes("`") && !command.includes("\n"), command);
    }
  }
});
