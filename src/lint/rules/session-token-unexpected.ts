import { shown } from "../../errors.ts";
import { keyKindOf } from "../../token/access-key.ts";
import { meantValue } from "../../token/fields.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";

export const sessionTokenUnexpected: Rule = {
  id: "session-token-unexpected",
  check({ fields }) {
    const parameter = fields.parameters["X-Amz-Security-Token"];
    const accessKeyId = fields.credential?.accessKeyId ?? "";
    if (keyKindOf(accessKeyId) !== "long-term" || meantValue(parameter) === "") return nothing;
    return [
      {
        message: `${shown(accessKeyId)} is a long-term key, but there is an X-Amz-Security-Token, which belongs to another one.`,
        fix: "Unset AWS_SESSION_TOKEN (or aws_session_token), which is left over from temporary keys; or use the key that belongs to it.",
        parameter: "X-Amz-Security-Token",
        span: valueSpan(parameter),
      },
    ];
  },
};
