import { missingRule } from "../missing-parameter.ts";

export const credentialMissing = missingRule("credential-missing", "X-Amz-Credential", {
  absent: "There is no X-Amz-Credential: nothing says which key signed, for which day, region and service.",
  fix: () => "Presign with the signer's query form, which puts it there, and pass the token on whole.",
});
