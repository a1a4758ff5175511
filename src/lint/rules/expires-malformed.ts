import { meantValue } from "../../token/fields.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const expiresMalformed: Rule = {
  id: "expires-malformed",
  check({ fields }) {
    const parameter = fields.parameters["X-Amz-Expires"];
    const value = meantValue(parameter);
    if (value === "" || (/^\d+$/.test(value) && Number(value) >= 1)) return nothing;
    return [
      {
        message: `X-Amz-Expires is ${shownValue(value, "X-Amz-Expires")}; it is whole seconds, 1 to 900.`,
        fix: "Sign X-Amz-Expires=900: seconds, as digits alone, not a time and not a float.",
        parameter: "X-Amz-Expires",
        span: valueSpan(parameter),
      },
    ];
  },
};
