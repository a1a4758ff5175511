import type { ErrorLineRow } from "./error-lines-row.ts";

const whoAmI = "Try the same credentials: `aws sts get-caller-identity`.";

/** What AWS's API and its SDKs say, when credentials are fetched, or users and groups are made. */
export const awsErrorLines = (): readonly ErrorLineRow[] => [
  {
    id: "user-id-name-differ",
    pattern: /User Id and User name must be same/i,
    means: "AWS did not make the user: with IAM, the user id and the user name of an ElastiCache user are the same.",
    next: "Make the user again with the same --user-id and --user-name, in lower case.",
  },
  {
    id: "default-user-required",
    pattern: /DefaultUserRequired|needs to contain a user with the user name default/i,
    means: "AWS did not make the user group: a group of the engine redis must have a user named default in it.",
    next: "Put a user whose name is default into the group, beside the IAM user.",
  },
  {
    id: "aws-clock-skew",
    pattern: /Signature expired: (?=\d{8}T)|Signature not yet current|\bRequestTimeTooSkewed\b|\bRequestExpired\b/,
    means: "AWS says that the request was signed at another time than its own: mostly the clock here is wrong.",
    next: "Set the clock of the machine that signs by network time; a token signed by a wrong clock is refused too.",
  },
  {
    id: "aws-sso-expired",
    pattern:
      /Token has expired and refresh failed|SSO session associated with this profile has expired|Error loading SSO Token|Token is expired\. To refresh this SSO session/i,
    means: "The sign-in to AWS behind the profile has ended, so there are no credentials to sign a token with.",
    next: "Sign in again: `aws sso login --profile PROFILE`.",
  },
  {
    id: "aws-credentials-expired",
    pattern: /\bExpiredToken(?:Exception)?\b|security token included in the request is expired/i,
    means: "The session credentials have ended, and every token signed with them with them.",
    next: "Get fresh credentials, then a fresh token: `cacheauth token ENDPOINT -u USER`.",
  },
  {
    id: "aws-key-unknown",
    pattern:
      /\bInvalidClientTokenId\b|\bUnrecognizedClientException\b|\bInvalidAccessKeyId\b|security token included in the request is invalid/i,
    means: "AWS does not know the access key, or it came without the session token that belongs to it.",
    next: whoAmI,
  },
  {
    id: "aws-signature-mismatch",
    pattern: /\bSignatureDoesNotMatch\b|\bInvalidSignatureException\b|request signature we calculated does not match/i,
    means: "AWS knows the access key, but the request was signed with another secret key, or changed on its way.",
    next: "Copy the access key and its secret key again, together, without white space around them.",
  },
  {
    id: "aws-access-denied",
    pattern: /\bAccessDenied(?:Exception)?\b|\bUnauthorizedOperation\b|is not authorized to perform/,
    means:
      "AWS refused a call of its API. A login to a cache is no such call: a policy that forbids it shows as WRONGPASS.",
    next: "Allow the action that the line names to the role or user that it names.",
  },
  {
    id: "aws-credentials-missing",
    pattern:
      /Unable to locate credentials|Could not load credentials from any providers|Unable to load credentials from any of the providers|\bNoCredentialProviders\b|\bNoCredentialsError\b|failed to (?:refresh cached|retrieve) credentials|no EC2 IMDS role found/i,
    means: "The program found no AWS credentials, so no token was signed.",
    next: "Set AWS_PROFILE, or the keys in the environment, where that program runs; then `aws sts get-caller-identity`.",
  },
  {
    id: "aws-region-missing",
    pattern: /You must specify a region|Region is missing|Unable to find a region via the region provider chain/i,
    means: "The program was told no AWS region, so no token was signed.",
    next: "Give it the region of the cache: AWS_REGION, or `cacheauth token ENDPOINT -u USER --region REGION`.",
  },
];
