import { meantValue } from "../../token/fields.ts";
import { missingBySpelling } from "../missing-parameter.ts";
import { endSpan, nothing, type Rule, valueSpan } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const algorithmWrong: Rule = {
  id: "algorithm-wrong",
  check({ token, fields }) {
    const parameter = fields.parameters["X-Amz-Algorithm"];
    const value = meantValue(parameter);
    if (value === "AWS4-HMAC-SHA256") return nothing;
    const missing = missingBySpelling(token, "X-Amz-Algorithm") ?? {
      message: "There is no X-Amz-Algorithm; a token has AWS4-HMAC-SHA256.",
      span: endSpan(token),
    };
    const wrong = {
      message: `X-Amz-Algorithm is ${shownValue(value, "X-Amz-Algorithm")}; it is AWS4-HMAC-SHA256.`,
      span: valueSpan(parameter),
    };
    return [
      {
        ...(parameter ? wrong : missing),
        fix: "Presign with Signature Version 4 and one region (not V2, not SigV4A), in the query, not in a header.",
        parameter: "X-Amz-Algorithm",
      },
    ];
  },
};
