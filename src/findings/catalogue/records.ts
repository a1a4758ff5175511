import { group, references } from "./explanation.ts";

const rbac =
  "AWS: Role-Based Access Control, https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html";
const acls =
  "AWS: Authenticating users with ACLs, MemoryDB, https://docs.aws.amazon.com/memorydb/latest/devguide/clusters.acls.html";

const secret = '"secretAccessKey":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"';
const key = (more: string) => `{"users":["my-user"],"keys":[{"accessKeyId":"AKIAIOSFODNN7EXAMPLE",${secret}${more}}]}`;
const temporaryKey = (more: string) =>
  `{"users":["my-user"],"keys":[{"accessKeyId":"ASIAIOSFODNN7EXAMPLE",${secret},"sessionToken":${more}}]}`;

const allowing = (action: string) =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"${action}","Resource":"*"}]}`;

/**
 * What AWS keeps of keys, users and groups. `wrong` and `right` are such records, as a file for `emulate --users`; a test
 * logs in to both, as my-user, with a good token of the key.
 */
export const records = group("AWS's records", [
  {
    id: "cache-not-available",
    says: "the cache is being made, changed or deleted",
    why: "While a cache is made or deleted nobody logs in. While it is changed it serves, as a rule, but what was changed of users and groups may not be there yet.",
    fix: "Wait until describe-replication-groups, describe-serverless-caches or memorydb describe-clusters says available.",
    reference: rbac,
    wrong: '{"cache":{"replicationGroupId":"my-cache","status":"creating"},"users":["my-user"]}',
    right: '{"cache":{"replicationGroupId":"my-cache","status":"available"},"users":["my-user"]}',
  },
  {
    id: "access-key-inactive",
    says: "the access key that signed is switched off",
    why: "A key of an IAM user can be made inactive, and a session's can be revoked: no request that it signs is taken then.",
    fix: "Sign with the key that took its place; aws iam list-access-keys shows which are active.",
    reference:
      "AWS: Manage access keys for IAM users, https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    wrong: key(',"active":false'),
    right: key(""),
  },
  {
    id: "session-token-mismatch",
    says: "the session token in the token is not the one that belongs to the access key",
    why: "The three parts of temporary credentials are one: a session token of an earlier set, or one that was changed on its way, is refused although the signature may be right.",
    fix: "Take all three parts from one answer: of one variable out of date, the other two cannot tell.",
    reference: references.keys,
    wrong: temporaryKey('"FwoGZXIvYXdzEXAMPLEofAnEarlierSet"'),
    right: temporaryKey('"IQoJb3JpZ2luX2VjEXAMPLE"'),
  },
  {
    id: "credentials-end-early",
    says: "the credentials that signed it end before the token does",
    why: "A token is good for the shorter of its own 15 minutes and what is left of the session that signed it. Such a token is good at first, and refused minutes later.",
    fix: "Refresh the credentials some time before they end: SDKs do, where they are asked again for each token.",
    reference: references.elastiCache,
    wrong: key(',"expiresAt":"2025-01-31T12:05:00Z"'),
    right: key(',"expiresAt":"2025-01-31T13:00:00Z"'),
  },
  {
    id: "user-not-found",
    says: "there is no user of that name",
    why: "The users of a cache are records of their own in ElastiCache and MemoryDB; users and roles of IAM are others.",
    fix: "Create the user with authentication by IAM and the rights that it needs, or log in as one that exists: aws elasticache describe-users, aws memorydb describe-users.",
    reference: `${rbac}; ${acls}`,
    wrong: '{"users":["other-user"]}',
    right: '{"users":["my-user"]}',
  },
  {
    id: "user-not-iam",
    says: "the user logs in by a password or by none, not by IAM",
    why: "How a user authenticates is set where it is created. One with a password takes a token for a wrong password.",
    fix: "Log in as a user that has it, or set it, which ends the logins of this user by password, whoever uses them: aws elasticache modify-user --user-id USER --authentication-mode Type=iam, or aws memorydb update-user.",
    reference: `${references.elastiCache}; ${references.memoryDb}`,
    wrong: '{"users":[{"id":"my-user","authentication":"password"}]}',
    right: '{"users":[{"id":"my-user","authentication":"iam"}]}',
  },
  {
    id: "user-id-name-differ",
    says: "the user's id and its name differ",
    why: "ElastiCache demands that they are the same for IAM: the token names the id, and AUTH the name. Users of before that rule may differ.",
    fix: "Create a user whose id and name are the same, put it into the group, and log in as that.",
    reference: references.elastiCache,
    wrong: '{"users":[{"id":"my-user-id","name":"my-user"}]}',
    right: '{"users":[{"id":"my-user","name":"my-user"}]}',
  },
  {
    id: "user-off",
    says: "the user is switched off",
    why: "Its access string says off, or does not say on, or AWS is still changing it. The server's answer is the one that it has for wrong passwords.",
    fix: 'Put on in front of the rights that it has, which describe-users shows: modify-user --access-string "on RIGHTS".',
    reference: rbac,
    wrong: '{"users":[{"id":"my-user","enabled":false}]}',
    right: '{"users":[{"id":"my-user","enabled":true}]}',
  },
  {
    id: "user-not-active",
    says: "AWS is still changing the user, or deleting it",
    why: "What was changed of a user is there when its status is active again, which takes a minute or so; one that is deleted is gone for new logins.",
    fix: "Wait until describe-users says active, and try again.",
    reference: `${rbac}; ${acls}`,
    wrong: '{"users":[{"id":"my-user","status":"deleting"}]}',
    right: '{"users":[{"id":"my-user","status":"active"}]}',
  },
  {
    id: "user-not-in-group",
    says: "the user is in no user group (MemoryDB: ACL) of the cache",
    why: "A cache knows only the users of the group that is attached to it.",
    fix: "Add it: aws elasticache modify-user-group --user-group-id GROUP --user-ids-to-add USER, or aws memorydb update-acl --acl-name ACL --user-names-to-add USER.",
    reference: `${rbac}; ${acls}`,
    wrong: '{"users":["my-user","other-user"],"groups":[{"id":"my-group","users":["other-user"]}]}',
    right: '{"users":["my-user","other-user"],"groups":[{"id":"my-group","users":["my-user","other-user"]}]}',
  },
  {
    id: "group-not-attached",
    says: "the user's group (MemoryDB: ACL) is not attached to the cache",
    why: "A group does nothing until a cache has it; a change of it takes minutes to be applied.",
    fix: "Attach it: modify-replication-group --user-group-ids-to-add, modify-serverless-cache --user-group-id, or memorydb update-cluster --acl-name.",
    reference: `${rbac}; ${acls}`,
    wrong: '{"users":["my-user"],"groups":[{"id":"my-group","users":["my-user"],"attached":false}]}',
    right: '{"users":["my-user"],"groups":[{"id":"my-group","users":["my-user"],"attached":true}]}',
  },
  {
    id: "group-not-active",
    says: "the user group (MemoryDB: ACL) is being made, changed or deleted",
    why: "A group counts for its caches when its status is active. While it is changed it counts as it was: who is being put in is not in yet.",
    fix: "Wait until describe-user-groups, or memorydb describe-acls, says active.",
    reference: `${rbac}; ${acls}`,
    wrong: '{"users":["my-user"],"groups":[{"id":"my-group","users":["my-user"],"status":"deleting"}]}',
    right: '{"users":["my-user"],"groups":[{"id":"my-group","users":["my-user"],"status":"active"}]}',
  },
  {
    id: "group-engine-differs",
    says: "the user group is of the engine valkey, and the cache runs Redis OSS",
    why: "A cache with Redis OSS takes user groups of the engine redis alone; one with Valkey takes both.",
    fix: "Upgrade the cache to Valkey, or attach a user group of the engine redis that has the user.",
    reference: rbac,
    wrong:
      '{"cache":{"replicationGroupId":"my-cache","engine":"redis"},"users":["my-user"],"groups":[{"id":"my-group","users":["my-user"],"engine":"valkey"}]}',
    right:
      '{"cache":{"replicationGroupId":"my-cache","engine":"valkey"},"users":["my-user"],"groups":[{"id":"my-group","users":["my-user"],"engine":"valkey"}]}',
  },
  {
    id: "policy-organisation",
    says: "a policy of the organisation does not allow connecting",
    why: "Service control policies say what an account's users and roles may do at most: what they do not allow is refused, whatever the policies of a user or a role allow.",
    fix: "Ask who looks after the organisation to allow the Connect action of the service.",
    reference: `AWS: Service control policies, https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html`,
    wrong: key(`,"organisation":[${allowing("s3:*")}]`),
    right: key(`,"organisation":[${allowing("*")}]`),
  },
  {
    id: "policy-boundary",
    says: "the permissions boundary of whoever signs does not allow connecting",
    why: "A boundary says what a user or a role may do at most: the action must be allowed in it as well as in the policies.",
    fix: "Allow the Connect action on the cache and on the user in the policy that is the boundary.",
    reference:
      "AWS: Permissions boundaries for IAM entities, https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    wrong: key(`,"boundary":[${allowing("elasticache:Describe*")}]`),
    right: key(`,"boundary":[${allowing("elasticache:*")}]`),
  },
]);
