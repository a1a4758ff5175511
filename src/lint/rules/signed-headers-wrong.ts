import { meantValue } from "../../token/fields.ts";
import { missingBySpelling } from "../missing-parameter.ts";
import { endSpan, nothing, type Rule, valueSpan } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const signedHeadersWrong: Rule = {
  id: "signed-headers-wrong",
  check({ token, fields }) {
    const parameter = fields.parameters["X-Amz-SignedHeaders"];
    const value = meantValue(parameter);
    if (value === "host") return nothing;
    const missing = missingBySpelling(token, "X-Amz-SignedHeaders") ?? {
      message: "There is no X-Amz-SignedHeaders; a token has host.",
      span: endSpan(token),
    };
    const is = value === "" ? "empty" : shownValue(value, "X-Amz-SignedHeaders");
    const wrong = { message: `X-Amz-SignedHeaders is ${is}; it is host alone.`, span: valueSpan(parameter) };
    return [
      {
        ...(parameter ? wrong : missing),
        likelihood: "likely",
        fix: "Sign no header but host: AWS has nothing but the token, and knows no other header's value.",
        parameter: "X-Amz-SignedHeaders",
      },
    ];
  },
};
