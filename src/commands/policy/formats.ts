import type { ConnectPolicy } from "../../policy/make-policy.ts";
import { cloudFormationPolicy } from "../../policy/policy-cloudformation.ts";
import { policyNames } from "../../policy/policy-names.ts";
import { terraformPolicy } from "../../policy/policy-terraform.ts";
import { kinds, type Target } from "../../target/kinds.ts";

export const policyFormats = ["json", "terraform", "cloudformation"] as const;
export type PolicyFormat = (typeof policyFormats)[number];

export function isPolicyFormat(text: string): text is PolicyFormat {
  return policyFormats.some((format) => format === text);
}

/** The policy in a format, a line each. */
export function policyLines(policy: ConnectPolicy, format: PolicyFormat, target: Target, user: string): string[] {
  const names = policyNames(target.name, user);
  const description = `Lets ${user} connect to the ${kinds[target.kind].label} ${target.name}.`;
  const text = {
    json: () => JSON.stringify(policy, null, 2),
    terraform: () => terraformPolicy(policy, names),
    cloudformation: () => cloudFormationPolicy(policy, names, description),
  }[format]();
  return text.trimEnd().split("\n");
}
