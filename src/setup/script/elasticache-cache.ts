import { type Choices, cacheDescription, makesSubnetGroup } from "../choices.ts";
import { engineCheck } from "./engine-check.ts";
import { aws } from "./flags.ts";
import { rerunWith } from "./rerun.ts";
import type { Step, Words } from "./step.ts";

/** Where the endpoint stands in what describes the cache. */
export const replicationGroupEndpoint =
  "ReplicationGroups[0] | (ConfigurationEndpoint || NodeGroups[0].PrimaryEndpoint).Address";
export const serverlessEndpoint = "ServerlessCaches[0].Endpoint.Address";

export function replicationGroupStep(choices: Choices): Step {
  const { target, names, engine, network, existing } = choices;
  const exists = existing.includes("cache");
  const what = `the replication group ${target.name}`;
  const id = { "replication-group-id": target.name };
  const attach = aws(choices, "elasticache", "modify-replication-group", {
    ...id,
    "user-group-ids-to-add": names.group,
    "apply-immediately": true,
  });
  return {
    id: "cache",
    what,
    about: exists
      ? "The cache gets the user group. From then on who logs in without a user, or with AUTH's token alone, is locked out."
      : "The cache, with TLS, which IAM authentication needs, and closed to all but its group from the start.",
    look: aws(choices, "elasticache", "describe-replication-groups", id),
    make: exists
      ? null
      : aws(choices, "elasticache", "create-replication-group", {
          ...id,
          "replication-group-description": cacheDescription,
          engine,
          "engine-version": choices.engineVersion,
          "cache-node-type": choices.nodeType,
          "num-cache-clusters": 2,
          "automatic-failover-enabled": true,
          "transit-encryption-enabled": true,
          "at-rest-encryption-enabled": true,
          "user-group-ids": names.group,
          "cache-subnet-group-name": makesSubnetGroup(choices) ? names.subnetGroup : network.subnetGroup,
          "security-group-ids": network.securityGroupIds,
        }),
    checks: [
      {
        ask: "ReplicationGroups[0].TransitEncryptionEnabled",
        good: ["True"],
        changeable: [],
        change: null,
        otherwise: `${what} has no TLS, without which there is no IAM authentication: turn it on first (modify-replication-group --transit-encryption-enabled, in the modes preferred and then required)`,
      },
      ...ownEngine(choices, what, "ReplicationGroups[0].Engine"),
      groupCheck(choices, "ReplicationGroups[0].UserGroupIds[0]", ["None"], attach),
    ],
    status: "ReplicationGroups[0].Status",
  };
}

export function serverlessStep(choices: Choices): Step {
  const { target, names, engine, network, existing } = choices;
  const exists = existing.includes("cache");
  const what = `the serverless cache ${target.name}`;
  const id = { "serverless-cache-name": target.name };
  const attach = aws(choices, "elasticache", "modify-serverless-cache", { ...id, "user-group-id": names.group });
  return {
    id: "cache",
    what,
    about: exists
      ? "The cache gets the user group. From then on who logs in without a user is locked out."
      : "The cache, which as a serverless one always has TLS, closed to all but its group from the start.",
    look: aws(choices, "elasticache", "describe-serverless-caches", id),
    make: exists
      ? null
      : aws(choices, "elasticache", "create-serverless-cache", {
          ...id,
          description: cacheDescription,
          engine,
          "major-engine-version": choices.engineVersion,
          "user-group-id": names.group,
          "subnet-ids": network.subnetIds,
          "security-group-ids": network.securityGroupIds,
        }),
    checks: [
      ...ownEngine(choices, what, "ServerlessCaches[0].Engine"),
      groupCheck(choices, "ServerlessCaches[0].UserGroupId", ["None"], attach),
    ],
    status: "ServerlessCaches[0].Status",
  };
}

export function subnetGroupStep(choices: Choices): Step {
  const { names, network } = choices;
  const id = { "cache-subnet-group-name": names.subnetGroup };
  return {
    id: "subnet_group",
    what: `the subnet group ${names.subnetGroup}`,
    about: "The subnets that the cache's nodes stand in.",
    look: aws(choices, "elasticache", "describe-cache-subnet-groups", id),
    make: aws(choices, "elasticache", "create-cache-subnet-group", {
      ...id,
      "cache-subnet-group-description": cacheDescription,
      "subnet-ids": network.subnetIds,
    }),
    checks: [],
    status: null,
  };
}

/** A group that exists has been checked itself, and may stem from before an upgrade of the cache. */
function ownEngine({ engine, existing }: Choices, what: string, ask: string): Step["checks"] {
  return existing.includes("cache") && !existing.includes("group") ? [engineCheck(what, ask, engine)] : [];
}

/** A cache has one user group, or ACL, at most: another's is not taken away. */
export function groupCheck(
  { names, existing }: Choices,
  ask: string,
  changeable: readonly string[],
  change: Words,
): Step["checks"][number] {
  const exists = existing.includes("cache");
  return {
    ask,
    good: [names.group],
    changeable: exists ? changeable : [],
    change: exists ? change : null,
    wanted: names.group,
    warns: "from now on who logs in without a user, or as one that is not in it, is locked out",
    otherwise: exists
      ? "the cache has another group, $answer, and can have one alone: run cacheauth setup with --existing cache,group --group $answer"
      : rerunWith("the cache is there, and its group is $answer", "cache"),
  };
}
