import { endSpan, nothing, type Rule } from "../rule.ts";

export const signatureMissing: Rule = {
  id: "signature-missing",
  check({ token, fields }) {
    const parameter = fields.parameters["X-Amz-Signature"];
    if (parameter && parameter.raw !== "") return nothing;
    return [
      {
        message: parameter
          ? "X-Amz-Signature is empty."
          : "There is no X-Amz-Signature: the request was not signed, or the token is cut.",
        fix: "Presign the request (in the query, not with an Authorization header), and pass the token on whole.",
        parameter: "X-Amz-Signature",
        span: parameter ?? endSpan(token),
      },
    ];
  },
};
