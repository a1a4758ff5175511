import { meantValue } from "../../token/fields.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";

export const signatureMalformed: Rule = {
  id: "signature-malformed",
  check({ fields }) {
    const parameter = fields.parameters["X-Amz-Signature"];
    const value = meantValue(parameter);
    if (value === "" || /^[0-9a-f]{64}$/.test(value)) return nothing;
    return [
      {
        message: `X-Amz-Signature ${faultOf(value)}; it is 64 lower-case hexadecimal digits.`,
        fix: /\*{3}|redact|x{8}|…/i.test(value)
          ? "Take the token from where it is used: a log or a tool has masked this one."
          : "Pass the token on as it was made; where it is signed by hand, write the signature as lower-case hex.",
        parameter: "X-Amz-Signature",
        span: valueSpan(parameter),
      },
    ];
  },
};

/** Never the value itself. */
function faultOf(value: string): string {
  if (/\*{3}|redact|x{8}|…/i.test(value)) return "is masked";
  if (/^[0-9a-f]{64}$/i.test(value)) return "has upper-case letters";
  if (/^[0-9a-f]+$/i.test(value)) return `has ${value.length} digits`;
  if (/^[A-Za-z0-9+/]{43}=?$/.test(value)) return "looks like base64";
  return `has ${value.length} characters, some of which are no such digits`;
}
