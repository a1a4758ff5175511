import type { Kind } from "../target/kinds.ts";

/** What each kind's records are read with; tags where a condition asks for one. GetCallerIdentity needs no permission. */
const ofKind: Readonly<Record<Kind, readonly string[]>> = {
  "replication-group": [
    "elasticache:DescribeReplicationGroups",
    "elasticache:DescribeCacheClusters",
    "elasticache:DescribeUsers",
    "elasticache:DescribeUserGroups",
    "elasticache:ListTagsForResource",
  ],
  "serverless-cache": [
    "elasticache:DescribeServerlessCaches",
    "elasticache:DescribeUsers",
    "elasticache:DescribeUserGroups",
    "elasticache:ListTagsForResource",
  ],
  "memorydb-cluster": [
    "memorydb:DescribeClusters",
    "memorydb:DescribeUsers",
    "memorydb:DescribeACLs",
    "memorydb:ListTags",
  ],
};

const ofIam = ["iam:GetRole", "iam:SimulatePrincipalPolicy"];

/**
 * All that an examination asks AWS for, as a policy. Every action reads and changes nothing.
 *
 * @param kind null for every kind
 */
export function permissionsPolicy(kind: Kind | null) {
  const actions = [...(kind === null ? Object.values(ofKind).flat() : ofKind[kind]), ...ofIam];
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "CacheauthDoctor", Effect: "Allow", Action: [...new Set(actions)], Resource: "*" }],
  } as const;
}
