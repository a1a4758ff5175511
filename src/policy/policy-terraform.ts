import type { ConnectPolicy } from "./make-policy.ts";
import type { PolicyNames } from "./policy-names.ts";

/** The policy for Terraform and OpenTofu: a document, and the managed policy that has it. */
export function terraformPolicy(policy: ConnectPolicy, { name, label }: PolicyNames): string {
  const [{ Action, Resource, Condition = {} }] = policy.Statement;
  const conditions = Object.entries(Condition).flatMap(([test, keys]) =>
    Object.entries(keys).map(([variable, values]) => conditionBlock(test, variable, [values].flat())),
  );
  return `data "aws_iam_policy_document" ${hclText(label)} {
  statement {
    effect  = "Allow"
    actions = [${hclText(Action)}]
    resources = [
${Resource.map((arn) => `      ${hclText(arn)},\n`).join("")}    ]
${conditions.join("")}  }
}

resource "aws_iam_policy" ${hclText(label)} {
  name   = ${hclText(name)}
  policy = data.aws_iam_policy_document.${label}.json
}
`;
}

/**
 * A text as HCL has it. What HCL would fill in, it leaves: `${aws:username}` is the policy's own variable.
 *
 * @example
 * ```ts
 * hclText('50%{ "a" }'); // '"50%%{ \\"a\\" }"'
 * ```
 */
export function hclText(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, "$&$&");
}

function conditionBlock(test: string, variable: string, values: readonly string[]): string {
  return `
    condition {
      test     = ${hclText(test)}
      variable = ${hclText(variable)}
      values   = [${values.map(hclText).join(", ")}]
    }
`;
}
