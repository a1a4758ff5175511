import { shown } from "../../errors.ts";
import { keyKindOf } from "../../token/access-key.ts";
import { meantValue } from "../../token/fields.ts";
import { missingBySpelling } from "../missing-parameter.ts";
import { endSpan, nothing, type Rule } from "../rule.ts";

export const sessionTokenMissing: Rule = {
  id: "session-token-missing",
  check({ token, fields }) {
    const parameter = fields.parameters["X-Amz-Security-Token"];
    const accessKeyId = fields.credential?.accessKeyId ?? "";
    if (keyKindOf(accessKeyId) !== "temporary" || meantValue(parameter) !== "") return nothing;
    const misspelt = parameter ? null : missingBySpelling(token, "X-Amz-Security-Token");
    return [
      {
        message:
          misspelt?.message ??
          `${shown(accessKeyId)} is a temporary key, but X-Amz-Security-Token is ${parameter ? "empty" : "missing"}.`,
        fix: "Give the signer the session token too (AWS_SESSION_TOKEN, aws_session_token): such a key is good only with it.",
        parameter: "X-Amz-Security-Token",
        span: misspelt?.span ?? parameter ?? endSpan(token),
      },
    ];
  },
};
