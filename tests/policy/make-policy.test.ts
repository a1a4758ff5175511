import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkConnect } from "../../src/policy/check-connect.ts";
import { contextOf } from "../../src/policy/context.ts";
import { makePolicy } from "../../src/policy/make-policy.ts";
import { readPolicy } from "../../src/policy/parse-policy.ts";
import { cloudFormationPolicy, managedPolicy } from "../../src/policy/policy-cloudformation.ts";
import { policyNames } from "../../src/policy/policy-names.ts";
import { hclText, terraformPolicy } from "../../src/policy/policy-terraform.ts";
import { toYaml } from "../../src/policy/to-yaml.ts";
import { wantedCondition } from "../../src/policy/wanted-condition.ts";
import { allKinds } from "../../src/target/kinds.ts";
import { partitionOf } from "../../src/target/regions.ts";
import { arns, targets, variable } from "./sample.ts";

const account = "123456789012";
const now = new Date("2025-01-01T00:00:00Z");

test("make: the action and both ARNs of each kind, and nothing else", () => {
  for (const [name, target] of Object.entries(targets)) {
    const { cache, user } = arns[name as keyof typeof arns];
    const Action = name === "memoryDb" ? "memorydb:Connect" : "elasticache:Connect";
    assert.deepEqual(makePolicy(target, "my-user", account), {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action, Resource: [cache, user] }],
    });
  }
});

const regions = ["us-east-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1", "us-iso-east-1", "us-isob-east-1"];

test("property: what is made is allowed, in every partition, with nothing to say of it; and it is for no one else", () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,5}){0,2}$/);
  const accountId = fc.stringMatching(/^\d{12}$/);
  fc.assert(
    fc.property(
      fc.constantFrom(...allKinds),
      fc.constantFrom(...regions, "eu-isoe-west-1", "us-isof-south-1"),
      ...[name, name, accountId],
      (kind, region, cache, user, accountId) => {
        const target = { kind, name: cache, region };
        const made = makePolicy(target, user, accountId);
        const { document } = readPolicy(made);
        assert.ok(document);
        const context = contextOf({}, "absent");
        const check = (change: object) =>
          checkConnect([document], { target, user, accountId, context, ...change }).connect;
        assert.deepEqual(checkConnect([document], { target, user, accountId, context }).findings, []);
        assert.equal(made.Statement[0].Resource[0]?.split(":")[1], partitionOf(region));
        assert.equal(check({ user: `${user}x` }), "denied");
        assert.equal(check({ target: { ...target, name: `x${cache}` } }), "denied");
        assert.equal(check({ target: { ...target, region: "eu-west-3" } }), "denied");
        assert.equal(check({ accountId: accountId === "000000000000" ? "1" : "000000000000" }), "denied");
      },
    ),
  );
});

test("make: conditions of each operator, one value or several", () => {
  assert.equal(wantedCondition("replication-group", {}, now), null);
  assert.deepEqual(
    wantedCondition(
      "replication-group",
      {
        "source-ip": ["10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "192.0.2.7"],
        "resource-tag": ["team=blue", "team=red", "cost center=a=b", `owner=${variable("aws:PrincipalTag/owner")}`],
      },
      now,
    ),
    {
      IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"] },
      StringEquals: {
        "aws:ResourceTag/team": ["blue", "red"],
        "aws:ResourceTag/cost center": "a=b",
        "aws:ResourceTag/owner": variable("aws:PrincipalTag/owner"),
      },
    },
  );
  assert.deepEqual(
    wantedCondition(
      "serverless-cache",
      {
        "vpc-source-ip": ["10.0.0.0/16"],
        "source-vpc": ["vpc-0a1b2c3d4e5f67890"],
        "source-vpce": ["vpce-0a1b2c3d"],
        from: ["20250201T000000Z"],
        until: ["2025-02-02T01:00:00+01:00"],
      },
      now,
    ),
    {
      IpAddress: { "aws:VpcSourceIp": "10.0.0.0/16" },
      StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890", "aws:SourceVpce": "vpce-0a1b2c3d" },
      DateGreaterThanEquals: { "aws:CurrentTime": "2025-02-01T00:00:00Z" },
      DateLessThan: { "aws:CurrentTime": "2025-02-02T00:00:00Z" },
    },
  );
});

/** Kind, flag and value; what is said of it, and what to do. */
const refused = [
  ["replication-group", "source-vpc", "vpc-0a1b2c3d", "condition-unsupported", /aws:SourceVpc, which is not there/],
  ["replication-group", "until", "2030-01-01T00:00:00Z", "condition-unsupported", /aws:CurrentTime, which is not/],
  ["serverless-cache", "source-ip", "10.0.0.0/8", "condition-unsupported", /ElastiCache serverless cache: .* nobody/],
  ["memorydb-cluster", "source-ip", "10.0.0.0/8", "condition-unsupported", /does not document .* may allow nobody\.$/],
  ["memorydb-cluster", "source-vpce", "vpce-0a1b2c3d", "condition-unsupported", /does not document/],
  ["replication-group", "source-ip", "10.0.0.0/33", "flag-value-invalid", /is not an address or a network/],
  ["replication-group", "source-ip", "10.0.0.0/8/8", "flag-value-invalid", /is not an address/],
  ["replication-group", "source-ip", "10.0.0", "flag-value-invalid", /is not an address/],
  ["serverless-cache", "source-vpc", "vpc-0a1b", "flag-value-invalid", /is not the id of a VPC\./],
  ["serverless-cache", "source-vpc", "vpce-0a1b2c3d", "flag-value-invalid", /is not the id of a VPC\./],
  ["serverless-cache", "source-vpce", "vpc-0a1b2c3d", "flag-value-invalid", /is not the id of a VPC endpoint/],
  ["serverless-cache", "until", "tomorrow", "time-invalid", /is not a time/],
  ["serverless-cache", "until", "2025-01-01T00:00:00Z", "flag-value-invalid", /--until is over/],
  ["replication-group", "resource-tag", "team", "flag-value-invalid", /is not a tag/],
  ["replication-group", "resource-tag", "=blue", "flag-value-invalid", /is not a tag/],
  ["replication-group", "resource-tag", "team=a*", "flag-value-invalid", /is not a tag/],
  ["replication-group", "resource-tag", `team=\u001b[31m`, "flag-value-invalid", /is not a tag/],
] as const;

for (const [kind, flag, value, code, says] of refused) {
  test(`make: --${flag} ${JSON.stringify(value)} is refused for a ${kind}`, () => {
    assert.throws(
      () => wantedCondition(kind, { [flag]: [value] }, now),
      (error: Error & { code?: string; hint?: string }) =>
        error.code === code && says.test(error.message) && /\.$/.test(error.hint ?? ""),
    );
  });
}

test("make: where another flag does the same, it is named first", () => {
  const hint = (kind: "replication-group" | "serverless-cache", flag: string, value: string) => {
    try {
      wantedCondition(kind, { [flag]: [value] }, now);
      return "";
    } catch (error) {
      return (error as { hint?: string }).hint ?? "";
    }
  };
  assert.match(
    hint("serverless-cache", "source-ip", "10.0.0.0/8"),
    /^Use --vpc-source-ip in its place\. What .* takes: /,
  );
  assert.match(hint("replication-group", "vpc-source-ip", "10.0.0.0/8"), /^Use --source-ip in its place\. /);
  assert.match(hint("replication-group", "source-vpc", "vpc-0a1b2c3d"), /^Drop it\. /);
});

test("make: an end that is not after the beginning is refused", () => {
  const wanted = { from: ["2025-02-01T00:00:00Z"], until: ["2025-02-01T00:00:00Z"] };
  assert.throws(() => wantedCondition("serverless-cache", wanted, now), /--until is not after --from/);
});

const names = policyNames("my-cache", "default.app");
const conditional = makePolicy(targets.group, "default.app", account, {
  StringEquals: { "aws:ResourceTag/team": ["blue", variable("aws:username")] },
});

test("make: for Terraform", () => {
  assert.equal(
    terraformPolicy(conditional, names),
    `data "aws_iam_policy_document" "connect_my_cache_as_default_app" {
  statement {
    effect  = "Allow"
    actions = ["elasticache:Connect"]
    resources = [
      "arn:aws:elasticache:us-east-1:123456789012:replicationgroup:my-cache",
      "arn:aws:elasticache:us-east-1:123456789012:user:default.app",
    ]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/team"
      values   = ["blue", "$$${"{"}aws:username}"]
    }
  }
}

resource "aws_iam_policy" "connect_my_cache_as_default_app" {
  name   = "connect-my-cache-as-default.app"
  policy = data.aws_iam_policy_document.connect_my_cache_as_default_app.json
}
`,
  );
  assert.equal(hclText('%{if} 50% $5 "'), '"%%{if} 50% $5 \\""');
});

test("make: for CloudFormation", () => {
  assert.equal(
    cloudFormationPolicy(conditional, names, "Connect to my-cache."),
    `AWSTemplateFormatVersion: "2010-09-09"
Description: "Connect to my-cache."
Resources:
  ConnectMyCacheAsDefaultApp:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Description: "Connect to my-cache."
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: elasticache:Connect
            Resource:
              - arn:aws:elasticache:us-east-1:123456789012:replicationgroup:my-cache
              - arn:aws:elasticache:us-east-1:123456789012:user:default.app
            Condition:
              StringEquals:
                aws:ResourceTag/team:
                  - blue
                  - "${variable("aws:username")}"
Outputs:
  PolicyArn:
    Value:
      Ref: ConnectMyCacheAsDefaultApp
`,
  );
});

test("make: what YAML would read as something else stands in quotes", () => {
  const quoted = [
    "no",
    "On",
    "y",
    "true",
    "null",
    "~",
    "12e3",
    "0x1f",
    "2012-10-17",
    "a: b",
    "a #b",
    "x:",
    "",
    " x",
    "-",
    "*",
    "&a",
  ];
  for (const text of [...quoted, "!x", "[x", "{x", "a\nb", "%x", "@x"]) {
    assert.equal(
      toYaml({ [text]: [text, { a: text }] }),
      `${JSON.stringify(text)}:\n  - ${JSON.stringify(text)}\n  - a: ${JSON.stringify(text)}\n`,
    );
  }
  assert.equal(
    toYaml({ a: 1, b: false, c: [], d: {}, e: "arn:aws:x" }),
    "a: 1\nb: false\nc: []\nd: {}\ne: arn:aws:x\n",
  );
});

test("make: for a template of somebody else's", () => {
  assert.deepEqual(managedPolicy(conditional, "Connect."), {
    Type: "AWS::IAM::ManagedPolicy",
    Properties: { Description: "Connect.", PolicyDocument: conditional },
  });
});

test("make: the longest names give a name that IAM takes", () => {
  const { name, label } = policyNames("c".repeat(63), `u${"-u".repeat(60)}`);
  assert.ok(name.length === 128 && /^[\w+=,.@-]+$/.test(name));
  assert.match(label, /^[a-z]\w*$/);
});
