import { meantValue } from "../../token/fields.ts";
import { endSpan, nothing, type Rule, valueSpan } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const signedHeadersWrong: Rule = {
  id: "signed-headers-wrong",
  check({ token, fields }) {
    const parameter = fields.parameters["X-Amz-SignedHeaders"];
    const value = meantValue(parameter);
    if (value === "host") return nothing;
    return [
      {
        message: !parameter
          ? "There is no X-Amz-SignedHeaders; a token has host."
          : value === ""
            ? "X-Amz-SignedHeaders is empty; it is host."
            : `X-Amz-SignedHeaders is ${shownValue(value, "X-Amz-SignedHeaders")}; it is host alone.`,
        fix: "Sign no header but host: AWS has nothing but the token, and knows no other header's value.",
        parameter: "X-Amz-SignedHeaders",
        span: valueSpan(parameter) ?? endSpan(token),
      },
    ];
  },
};
