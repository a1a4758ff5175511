import { meantValue } from "../../token/fields.ts";
import { credentialSpan, nothing, type Rule } from "../rule.ts";

export const scopeDateMismatch: Rule = {
  id: "scope-date-mismatch",
  check({ fields }) {
    const { credential, issuedAt, parameters } = fields;
    if (!credential || !issuedAt || !/^\d{8}$/.test(credential.date)) return nothing;
    const day = meantValue(parameters["X-Amz-Date"]).slice(0, 8);
    if (day === credential.date) return nothing;
    return [
      {
        message: `X-Amz-Credential says the day ${credential.date}, but X-Amz-Date says ${day}.`,
        fix: "Take both from one clock, in UTC: a day in local time, or a signing key kept overnight, makes them differ.",
        parameter: "X-Amz-Credential",
        span: credentialSpan(fields, 3),
      },
    ];
  },
};
