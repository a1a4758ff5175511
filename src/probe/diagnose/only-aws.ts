/** What only AWS's records tell of a refused login, and the command that asks for each: the commonest causes first. */
import type { Finding } from "../../findings/finding.ts";
import { shellWord } from "../../findings/shell-word.ts";
import { kinds, type Target } from "../../target/kinds.ts";
import { partitionOf } from "../../target/regions.ts";
import { accountOf } from "../../token/access-key.ts";
import { liveFinding } from "../finding.ts";

/** Null is not known; then the command says what to put in its place. */
export interface Signed {
  readonly kind: Target["kind"];
  readonly name: string;
  readonly region: string | null;
  readonly user: string;
  readonly accessKeyId: string | null;
  /** Whether the endpoint tells which cache answers: a tunnel, or a name of one's own, does not. */
  readonly isTold: boolean;
}

export function onlyAwsTells(given: Signed): readonly Finding[] {
  // What stands in a command must be nothing else to a shell, and what is no key id may be a secret.
  const signed = {
    ...given,
    region: given.region !== null && /^[a-z0-9-]{1,32}$/.test(given.region) ? given.region : null,
    accessKeyId: given.accessKeyId !== null && /^[A-Z0-9]{16,32}$/.test(given.accessKeyId) ? given.accessKeyId : null,
  };
  const possible = (rule: Parameters<typeof liveFinding>[0], message: string, fix: string) =>
    liveFinding(rule, message, fix, "possible");
  const { kind, user, name } = signed;
  const ask = commands(signed);
  const groups = kind === "memorydb-cluster" ? "ACL" : "user group";
  return [
    possible(
      "policy-user-denied",
      `The policy of whoever signed perhaps does not allow ${ask.action} on both: the cache and the user ${user}. The user's ARN is forgotten most often.`,
      `This must say allowed twice: \`${ask.simulate}\``,
    ),
    possible(
      "user-not-iam",
      `Perhaps there is no user ${user}, or it is off, or of another type than iam${kind === "memorydb-cluster" ? "" : "; its id and name must be the same"}.`,
      `This must show ${kind === "memorydb-cluster" ? "" : "the same name, "}iam, active, and an access string that begins with on: \`${ask.user}\``,
    ),
    possible(
      "user-not-in-group",
      `The user ${user} is perhaps in no ${groups} of the cache.`,
      `This must list ${user} in ${kind === "memorydb-cluster" ? "an" : "a"} ${groups}: \`${ask.members}\``,
    ),
    possible(
      "group-not-attached",
      `Perhaps no ${groups} with the user is attached to ${name}, or a change of it has not been applied yet.`,
      `This must show that ${groups}, and available: \`${ask.attached}\``,
    ),
    possible(
      "credentials-expired",
      `The keys that signed${signed.accessKeyId === null ? "" : ` (${signed.accessKeyId})`} are perhaps no longer valid, or of another account than the cache.`,
      `This must answer, with those keys, and name the account of the cache: \`${ask.identity}\``,
    ),
    // What is serverless is never older than that.
    ...(kind === "serverless-cache"
      ? []
      : [
          possible(
            "engine-too-old",
            kind === "memorydb-cluster"
              ? "The engine is perhaps older than Redis OSS 7.0 or Valkey 7.2, or in-transit encryption is off."
              : "The engine is perhaps older than Valkey 7.2 or Redis OSS 7.0.",
            `This tells: \`${ask.engine}\``,
          ),
        ]),
    possible(
      "clock-skew",
      "This machine's clock is perhaps off: a token is good for 15 minutes from its date on, and not before.",
      `This and its Date header must agree to the minute: \`${ask.clock}\``,
    ),
    ...(signed.isTold
      ? []
      : [
          possible(
            "name-mismatch",
            `What answers here may be another cache than the ${kinds[kind].label} ${name}${signed.region === null ? "" : ` in ${signed.region}`}, which was named: its address does not tell.`,
            `See where the way leads, and that the name and the region are of that cache. This tells the endpoint of the one that was named: \`${ask.endpoint}\``,
          ),
        ]),
  ];
}

function commands({ kind, name, region, user, accessKeyId }: Signed) {
  const [cache, who] = [shellWord(name, "NAME"), shellWord(user, "USER")];
  const where = ` --region ${region ?? "REGION"}`;
  const account = (accessKeyId === null ? null : accountOf(accessKeyId)) ?? "ACCOUNT";
  const service = kind === "memorydb-cluster" ? "memorydb" : "elasticache";
  const partition = region === null ? "aws" : partitionOf(region);
  const arn = (rest: string) => `arn:${partition}:${service}:${region ?? "REGION"}:${account}:${rest}`;
  const action = `${service}:Connect`;
  const simulate = (...resources: readonly string[]) =>
    `aws iam simulate-principal-policy --policy-source-arn ARN-OF-THE-USER-OR-ROLE --action-names ${action} --resource-arns ${resources.map(arn).join(" ")} --query "EvaluationResults[0].ResourceSpecificResults[].EvalResourceDecision"`;
  const identity = `aws sts get-caller-identity${where}`;
  const clock = `date -u; curl -sI https://sts.${region ?? "us-east-1"}.${suffixes[partition] ?? "amazonaws.com"}`;
  const ways = { action, identity, clock };
  if (kind === "memorydb-cluster") {
    const cluster = (query: string) =>
      `aws memorydb describe-clusters --cluster-name ${cache}${where} --query "Clusters[0].[${query}]"`;
    return {
      ...ways,
      simulate: simulate(`cluster/${cache}`, `user/${who}`),
      user: `aws memorydb describe-users --user-name ${who}${where} --query "Users[0].[Authentication.Type,Status,AccessString]"`,
      members: `aws memorydb describe-acls${where} --query "ACLs[].[Name,UserNames]"`,
      endpoint: cluster("ClusterEndpoint.Address"),
      attached: cluster("ACLName,Status"),
      engine: cluster("Engine,EngineVersion,TLSEnabled"),
    };
  }
  const users = `aws elasticache describe-users --user-id ${who}${where} --query "Users[0].[UserName,Authentication.Type,Status,AccessString]"`;
  const members = `aws elasticache describe-user-groups${where} --query "UserGroups[].[UserGroupId,Status,UserIds]"`;
  if (kind === "serverless-cache") {
    const serverless = (query: string) =>
      `aws elasticache describe-serverless-caches --serverless-cache-name ${cache}${where} --query "ServerlessCaches[0].[${query}]"`;
    return {
      ...ways,
      simulate: simulate(`serverlesscache:${cache}`, `user:${who}`),
      user: users,
      members,
      endpoint: serverless("Endpoint.Address"),
      attached: serverless("UserGroupId,Status"),
      engine: serverless("Engine,FullEngineVersion"),
    };
  }
  const group = (query: string) =>
    `aws elasticache describe-replication-groups --replication-group-id ${cache}${where} --query "ReplicationGroups[0].[${query}]"`;
  return {
    ...ways,
    simulate: simulate(`replicationgroup:${cache}`, `user:${who}`),
    user: users,
    members,
    endpoint: group("ConfigurationEndpoint.Address,NodeGroups[0].PrimaryEndpoint.Address"),
    attached: group("UserGroupIds,Status"),
    engine: `aws elasticache describe-cache-clusters${where} --query "CacheClusters[?ReplicationGroupId=='${name.replace(/[^\w.-]/g, "")}'].[Engine,EngineVersion]"`,
  };
}

/** Where the services of a partition are, if not below amazonaws.com (botocore: endpoints.json). */
const suffixes: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-eusc": "amazonaws.eu",
  "aws-iso": "c2s.ic.gov",
  "aws-iso-b": "sc2s.sgov.gov",
  "aws-iso-e": "cloud.adc-e.uk",
  "aws-iso-f": "csp.hci.ic.gov",
};
