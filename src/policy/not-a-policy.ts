import type { JsonFault } from "./json-fault.ts";
import { type Fault, isObject } from "./parse-faults.ts";

/** What people hand in for a policy: an answer of AWS that has none, with how to get at it. */
const lookalikes: readonly (readonly [names: readonly string[], what: string, fix: string])[] = [
  [
    ["AssumeRolePolicyDocument"],
    "it is the trust policy of a role, which says who may take the role and not what that may do",
    "List the role's policies with `aws iam list-role-policies --role-name ROLE` and `aws iam list-attached-role-policies --role-name ROLE`.",
  ],
  [
    ["AttachedPolicies", "PolicyNames"],
    "it is a list of policies, without their documents",
    "Get each with `aws iam get-policy-version` or `aws iam get-role-policy`, and hand them in together, each with a --check of its own.",
  ],
  [
    ["DefaultVersionId"],
    "it is the description of a policy, without its document",
    "Get that with `aws iam get-policy-version --policy-arn ARN --version-id VERSION`; the version to ask for is its DefaultVersionId.",
  ],
  [
    ["Versions"],
    "it is a list of a policy's versions, without their documents",
    "Get the default one with `aws iam get-policy-version --policy-arn ARN --version-id VERSION`.",
  ],
  [
    ["AWSTemplateFormatVersion", "Resources"],
    "it is a CloudFormation template",
    "Hand in the PolicyDocument of one of its resources.",
  ],
];

/** Why an object is no policy, where that can be told; null where it may be one. */
export function notAPolicy(value: unknown): Fault | null {
  if (!isObject(value) || "Statement" in value) return null;
  // `aws iam get-role` has it in a Role, get-policy in a Policy.
  const inside = [value, ...["Role", "Policy"].map((name) => value[name]).filter(isObject)];
  for (const [names, what, fix] of lookalikes) {
    if (inside.some((one) => names.some((name) => name in one))) return { place: null, what, fix };
  }
  return null;
}

/** What is wrong with a text that is no JSON; other forms of policies are named. */
export function textFault(text: string, { line, column, what }: JsonFault): Fault {
  if (text === "") return { place: null, what: "the file is empty", fix: `Hand in the document. ${printed}` };
  if (text.trim() === "") {
    return { place: null, what: "there is nothing but white space in it", fix: `Hand in the document. ${printed}` };
  }
  const form = formOf(text);
  if (form !== null) {
    const fix = form === "Terraform" ? terraformPrints : `Hand in the document as IAM has it. ${printed}`;
    return { place: null, what: `it is ${form}, and a policy is JSON`, fix };
  }
  return { place: `line ${line}, column ${column}`, what: `there is ${what}`, fix: "Mend the JSON at that place." };
}

const printed = "`aws iam get-policy-version` and `aws iam get-role-policy` print it.";
const terraformPrints = `Hand in the document as Terraform has it: \`terraform show -json | jq -r '.values.root_module.resources[] | select(.address == "aws_iam_policy.NAME").values.policy'\` prints what was applied.`;

function formOf(text: string): string | null {
  if (/^\s*(?:resource|data|module|terraform|provider|variable|locals|output)\b[^\n]*\{/m.test(text))
    return "Terraform";
  if (/^\s*(?:---\s)?(?:["']?[A-Za-z][\w-]*["']?:(?:\s|$))/.test(text)) return "YAML";
  return null;
}
