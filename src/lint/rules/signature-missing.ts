import { missingRule } from "../missing-parameter.ts";

export const signatureMissing = missingRule("signature-missing", "X-Amz-Signature", {
  absent: "There is no X-Amz-Signature: the request was not signed, or the token is cut.",
  fix: () => "Presign the request (in the query, not with an Authorization header), and pass the token on whole.",
});
