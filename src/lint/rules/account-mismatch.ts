import { accountOf } from "../../token/access-key.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";

export const accountMismatch: Rule = {
  id: "account-mismatch",
  check({ fields, expected }) {
    const account = accountOf(fields.credential?.accessKeyId ?? "");
    if (expected.accountId === null || account === null || account === expected.accountId) return nothing;
    return [
      {
        likelihood: "likely",
        message: `Read off its key id, the token was signed with a key of account ${account}, not ${expected.accountId}.`,
        fix: "Sign with credentials of the cache's account: check AWS_PROFILE and the role that is assumed.",
        parameter: "X-Amz-Credential",
        span: valueSpan(fields.parameters["X-Amz-Credential"]),
      },
    ];
  },
};
