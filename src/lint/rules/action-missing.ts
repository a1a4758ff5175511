import { missingRule } from "../missing-parameter.ts";

export const actionMissing = missingRule("action-missing", "Action", {
  absent: "There is no Action; a token has Action=connect.",
  fix: () => "Sign Action=connect as a parameter.",
  // AWS shows it in every example, and documents no refusal without it.
  likelihood: "likely",
});
