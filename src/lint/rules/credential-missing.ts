import { meantValue } from "../../token/fields.ts";
import { endSpan, nothing, type Rule } from "../rule.ts";

export const credentialMissing: Rule = {
  id: "credential-missing",
  check({ token, fields }) {
    const parameter = fields.parameters["X-Amz-Credential"];
    if (parameter && meantValue(parameter) !== "") return nothing;
    return [
      {
        message: parameter
          ? "X-Amz-Credential is empty."
          : "There is no X-Amz-Credential: nothing says which key signed, for which day, region and service.",
        fix: "Presign with the signer's query form, which puts it there; pass the token on whole.",
        parameter: "X-Amz-Credential",
        span: parameter ?? endSpan(token),
      },
    ];
  },
};
