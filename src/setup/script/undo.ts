import { kinds } from "../../target/kinds.ts";
import type { Choices } from "../choices.ts";
import { aws } from "./flags.ts";
import { oneLine } from "./shell-words.ts";
import type { Words } from "./step.ts";
import { stepsOf } from "./steps.ts";

/** How what the script makes is taken away again, as comments: the last thing first, for the earlier ones are in use by it. */
export function undoText(choices: Choices): string {
  const { names, existing, accountId, target } = choices;
  const arn = `arn:${target.partition}:iam::${accountId ?? "ACCOUNT"}:policy/${names.policy}`;
  const detach = aws(choices, "iam", "detach-role-policy", { "role-name": names.role, "policy-arn": arn });
  const made = stepsOf(choices)
    .filter(({ make }) => make !== null)
    .toReversed()
    .map(({ id }) => deletion(choices, id, arn));
  return [
    "# To take away what this made, in this order; a cache takes minutes, and its data is gone with it:",
    ...[detach, ...made].map((words) => `#   ${oneLine(words)}`),
    ...(existing.length === 0 ? [] : ["# What was there before, and was changed, stays changed."]),
  ].join("\n");
}

function deletion(choices: Choices, id: string, policyArn: string): Words {
  const { target, user, names } = choices;
  if (id === "role") return aws(choices, "iam", "delete-role", { "role-name": names.role });
  if (id === "policy") return aws(choices, "iam", "delete-policy", { "policy-arn": policyArn });
  const isMemoryDb = target.kind === "memorydb-cluster";
  const { service } = kinds[target.kind];
  const operations: Readonly<Record<string, readonly [operation: string, flag: string, value: string]>> = {
    user: ["delete-user", isMemoryDb ? "user-name" : "user-id", user],
    default_user: ["delete-user", "user-id", names.defaultUser],
    group: isMemoryDb ? ["delete-acl", "acl-name", names.group] : ["delete-user-group", "user-group-id", names.group],
    subnet_group: isMemoryDb
      ? ["delete-subnet-group", "subnet-group-name", names.subnetGroup]
      : ["delete-cache-subnet-group", "cache-subnet-group-name", names.subnetGroup],
    cache: {
      "replication-group": ["delete-replication-group", "replication-group-id", target.name],
      "serverless-cache": ["delete-serverless-cache", "serverless-cache-name", target.name],
      "memorydb-cluster": ["delete-cluster", "cluster-name", target.name],
    }[target.kind] as [string, string, string],
  };
  const [operation, flag, value] = operations[id] ?? ["", "", ""];
  return aws(choices, service, operation, { [flag]: value });
}
