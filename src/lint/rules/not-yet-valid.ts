import { inWords } from "../../token/duration.ts";
import { formatTime } from "../../token/time.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";

/** SigV4 services accept clocks that differ by up to five minutes; a few seconds are nobody's fault. */
const [tolerated, unnoticed] = [300, 5];

export const notYetValid: Rule = {
  id: "not-yet-valid",
  check({ fields, at }) {
    const { issuedAt, parameters } = fields;
    const ahead = issuedAt ? Math.ceil((issuedAt.getTime() - at.getTime()) / 1000) : 0;
    if (!issuedAt || ahead <= unnoticed) return nothing;
    return [
      {
        severity: ahead > tolerated ? "error" : "warning",
        message: `The token is dated ${formatTime(issuedAt)}, ${inWords(ahead)} ahead of the clock here (${formatTime(at)}).`,
        fix: "Set the clock of the machine that signs (or of this one) by NTP; X-Amz-Date is UTC, not local time.",
        likelihood: ahead > tolerated ? "certain" : "possible",
        parameter: "X-Amz-Date",
        span: valueSpan(parameters["X-Amz-Date"]),
      },
    ];
  },
};
