import type { Flags } from "../command.ts";

export const tokenFlags = {
  endpoint: { takes: "text", value: "HOST[:PORT]", about: "the cache's endpoint, if it is not the argument" },
  "replication-group-id": { takes: "text", value: "NAME", about: "an ElastiCache replication group" },
  "serverless-cache-name": { takes: "text", value: "NAME", about: "an ElastiCache serverless cache" },
  "memorydb-cluster": { takes: "text", value: "NAME", about: "a MemoryDB cluster" },
  "user-id": {
    takes: "text",
    short: "u",
    alias: "user",
    value: "USER",
    about: "the user to log in as; else CACHEAUTH_USER",
  },
  region: {
    takes: "text",
    short: "r",
    value: "REGION",
    about: "else the endpoint's, AWS_REGION, AWS_DEFAULT_REGION, the profile's",
  },
  "expires-in": { takes: "text", value: "SECONDS", about: "how long it lives: 1 to 900; 900 if left out" },
  profile: { takes: "text", value: "PROFILE", about: "sign with this profile of the AWS files" },
  "role-arn": { takes: "text", value: "ARN", about: "assume this role, and sign with it" },
  "role-session-name": { takes: "text", value: "NAME", about: "what the role's session is called" },
  "external-id": { takes: "text", value: "ID", about: "what the role's trust policy asks for" },
  "mfa-serial": { takes: "text", value: "ARN", about: "the MFA device of the role, or of your own keys" },
  "mfa-code": { takes: "text", value: "CODE", about: "its code; asked for on the terminal where it is needed" },
} as const satisfies Flags;
