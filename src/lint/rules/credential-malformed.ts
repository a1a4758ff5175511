import { meantValue, readCredential } from "../../token/fields.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";

const shape = "KEYID/YYYYMMDD/REGION/SERVICE/aws4_request";

export const credentialMalformed: Rule = {
  id: "credential-malformed",
  check({ fields }) {
    const parameter = fields.parameters["X-Amz-Credential"];
    const value = meantValue(parameter);
    if (value === "") return nothing;
    const credential = readCredential(value);
    const parts = value.split("/").length;
    // What stands there is not repeated: it may be the secret key.
    const fault = credential
      ? credential.terminator !== "aws4_request"
        ? "does not end in aws4_request"
        : /^\d{8}$/.test(credential.date)
          ? null
          : "has no date of eight digits as its second part"
      : parts < 5
        ? `has ${parts} part${parts === 1 ? "" : "s"} instead of five`
        : /(^|\/)(\/|$)/.test(value)
          ? "has an empty part"
          : "has neither a date of eight digits nor aws4_request where they belong";
    if (fault === null) return nothing;
    return [
      {
        message: `X-Amz-Credential ${fault}; it is ${shape}.`,
        fix: "Let the signer make it, out of key id, region and service; take it from nowhere else.",
        parameter: "X-Amz-Credential",
        span: valueSpan(parameter),
      },
    ];
  },
};
