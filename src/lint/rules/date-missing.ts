import { meantValue } from "../../token/fields.ts";
import { endSpan, nothing, type Rule } from "../rule.ts";

export const dateMissing: Rule = {
  id: "date-missing",
  check({ token, fields }) {
    const parameter = fields.parameters["X-Amz-Date"];
    if (parameter && meantValue(parameter) !== "") return nothing;
    return [
      {
        message: parameter ? "X-Amz-Date is empty." : "There is no X-Amz-Date: nothing says when it was signed.",
        fix: "Presign with the signer's query form, which puts it there; pass the token on whole.",
        parameter: "X-Amz-Date",
        span: parameter ?? endSpan(token),
      },
    ];
  },
};
