import { meantValue } from "../../token/fields.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";

export const expiresTooLong: Rule = {
  id: "expires-too-long",
  check({ fields }) {
    const parameter = fields.parameters["X-Amz-Expires"];
    const value = meantValue(parameter);
    if (!/^\d+$/.test(value) || Number(value) <= 900) return nothing;
    const seconds = value.length > 12 ? "far more" : value;
    const inMilliseconds = Number(value) % 1000 === 0 && Number(value) <= 900_000 && Number(value) >= 60_000;
    return [
      {
        message: `X-Amz-Expires is ${seconds} seconds; AWS takes at most 900${inMilliseconds ? " (these look like milliseconds)" : ""}.`,
        fix: "Sign with X-Amz-Expires=900, and make a new token for each login.",
        parameter: "X-Amz-Expires",
        span: valueSpan(parameter),
      },
    ];
  },
};
