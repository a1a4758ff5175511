import { missingRule } from "../missing-parameter.ts";

export const userMissing = missingRule("user-missing", "User", {
  absent: "There is no User; a token names the user that it logs in.",
  fix: ({ user }) => `Sign User=${user ?? "USER"} as a parameter, with the same user that AUTH is sent.`,
  // AWS shows it in every example, and documents no refusal without it.
  likelihood: "likely",
});
