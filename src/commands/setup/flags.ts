import { engines, parts } from "../../setup/choices.ts";
import { type Flags, inGroup } from "../command.ts";
import { targetFlags } from "../target-flags.ts";

/** What is made is called after cache and user; who has rules for names says others. */
const nameFlags = inGroup("Names", {
  group: { takes: "text", value: "ID", about: "the user group, or MemoryDB's ACL; NAME-users if left out" },
  "default-user": { takes: "text", value: "ID", about: "id of a redis group's user named default; NAME-default" },
  role: { takes: "text", value: "NAME", about: "the role; connect-NAME-as-USER if left out" },
  policy: { takes: "text", value: "NAME", about: "its policy; connect-NAME-as-USER if left out" },
});

const networkFlags = inGroup("Network", {
  "subnet-group": { takes: "text", value: "NAME", about: "an existing subnet group for the nodes" },
  "subnet-id": { takes: "list", value: "ID", about: "a subnet for the cache, which is then in its VPC; repeatable" },
  "security-group-id": { takes: "list", value: "ID", about: "a security group of the cache; repeatable" },
});

export const setupFlags = {
  ...targetFlags,
  endpoint: { takes: "text", value: "HOST[:PORT]", about: "an existing cache's endpoint, if it is not the argument" },
  "user-id": {
    takes: "text",
    short: "u",
    alias: "user",
    value: "USER",
    about: "the user that will log in; else CACHEAUTH_USER",
  },
  format: {
    takes: "text",
    value: "FORMAT",
    about: "sh (if left out), terraform or cloudformation",
    choices: ["sh", "terraform", "cloudformation"],
  },
  existing: {
    takes: "list",
    value: "PARTS",
    about: "what is there already, and is changed, not made: cache, user, group, role, separated by commas",
    choices: parts,
    choicesBehind: ",",
  },
  engine: { takes: "text", value: "ENGINE", about: "valkey (if left out) or redis", choices: engines },
  "engine-version": { takes: "text", value: "VERSION", about: "another than the one it takes by itself" },
  "node-type": { takes: "text", value: "TYPE", about: "the size of the nodes; the smallest if left out" },
  access: { takes: "text", value: "STRING", about: "the user's access string; 'on ~* +@all' if left out" },
  "trust-service": {
    takes: "list",
    value: "SERVICE",
    about: "a service that may assume the role, such as ec2.amazonaws.com; repeatable",
  },
  "trust-arn": {
    takes: "list",
    value: "ARN",
    about: "a role, user or account that may assume it; the cache's account if neither is given",
  },
  "account-id": {
    takes: "text",
    value: "ID",
    about: "the account to make it in, and no other; if left out, that of whoever runs it",
  },
  profile: {
    takes: "text",
    value: "PROFILE",
    about: "of the AWS files: gives the region, and is written into sh and terraform",
  },
  ...nameFlags,
  ...networkFlags,
} as const satisfies Flags;
