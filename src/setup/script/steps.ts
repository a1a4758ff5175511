import { type Choices, makesSubnetGroup, needsDefaultUser } from "../choices.ts";
import {
  replicationGroupEndpoint,
  replicationGroupStep,
  serverlessEndpoint,
  serverlessStep,
  subnetGroupStep,
} from "./elasticache-cache.ts";
import { defaultUserStep, groupStep, userStep } from "./elasticache-users.ts";
import { policyStep, roleStep } from "./iam.ts";
import { aclStep, clusterEndpoint, clusterStep, memoryDbSubnetGroupStep, memoryDbUserStep } from "./memorydb.ts";
import type { Step } from "./step.ts";

/** In their order: a cache is made with its group, so that it is never open to all, and a group with its users. */
export function stepsOf(choices: Choices): readonly Step[] {
  return [...cacheSteps(choices), policyStep(choices), roleStep(choices)];
}

/** What asks the description of the cache for its endpoint. */
export function endpointOf({ target }: Pick<Choices, "target">): string {
  const of = {
    "replication-group": replicationGroupEndpoint,
    "serverless-cache": serverlessEndpoint,
    "memorydb-cluster": clusterEndpoint,
  };
  return of[target.kind];
}

function cacheSteps(choices: Choices): readonly Step[] {
  if (choices.target.kind === "memorydb-cluster") {
    return [
      memoryDbUserStep(choices),
      aclStep(choices),
      ...(makesSubnetGroup(choices) ? [memoryDbSubnetGroupStep(choices)] : []),
      clusterStep(choices),
    ];
  }
  return [
    ...(needsDefaultUser(choices) ? [defaultUserStep(choices)] : []),
    userStep(choices),
    groupStep(choices),
    ...(makesSubnetGroup(choices) ? [subnetGroupStep(choices)] : []),
    choices.target.kind === "serverless-cache" ? serverlessStep(choices) : replicationGroupStep(choices),
  ];
}
