/** The policy as Terraform and CloudFormation, before others' eyes: cfn-lint finds nothing, python-hcl2 reads what was meant. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { policyLines } from "../../src/commands/policy/formats.ts";
import { type ConnectPolicy, makePolicy } from "../../src/policy/make-policy.ts";
import { wantedCondition } from "../../src/policy/wanted-condition.ts";
import { kinds, type Target } from "../../src/target/kinds.ts";
import { partitionOf } from "../../src/target/regions.ts";
import { withDirectory } from "../app/program.ts";
import { variable } from "../policy/sample.ts";
import { venv } from "./witness.ts";

const python = venv("policy-formats", ["cfn-lint==1.58.0", "python-hcl2==8.1.4"]);

function targetOf(kind: Target["kind"], region: string): Target {
  return {
    service: kinds[kind].service,
    kind,
    name: "my-cache",
    region,
    partition: partitionOf(region),
    endpoint: null,
  };
}

/** A policy of each kind, in several partitions, and what conditions can have in them. */
const made: readonly (readonly [Target, ConnectPolicy])[] = (
  [
    ["replication-group", "us-east-1", {}],
    [
      "replication-group",
      "us-gov-west-1",
      {
        "source-ip": ["10.0.0.0/8", "2001:db8::/32"],
        "resource-tag": ["cost center=a: b", `team=${variable("aws:PrincipalTag/team")}`, "no=no", "empty=", "on=- x"],
      },
    ],
    [
      "serverless-cache",
      "cn-north-1",
      { "vpc-source-ip": ["10.0.0.0/16"], "source-vpc": ["vpc-0a1b2c3d"], until: ["2030-01-01T00:00:00Z"] },
    ],
    ["memorydb-cluster", "eu-west-1", { "resource-tag": ["über=größe", "@x=1", "true=12e3"] }],
  ] as const
).map(([kind, region, wanted]) => {
  const target = targetOf(kind, region);
  const condition = wantedCondition(kind, wanted, new Date("2025-01-01T00:00:00Z"));
  return [target, makePolicy(target, "default.app", "123456789012", condition)] as const;
});

function cfnLint(python: string, files: readonly string[]): string {
  // Its script names the folder that the venv was made in, which is another.
  const script = "import sys; from cfnlint.runner import main; sys.argv[0] = 'cfn-lint'; sys.exit(main())";
  const args = ["-c", script, "--include-checks", "I", "--", ...files];
  const { stdout, stderr, error } = spawnSync(python, args, { encoding: "utf8" });
  assert.deepEqual([error, stderr], [undefined, ""]);
  return stdout;
}

/** Runs a script of Python over the files of a format, one a policy. */
async function over(python: string, format: "terraform" | "cloudformation", ending: string, script: string) {
  return withDirectory(async (directory) => {
    const files = made.map(([target, policy], index) => {
      const file = join(directory, `${index}.${ending}`);
      writeFileSync(file, `${policyLines(policy, format, target, "default.app").join("\n")}\n`);
      return file;
    });
    const lint = format === "cloudformation" ? cfnLint(python, files) : "";
    const { status, stdout, stderr } = spawnSync(python, ["-c", script, ...files], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return { read: JSON.parse(stdout) as readonly unknown[], lint };
  });
}

if (python !== null) {
  test("policy: cfn-lint finds nothing in the templates, and they hold the policies", async () => {
    const { read, lint } = await over(
      python,
      "cloudformation",
      "yaml",
      "import json, sys, yaml\nprint(json.dumps([yaml.safe_load(open(file)) for file in sys.argv[1:]]))",
    );
    assert.equal(lint, "");
    for (const [index, template] of read.entries()) {
      const [resource] = Object.values((template as { Resources: Record<string, Resource> }).Resources);
      assert.deepEqual(resource?.Properties.PolicyDocument, made[index]?.[1]);
    }
  });

  test("policy: cfn-lint finds what is wrong in a template", () =>
    withDirectory(async (directory) => {
      const [target, policy] = made[0] ?? assert.fail();
      const file = join(directory, "broken.yaml");
      const text = policyLines(policy, "cloudformation", target, "default.app").join("\n");
      writeFileSync(file, text.replace("PolicyDocument:", "Document:"));
      assert.match(cfnLint(python, [file]), /^E\d{4}/m);
    }));

  test("policy: python-hcl2 reads the Terraform files as they were meant", async () => {
    const { read } = await over(
      python,
      "terraform",
      "tf",
      "import hcl2, json, sys\nprint(json.dumps([hcl2.load(open(file)) for file in sys.argv[1:]]))",
    );
    for (const [index, module] of read.entries()) {
      const text = JSON.stringify(module);
      const [statement] = made[index]?.[1].Statement ?? [];
      for (const arn of statement?.Resource ?? []) assert.ok(text.includes(arn), arn);
      const { data, resource } = module as Record<"data" | "resource", readonly Record<string, unknown>[]>;
      const unquoted = (name = "") => name.replaceAll('"', "");
      assert.deepEqual(
        [data, resource].map(([block = {}]) => unquoted(Object.keys(block)[0])),
        ["aws_iam_policy_document", "aws_iam_policy"],
      );
      const conditions = Object.values(statement?.Condition ?? {}).flatMap((keys) => Object.keys(keys));
      assert.equal(text.match(/variable/g)?.length ?? 0, conditions.length);
    }
  });
}

interface Resource {
  readonly Properties: { readonly PolicyDocument: unknown };
}
