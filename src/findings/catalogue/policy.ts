import { group } from "./explanation.ts";

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const grammar = `AWS: Grammar of the IAM JSON policy language, ${guide}/reference_policies_grammar.html`;
const logic = `AWS: Policy evaluation logic, ${guide}/reference_policies_evaluation-logic.html`;
const conditions = `AWS: Condition operators, ${guide}/reference_policies_elements_condition_operators.html`;
const elastiCache =
  "AWS: Actions, resources, and condition keys for ElastiCache, https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html";
const memoryDb =
  "AWS: Actions, resources, and condition keys for MemoryDB, https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmemorydb.html";

const arn = "arn:aws:elasticache:us-east-1:123456789012:";
const cache = `${arn}replicationgroup:my-cache`;
const user = `${arn}user:my-user`;
const statement = (resources: readonly string[], more = "", action = "elasticache:Connect") =>
  `{"Effect":"Allow","Action":"${action}","Resource":${JSON.stringify(resources)}${more}}`;
const policyOf = (...statements: readonly string[]) => `{"Version":"2012-10-17","Statement":[${statements.join(",")}]}`;
const good = policyOf(statement([cache, user]));

/**
 * What a policy allows of connecting. `wrong` and `right` are policies; a test judges both, for the user my-user at the
 * replication group my-cache.
 */
export const policy = group("The policy", [
  {
    id: "policy-unwrapped",
    says: "the document was taken out of what it was wrapped in, and judged as such",
    why: "The AWS CLI prints a policy inside its answer, and IAM's own answers have it URL-encoded.",
    fix: "Nothing needs to be done.",
    reference:
      "AWS CLI: get-role-policy, https://docs.aws.amazon.com/cli/latest/reference/iam/get-role-policy.html; AWS: GetRolePolicy, https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html",
    wrong: `{"RoleName":"my-role","PolicyName":"connect","PolicyDocument":${good}}`,
    right: good,
  },
  {
    id: "policy-version-inactive",
    says: "it is a version of a managed policy that is not the default one",
    why: "A managed policy keeps up to five versions, and only its default version is in force.",
    fix: "Check the default version, or make this one the default.",
    reference: `AWS: Versioning IAM policies, ${guide}/access_policies_managed-versioning.html`,
    wrong: `{"PolicyVersion":{"VersionId":"v1","IsDefaultVersion":false,"Document":${good}}}`,
    right: `{"PolicyVersion":{"VersionId":"v2","IsDefaultVersion":true,"Document":${good}}}`,
  },
  {
    id: "policy-document-invalid",
    says: "it is no policy that IAM would take, and where",
    why: "IAM refuses a document with a fault in its JSON, an element that it does not know or a value that cannot be, and the older one stays in force.",
    fix: "Mend it at the place that is named.",
    reference: grammar,
    wrong: policyOf(`{"Effect":"allow","Action":"elasticache:Connect","Resource":"*"}`),
    right: good,
  },
  {
    id: "policy-action",
    says: "no statement allows the Connect action of the service",
    why: "ElastiCache asks for elasticache:Connect, for serverless caches too, and MemoryDB for memorydb:Connect. Rights to describe or change a cache do not help.",
    fix: "Allow that action on the cache and on the user.",
    reference: `${elastiCache}; ${memoryDb}`,
    wrong: policyOf(statement([cache, user], "", "elasticache:Describe*")),
    right: good,
  },
  {
    id: "policy-explicit-deny",
    says: "a statement denies it, and which",
    why: "One statement that denies wins over all that allow.",
    fix: "Take the cache or the user out of that statement, or give it a condition that spares this login.",
    reference: logic,
    wrong: policyOf(statement([cache, user]), `{"Effect":"Deny","Action":"elasticache:*","Resource":"${user}"}`),
    right: policyOf(statement([cache, user]), `{"Effect":"Deny","Action":"elasticache:Delete*","Resource":"*"}`),
  },
  {
    id: "policy-condition-unmet",
    says: "the only statements that would allow it have a condition that does not hold",
    why: "Every key of a statement's Condition must hold for the statement to count.",
    fix: "Meet the condition, or change it.",
    reference: conditions,
    wrong: policyOf(statement([cache, user], ',"Condition":{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}')),
    right: policyOf(statement([cache, user], ',"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}')),
  },
  {
    id: "policy-cache-denied",
    says: "the action is not allowed on the cache's ARN",
    why: "Connecting needs the action on two resources, the cache and the user; in public policies mostly one of them is missing. The ARN must be exact: replicationgroup:NAME, serverlesscache:NAME, and in MemoryDB cluster/NAME.",
    fix: "Add the ARN that is named to a statement that allows the action.",
    reference: `${elastiCache}; ${memoryDb}`,
    wrong: policyOf(statement([user])),
    right: good,
  },
  {
    id: "policy-user-denied",
    says: "the action is not allowed on the user's ARN",
    why: "Connecting needs the action on two resources, the cache and the user; the user is forgotten most often. The ARN must be exact: user:USERID, and in MemoryDB user/NAME.",
    fix: "Add the ARN that is named to a statement that allows the action.",
    reference: `${elastiCache}; ${memoryDb}`,
    wrong: policyOf(statement([cache])),
    right: good,
  },
  {
    id: "policy-arn-shape",
    says: "a resource of a statement that allows connecting is of a shape that no cache and no user has",
    why: "Such an ARN matches nothing: ElastiCache writes user:NAME and MemoryDB user/NAME, and a replication group is not a cluster. Where all that is needed is allowed elsewhere, it is a warning.",
    fix: "Write it as the service does.",
    reference: `${elastiCache}; ${memoryDb}`,
    wrong: policyOf(statement([cache, user, `${arn}user/other-user`])),
    right: policyOf(statement([cache, user, `${arn}user:other-user`])),
  },
  {
    id: "policy-condition-unsupported",
    says: "a condition has a key that is not there when somebody connects",
    why: "AWS documents few keys for connecting: for replication groups aws:SourceIp and aws:ResourceTag, for serverless caches aws:VpcSourceIp, aws:SourceVpc, aws:SourceVpce, aws:CurrentTime, aws:EpochTime and aws:ResourceTag. A statement that asks for another never matches, which is an error where no other allows it; for keys of which nothing is documented it is a warning.",
    fix: "Use a key that is there, or restrict the resources instead.",
    reference:
      "AWS: Authenticating with IAM, ElastiCache, https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html",
    wrong: policyOf(statement([cache, user], ',"Condition":{"StringEquals":{"aws:SourceVpc":"vpc-0a1b2c3d"}}')),
    right: policyOf(statement([cache, user], ',"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}')),
  },
  {
    id: "policy-condition-unknown",
    says: "whether it is allowed depends on a condition key that is not known here",
    why: "A tag, an address or a name that only AWS sees when the login comes may decide.",
    fix: "Compare the condition with what AWS has: the tags of cache and user, the addresses of the clients.",
    reference: conditions,
    wrong: policyOf(statement([cache, user], ',"Condition":{"StringEquals":{"aws:ResourceTag/team":"blue"}}')),
    right: good,
  },
  {
    id: "policy-too-wide",
    says: "it allows connecting as any user to any cache",
    why: "The user is what a cache's own access rules go by: whoever may connect as any of them has the rights of all.",
    fix: "Name the cache's and the user's ARN in Resource.",
    reference:
      "AWS: Grant least privilege, https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    wrong: policyOf(statement(["*"])),
    right: good,
  },
]);
