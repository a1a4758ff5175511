import { meantValue } from "../../token/fields.ts";
import { endSpan, nothing, type Rule } from "../rule.ts";

export const expiresMissing: Rule = {
  id: "expires-missing",
  check({ token, fields }) {
    const parameter = fields.parameters["X-Amz-Expires"];
    if (parameter && meantValue(parameter) !== "") return nothing;
    return [
      {
        message: parameter ? "X-Amz-Expires is empty." : "There is no X-Amz-Expires.",
        fix: "Put X-Amz-Expires=900 into the query before signing; Go's presigner does not do it by itself.",
        parameter: "X-Amz-Expires",
        span: parameter ?? endSpan(token),
      },
    ];
  },
};
