import type { ConnectPolicy } from "./make-policy.ts";
import type { PolicyNames } from "./policy-names.ts";
import { toYaml } from "./to-yaml.ts";

/** The managed policy as a resource of a template. It has no name of its own, so that CAPABILITY_IAM is enough. */
export function managedPolicy(policy: ConnectPolicy, description: string): object {
  return { Type: "AWS::IAM::ManagedPolicy", Properties: { Description: description, PolicyDocument: policy } };
}

/** A template of the policy alone, whose ARN is the output PolicyArn. */
export function cloudFormationPolicy(policy: ConnectPolicy, { logicalId }: PolicyNames, description: string): string {
  return toYaml({
    AWSTemplateFormatVersion: "2010-09-09",
    Description: description,
    Resources: { [logicalId]: managedPolicy(policy, description) },
    Outputs: { PolicyArn: { Value: { Ref: logicalId } } },
  });
}
