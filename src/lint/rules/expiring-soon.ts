import { nothing, type Rule, valueSpan } from "../rule.ts";

export const expiringSoon: Rule = {
  id: "expiring-soon",
  check({ fields, at }) {
    const { expiresAt, parameters } = fields;
    const left = expiresAt ? Math.floor((expiresAt.getTime() - at.getTime()) / 1000) : -1;
    if (left < 0 || (expiresAt !== null && at >= expiresAt) || left >= 30) return nothing;
    return [
      {
        likelihood: "likely",
        message: `The token has ${left} s left.`,
        fix: "Make a new one right before the login.",
        parameter: "X-Amz-Date",
        span: valueSpan(parameters["X-Amz-Date"]),
      },
    ];
  },
};
