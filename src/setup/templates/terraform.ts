import { makePolicy } from "../../policy/make-policy.ts";
import { hclText } from "../../policy/policy-terraform.ts";
import type { Choices } from "../choices.ts";
import { trustPolicy } from "../trust-policy.ts";
import { head } from "./by-hand.ts";
import { type Block, blockText, expression, type Hcl } from "./hcl.ts";
import { elastiCacheBlocks, memoryDbBlocks } from "./terraform-cache.ts";

/** The set-up as a root module for Terraform and OpenTofu. */
export function terraform(choices: Choices): string {
  const { target, accountId, profile } = choices;
  const provider: Block = {
    head: 'provider "aws"',
    values: { region: target.region, profile, allowed_account_ids: accountId === null ? null : [accountId] },
  };
  const caches = target.kind === "memorydb-cluster" ? memoryDbBlocks(choices) : elastiCacheBlocks(choices);
  const all = [versions, provider, ...accountBlocks(choices), ...caches, ...iamBlocks(choices)];
  return `${head(choices, "terraform")}${all.map(blockText).join("\n\n")}\n`;
}

const versions: Block = {
  head: "terraform",
  values: {},
  blocks: [
    { head: "required_providers", values: { aws: expression('{ source = "hashicorp/aws", version = ">= 6.0" }') } },
  ],
};

/** Stands in ARNs where the account belongs; no name can hold it. */
const accountHere = "@account@";

function accountBlocks({ accountId }: Choices): Block[] {
  return accountId === null ? [{ head: 'data "aws_caller_identity" "current"', values: {} }] : [];
}

function iamBlocks(choices: Choices): Block[] {
  const { target, user, names, existing, accountId } = choices;
  const account = accountId ?? accountHere;
  const [{ Action, Resource }] = makePolicy(target, user, account).Statement;
  const statement = { actions: [Action], resources: Resource.map(arnValue) };
  return [
    {
      head: 'data "aws_iam_policy_document" "connect"',
      values: {},
      blocks: [{ head: "statement", values: statement }],
    },
    {
      head: 'resource "aws_iam_policy" "connect"',
      values: { name: names.policy, policy: expression("data.aws_iam_policy_document.connect.json") },
    },
    ...(existing.includes("role") ? [] : roleBlocks(choices, account)),
    {
      head: 'resource "aws_iam_role_policy_attachment" "connect"',
      values: {
        role: existing.includes("role") ? names.role : expression("aws_iam_role.connect.name"),
        policy_arn: expression("aws_iam_policy.connect.arn"),
      },
    },
  ];
}

function roleBlocks(choices: Choices, account: string): Block[] {
  const statements = trustPolicy(choices, account).Statement.map(({ Principal, Action }): Block => {
    const [[type = "", identifier = ""] = []] = Object.entries(Principal);
    return {
      head: "statement",
      values: { actions: [Action].flat() },
      blocks: [{ head: "principals", values: { type, identifiers: [arnValue(identifier)] } }],
    };
  });
  return [
    { head: 'data "aws_iam_policy_document" "trust"', values: {}, blocks: statements },
    {
      head: 'resource "aws_iam_role" "connect"',
      values: {
        name: choices.names.role,
        assume_role_policy: expression("data.aws_iam_policy_document.trust.json"),
      },
    },
  ];
}

function arnValue(arn: string): Hcl {
  const text = hclText(arn).replace(accountHere, `\${data.aws_caller_identity.current.account_id}`);
  return expression(text);
}
