import { defineCommand } from "../command.ts";
import { policyFlags } from "./flags.ts";

export const policy = defineCommand({
  name: "policy",
  summary: "the IAM policy that lets USER connect, or what is wrong with one that you have",
  words: ["ENDPOINT"],
  flags: policyFlags,
  exits: [0, 1, 2, 3, 70],
  examples: [
    [
      "as JSON, for an account that is named: AWS is not asked",
      "cacheauth policy master.my-cache.abc123.use1.cache.amazonaws.com -u my-user --account-id 123456789012",
    ],
    [
      "for Terraform, and only from one network",
      "cacheauth policy --replication-group-id my-cache -r us-east-1 -u my-user --account-id 123456789012 --source-ip 10.0.0.0/16 --format terraform",
    ],
    [
      "whether a policy that you have lets the user in, and the statement to add where it does not",
      "cacheauth policy --memorydb-cluster my-cluster -r eu-west-1 -u my-user --check policy.json",
    ],
  ],
  async run(call) {
    if (call.flags.check.length > 0) {
      const { check } = await import("./check.ts");
      return check(call);
    }
    const { make } = await import("./make.ts");
    return make(call);
  },
});
