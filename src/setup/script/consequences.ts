import { type Choices, makesSubnetGroup, openAccess } from "../choices.ts";

/** What follows from it, and what was chosen where nobody chose: for the top of the script, a line each. */
export function consequences(choices: Choices): readonly string[] {
  const { existing, accountId } = choices;
  return [
    ...(accountId === null
      ? ["It works in the account of the credentials at hand; written with --account-id ID it refuses every other."]
      : [`It works in the account ${accountId} alone.`]),
    existing.includes("cache")
      ? "LOCKS OUT: once the cache has its first group, who logs in without a user, or as one not in the group, does not get in."
      : cacheWords(choices),
    ...accessWords(choices),
    ...trustWords(choices),
  ];
}

function cacheWords(choices: Choices): string {
  const { target, nodeType, network } = choices;
  const where =
    makesSubnetGroup(choices) || network.subnetGroup !== null || network.subnetIds.length > 0
      ? "in the subnets that were named"
      : "in the default VPC (--subnet-id names others)";
  return target.kind === "serverless-cache"
    ? `The cache is ${where}. AWS charges for it until it is deleted.`
    : `The cache has two nodes, ${nodeType}, ${where}. AWS charges for both until they are deleted.`;
}

function accessWords({ existing, access }: Choices): string[] {
  if (existing.includes("user")) return access === null ? ["What the user may do stays as it is."] : [];
  return access === null ? [`The user may do everything, ${openAccess}: --access says less.`] : [];
}

function trustWords({ existing, trust }: Choices): string[] {
  if (existing.includes("role")) return ["Who may take the role on stays as it is."];
  if (trust.services.length + trust.arns.length > 0) return [];
  return [
    "The role is for whoever in the account has a policy that allows taking it on, and for no service: --trust-service names one.",
  ];
}
