import { nothing, type Rule, valueSpan } from "../rule.ts";

export const expiresShort: Rule = {
  id: "expires-short",
  check({ fields }) {
    const { lifetimeSeconds, parameters } = fields;
    if (lifetimeSeconds === null || lifetimeSeconds < 1 || lifetimeSeconds >= 60) return nothing;
    return [
      {
        message: `The token lives ${lifetimeSeconds} s from its signing: a slow connection or a clock a little off outlasts it.`,
        fix: "Sign with X-Amz-Expires=900, the most that AWS takes.",
        parameter: "X-Amz-Expires",
        span: valueSpan(parameters["X-Amz-Expires"]),
      },
    ];
  },
};
