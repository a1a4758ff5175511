/** What IAM refuses of a policy, and what is said of it, with where. */
const statement = { Effect: "Allow", Action: "elasticache:Connect", Resource: "*" };

export const refusedPolicies: readonly (readonly [value: unknown, says: string])[] = [
  [[], "a policy is an object"],
  ["x", "a policy is an object"],
  [null, "a policy is an object"],
  [{ Version: "2012-10-17" }, "it has no Statement"],
  [{ Statement: [] }, "it has no Statement"],
  [{ Version: "2025-01-01", Statement: statement }, 'there is no Version "2025-01-01"'],
  [{ Version: 1, Statement: statement }, "there is no Version that is a number"],
  [{ version: "2012-10-17", Statement: statement }, 'there is no element "version"'],
  [{ Statement: [statement, 1] }, "statement 2: a statement is an object"],
  [{ Statement: { ...statement, Effect: "allow" } }, "statement 1: Effect is neither Allow nor Deny"],
  [{ Statement: { Action: "a:b", Resource: "*" } }, "statement 1: Effect is missing"],
  [
    { Statement: { ...statement, Principal: "*" } },
    "statement 1: it has a Principal, which the policies of users and roles do not",
  ],
  [{ Statement: { ...statement, NotAction: "a:b" } }, "statement 1: it has Action and NotAction"],
  [{ Statement: { Effect: "Allow", Resource: "*" } }, "statement 1: Action is missing"],
  [{ Statement: { Effect: "Allow", Action: "a:b" } }, "statement 1: Resource is missing"],
  [{ Statement: { ...statement, Action: [] } }, "statement 1: Action is an empty list"],
  [{ Statement: { ...statement, Action: "Connect" } }, 'statement 1: "Connect" is no action'],
  [{ Statement: { ...statement, Resource: [1] } }, "statement 1: Resource is neither a text nor a list of texts"],
  [{ Statement: { effect: "Allow", Action: "a:b", Resource: "*" } }, 'statement 1: there is no element "effect"'],
  [{ Statement: { Effect: "Allow", actions: "a:b", Resource: "*" } }, 'statement 1: there is no element "actions"'],
  [
    { Statement: { Effect: "Allow", Action: "a:b", NotResources: "*" } },
    'statement 1: there is no element "NotResources"',
  ],
  [{ Statement: { ...statement, Resource: ["*", "my-user"] } }, 'statement 1: the resource "my-user" is no ARN'],
  [{ Statement: { ...statement, Resource: "" } }, 'statement 1: the resource "" is no ARN'],
  [{ Statement: { ...statement, Resource: "*user" } }, 'statement 1: the resource "*user" is no ARN'],
  [
    { Statement: { ...statement, Resource: "arn:aws-eu:s3:::x" } },
    'statement 1: the resource "arn:aws-eu:s3:::x" is of the partition "aws-eu", which there is not',
  ],
  [
    { Statement: { ...statement, Resource: "arn:aws:*:us-east-1:123456789012:user:x" } },
    'statement 1: the resource "arn:aws:*:us-east-1:123456789012:user:x" has no service, which must be written out',
  ],
  [
    { Statement: { ...statement, Resource: "arn:aws" } },
    'statement 1: the resource "arn:aws" has no service, which must be written out',
  ],
  [
    { Statement: { ...statement, Sid: "has space" } },
    "statement 1 (has space): its Sid has something other than letters and digits",
  ],
  [
    {
      Statement: [
        { ...statement, Sid: "A" },
        { ...statement, Sid: "A" },
      ],
    },
    "statement 2 (A): an earlier statement has the same Sid",
  ],
  [{ Statement: { ...statement, Conditions: {} } }, 'statement 1: there is no element "Conditions"'],
  [{ Statement: { ...statement, Condition: [] } }, "statement 1: Condition is no object"],
  [
    { Statement: { ...statement, Condition: { StringEqual: { a: "b" } } } },
    'statement 1: there is no condition operator "StringEqual"',
  ],
  [
    { Statement: { ...statement, Condition: { StringEquals: "b" } } },
    "statement 1: what stands under StringEquals is no object",
  ],
  [
    { Statement: { ...statement, Condition: { StringEquals: { a: [] } } } },
    'statement 1: the value of "a" is neither a text nor a list of texts',
  ],
  [
    { Statement: { ...statement, Condition: { StringEquals: { a: null } } } },
    'statement 1: the value of "a" is neither a text nor a list of texts',
  ],
];
