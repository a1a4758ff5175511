import { inWords } from "../../token/duration.ts";
import { formatTime } from "../../token/time.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";

export const expired: Rule = {
  id: "expired",
  check({ fields, at }) {
    const { expiresAt, lifetimeSeconds } = fields;
    if (!expiresAt || !lifetimeSeconds || at < expiresAt) return nothing;
    const ago = Math.floor((at.getTime() - expiresAt.getTime()) / 1000);
    return [
      {
        message: `The token expired ${ago === 0 ? "just now" : `${inWords(ago)} ago`}, at ${formatTime(expiresAt)}.`,
        fix: "Make a new token for each login; connections that are open live on without it.",
        parameter: "X-Amz-Date",
        span: valueSpan(fields.parameters["X-Amz-Date"]),
      },
    ];
  },
};
