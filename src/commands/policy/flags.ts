import { type Flags, inGroup } from "../command.ts";
import { credentialFlags } from "../credential-flags.ts";
import { targetFlags } from "../target-flags.ts";

/** What a policy depends on; with --check, what the login that is judged has. */
const conditionFlags = inGroup("Conditions", {
  "source-ip": {
    takes: "list",
    value: "CIDR",
    about: "only from this address or network (replication groups); with --check, the client's address",
  },
  "vpc-source-ip": { takes: "list", value: "CIDR", about: "the same over a VPC endpoint (serverless caches)" },
  "source-vpc": { takes: "list", value: "VPC", about: "only from this VPC (serverless caches)" },
  "source-vpce": { takes: "list", value: "VPCE", about: "only through this VPC endpoint (serverless caches)" },
  "resource-tag": {
    takes: "list",
    value: "KEY=VALUE",
    about: "only while cache and user both have this tag; with --check, a tag that both have",
  },
  from: { takes: "text", value: "TIME", about: "only from then on (serverless caches)" },
  until: { takes: "text", value: "TIME", about: "only until then (serverless caches)" },
});

export const policyFlags = {
  check: {
    takes: "list",
    value: "FILE",
    about: "judge the policy in FILE instead; - is stdin; several are judged together",
  },
  context: {
    takes: "list",
    value: "KEY=VALUE",
    about: "with --check: what a condition key is, such as aws:username=me",
  },
  strict: { takes: "switch", about: "with --check: warnings count as errors" },
  format: {
    takes: "text",
    value: "FORMAT",
    about: "json, terraform or cloudformation; json if left out",
    choices: ["json", "terraform", "cloudformation"],
  },
  "account-id": {
    takes: "text",
    value: "ID",
    about: "the account of the cache; else your own, for which STS is asked; with --check, the one that policies name",
  },
  ...conditionFlags,
  ...targetFlags,
  ...credentialFlags,
} as const satisfies Flags;
