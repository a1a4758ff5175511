import { group, references } from "./explanation.ts";

/** What a login needs besides the token: the signer's credentials, a clock, an engine that knows IAM. */
export const surroundings = group("Credentials, clock and engine", [
  {
    id: "credentials-missing",
    says: "there are no credentials to sign with, or they cannot be had",
    why: "Neither environment, profile, role nor metadata service gave any, or one of them answered with an error.",
    fix: "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, sign in (aws sso login), or give the machine a role.",
    reference:
      "AWS: Standardized credential providers, https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
    wrong: "aws sts get-caller-identity: Unable to locate credentials",
    right: "aws sts get-caller-identity: an ARN",
  },
  {
    id: "credentials-expired",
    says: "the session of the credentials is over, and every token that they signed with it",
    why: "A token lives as long as its 15 minutes and the credentials that signed it: the shorter of the two.",
    fix: "Get new credentials, then a new token; sign each token with credentials asked for at that moment.",
    reference: references.elastiCache,
    wrong: "signed at 12:10, session over at 12:05",
    right: "signed at 12:10, session over at 13:00",
  },
  {
    id: "credentials-refused",
    says: "AWS takes nothing that these credentials sign",
    why: "The access key is switched off, deleted or never was, its secret is another's, or the session behind it was ended. A token that they sign is refused as well.",
    fix: "Get credentials anew from where they come from; aws iam list-access-keys shows which keys of a user are active.",
    reference: references.keys,
    wrong: "GetCallerIdentity: InvalidClientTokenId",
    right: "GetCallerIdentity: an account and an ARN",
  },
  {
    id: "could-not-look",
    says: "something could not be looked up, and so nothing is concluded from it",
    why: "A permission to read was missing, AWS could not be reached or did not answer in time, or what there is to look at is not known. It is no fault of the login.",
    fix: "Give the permission that is named, or look from where AWS can be reached: cacheauth doctor --permissions prints all that it reads.",
    reference:
      "AWS: Actions, resources, and condition keys for ElastiCache, https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html",
    wrong: "DescribeUsers: AccessDenied",
    right: "DescribeUsers: the users",
  },
  {
    id: "clock-skew",
    says: "this machine's clock is not the server's",
    why: "The token says when it was signed and for how long it is good; by a wrong clock it is over, or not yet begun.",
    fix: "Set the clock by NTP (timedatectl, chronyc tracking); in a container it is the host's.",
    reference: references.sigV4,
    wrong: "date: 12:20, Date header of AWS: 12:00",
    right: "date: 12:00, Date header of AWS: 12:00",
  },
  {
    id: "cache-not-found",
    says: "AWS has no cache of that name in the region and account that were asked",
    why: "A cache is of one region and one account. With credentials of another account, or in another region, it is not there, and no token for it is taken.",
    fix: "Check the name, the region and whose credentials these are: aws sts get-caller-identity.",
    reference: references.elastiCache,
    wrong: "DescribeReplicationGroups: ReplicationGroupNotFoundFault",
    right: "DescribeReplicationGroups: a replication group that is available",
  },
  {
    id: "cache-endpoint-differs",
    says: "the endpoint is not one of the cache",
    why: "A cache that was deleted and made anew has other endpoints under the same name, and a port belongs to one of them.",
    fix: "Connect to the endpoint that AWS's record has.",
    reference: references.elastiCache,
    wrong: "given master.my-cache.zzz999…, AWS's record: master.my-cache.abc123…",
    right: "given master.my-cache.abc123…, AWS's record: master.my-cache.abc123…",
  },
  {
    id: "engine-too-old",
    says: "the engine is older than IAM authentication",
    why: "It needs Valkey 7.2 or Redis OSS 7.0; an older one knows passwords alone.",
    fix: "Upgrade the engine of the cache.",
    reference: references.elastiCache,
    wrong: "Redis OSS 6.2",
    right: "Valkey 8.0",
  },
  {
    id: "default-user-open",
    says: "the user named default is on and needs no password",
    why: "Whoever reaches the port is in without a token, and a program that forgets to log in works without anybody seeing it.",
    fix: "Replace default in the user group by a user of the same name that has a password, or is off.",
    reference:
      "AWS: Role-Based Access Control, https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html",
    wrong: "PING without a login: +PONG",
    right: "PING without a login: -NOAUTH Authentication required.",
  },
]);
