import { type Choices, cacheDescription, makesSubnetGroup, openAccess } from "../choices.ts";
import { accessChecks } from "./access-check.ts";
import { groupCheck } from "./elasticache-cache.ts";
import { aws } from "./flags.ts";
import { openMemberChecks } from "./open-member-check.ts";
import { rerunWith } from "./rerun.ts";
import type { Step } from "./step.ts";

export const clusterEndpoint = "Clusters[0].ClusterEndpoint.Address";

export function memoryDbUserStep(choices: Choices): Step {
  const { user, access, existing } = choices;
  const exists = existing.includes("user");
  const values = { "user-name": user, "authentication-mode": "Type=iam" };
  return {
    id: "user",
    what: `the user ${user}`,
    about: "The user, with IAM authentication.",
    look: aws(choices, "memorydb", "describe-users", { "user-name": user }),
    make: exists ? null : aws(choices, "memorydb", "create-user", { ...values, "access-string": access ?? openAccess }),
    checks: [
      {
        ask: "Users[0].Authentication.Type",
        // What it may do is said anew: AWS may tell the same in other words.
        good: exists && access !== null ? [] : ["iam"],
        changeable: exists ? ["*"] : [],
        change: exists ? aws(choices, "memorydb", "update-user", { ...values, "access-string": access }) : null,
        wanted: "iam",
        otherwise: rerunWith(`the user ${user} is there without IAM authentication`, "user"),
      },
      ...accessChecks(choices),
    ],
    status: "Users[0].Status",
  };
}

export function aclStep(choices: Choices): Step {
  const { user, names, existing } = choices;
  const exists = existing.includes("group");
  const id = { "acl-name": names.group };
  return {
    id: "group",
    what: `the ACL ${names.group}`,
    about: "The ACL, which the cluster is given: who is not in it does not get in.",
    look: aws(choices, "memorydb", "describe-acls", id),
    make: exists ? null : aws(choices, "memorydb", "create-acl", { ...id, "user-names": user }),
    checks: [
      {
        ask: `to_string(contains(ACLs[0].UserNames, '${user}'))`,
        good: ["true"],
        changeable: exists ? ["*"] : [],
        change: exists ? aws(choices, "memorydb", "update-acl", { ...id, "user-names-to-add": user }) : null,
        wanted: "true",
        otherwise: rerunWith(`the ACL ${names.group} is there without ${user}`, "group"),
      },
      ...openMemberChecks(choices, "ACLNames", "Name"),
    ],
    status: "ACLs[0].Status",
  };
}

export function clusterStep(choices: Choices): Step {
  const { target, names, engine, network, existing } = choices;
  const exists = existing.includes("cache");
  const what = `the cluster ${target.name}`;
  const id = { "cluster-name": target.name };
  const attach = aws(choices, "memorydb", "update-cluster", { ...id, "acl-name": names.group });
  return {
    id: "cache",
    what,
    about: exists
      ? "The cluster gets the ACL. From then on who logs in without a user is locked out."
      : "The cluster, with TLS, which IAM authentication needs, and closed to all but its ACL from the start.",
    look: aws(choices, "memorydb", "describe-clusters", id),
    make: exists
      ? null
      : aws(choices, "memorydb", "create-cluster", {
          ...id,
          description: cacheDescription,
          "node-type": choices.nodeType,
          engine,
          "engine-version": choices.engineVersion,
          "num-shards": 1,
          "num-replicas-per-shard": 1,
          "tls-enabled": true,
          "acl-name": names.group,
          "subnet-group-name": makesSubnetGroup(choices) ? names.subnetGroup : network.subnetGroup,
          "security-group-ids": network.securityGroupIds,
        }),
    checks: [
      {
        ask: "Clusters[0].TLSEnabled",
        good: ["True"],
        changeable: [],
        change: null,
        otherwise: `${what} has no TLS, without which there is no IAM authentication, and MemoryDB turns it on for new clusters alone: make another from a snapshot`,
      },
      groupCheck(choices, "Clusters[0].ACLName", ["open-access"], attach),
    ],
    status: "Clusters[0].Status",
  };
}

export function memoryDbSubnetGroupStep(choices: Choices): Step {
  const { names, network } = choices;
  const id = { "subnet-group-name": names.subnetGroup };
  return {
    id: "subnet_group",
    what: `the subnet group ${names.subnetGroup}`,
    about: "The subnets that the cluster's nodes stand in.",
    look: aws(choices, "memorydb", "describe-subnet-groups", id),
    make: aws(choices, "memorydb", "create-subnet-group", {
      ...id,
      description: cacheDescription,
      "subnet-ids": network.subnetIds,
    }),
    checks: [],
    status: null,
  };
}
