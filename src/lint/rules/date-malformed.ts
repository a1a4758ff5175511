import { meantValue } from "../../token/fields.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const dateMalformed: Rule = {
  id: "date-malformed",
  check({ fields }) {
    const parameter = fields.parameters["X-Amz-Date"];
    const value = meantValue(parameter);
    if (value === "" || fields.issuedAt) return nothing;
    return [
      {
        message: `X-Amz-Date is ${shownValue(value, "X-Amz-Date")}, not a time as SigV4 writes it, in UTC: 20250131T120000Z.`,
        fix: "Let the signer write the date; sign with nothing formatted by hand.",
        parameter: "X-Amz-Date",
        span: valueSpan(parameter),
      },
    ];
  },
};
