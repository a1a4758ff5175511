import { missingRule } from "../missing-parameter.ts";

export const dateMissing = missingRule("date-missing", "X-Amz-Date", {
  absent: "There is no X-Amz-Date: nothing says when it was signed.",
  fix: () => "Presign with the signer's query form, which puts it there, and pass the token on whole.",
});
