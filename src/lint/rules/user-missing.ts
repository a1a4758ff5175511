import { shown } from "../../errors.ts";
import { meantValue } from "../../token/fields.ts";
import { endSpan, misspelt, nothing, type Rule } from "../rule.ts";

export const userMissing: Rule = {
  id: "user-missing",
  check({ token, fields, expected }) {
    const user = fields.parameters.User;
    if (user && meantValue(user).trim() !== "") return nothing;
    const other = misspelt(token, "User");
    return [
      {
        message: user
          ? "User is empty."
          : other
            ? `There is no User, but ${shown(other.name)}: names of parameters keep their case.`
            : "There is no User; a token names the user that it logs in.",
        fix: `Sign User=${expected.user ?? "USER"} as a parameter, with the same user that AUTH is sent.`,
        parameter: "User",
        span: user ?? other ?? endSpan(token),
      },
    ];
  },
};
