import { makePolicy } from "../../policy/make-policy.ts";
import { toYaml } from "../../policy/to-yaml.ts";
import { type Choices, describe } from "../choices.ts";
import { trustPolicy } from "../trust-policy.ts";
import { head } from "./by-hand.ts";
import { elastiCacheResources, memoryDbResources, type Resources } from "./cloudformation-cache.ts";

/** The set-up as a template for a stack. ARNs have the stack's account; one that is named is compared with it. */
export function cloudFormation(choices: Choices): string {
  const { target, existing, accountId } = choices;
  const caches = target.kind === "memorydb-cluster" ? memoryDbResources(choices) : elastiCacheResources(choices);
  const resources = { ...caches.resources, ...iamResources(choices) };
  // A template can refuse no account, but make nothing there.
  const only = accountId === null ? {} : { Condition: "IsAccount" };
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: `IAM logins of ${choices.user} to ${target.name}`,
    ...(accountId === null
      ? {}
      : { Conditions: { IsAccount: { "Fn::Equals": [{ Ref: "AWS::AccountId" }, accountId] } } }),
    Resources: Object.fromEntries(Object.entries(resources).map(([name, one]) => [name, { ...one, ...only }])),
    ...(existing.includes("cache") ? {} : { Outputs: { Endpoint: { ...only, Value: caches.endpoint } } }),
  };
  return `${head(choices, "cloudformation")}${toYaml(template)}`;
}

const account = `\${AWS::AccountId}`;

function iamResources(choices: Choices): Resources {
  const { target, user, names, existing } = choices;
  const hasRole = existing.includes("role");
  const permissions = filledIn(makePolicy(target, user, account));
  const policy = {
    Type: "AWS::IAM::ManagedPolicy",
    Properties: {
      ManagedPolicyName: names.policy,
      Description: describe(choices),
      PolicyDocument: permissions,
      Roles: [hasRole ? names.role : { Ref: "Role" }],
    },
  };
  const role = {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName: names.role,
      Description: describe(choices),
      AssumeRolePolicyDocument: filledIn(trustPolicy(choices, account)),
    },
  };
  return { ...(hasRole ? {} : { Role: role }), ConnectPolicy: policy };
}

/** Every text that names the account is one that CloudFormation fills in. */
function filledIn(value: unknown): unknown {
  if (typeof value === "string") return value.includes(account) ? { "Fn::Sub": value } : value;
  if (Array.isArray(value)) return value.map(filledIn);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filledIn(inner)]));
}
