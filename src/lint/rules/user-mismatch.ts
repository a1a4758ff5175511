import { shown } from "../../errors.ts";
import { lowerCase } from "../../target/names.ts";
import { meantValue } from "../../token/fields.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const userMismatch: Rule = {
  id: "user-mismatch",
  check({ fields, expected }) {
    const user = meantValue(fields.parameters.User);
    if (user.trim() === "") return nothing;
    // Who logs in by the line that was pasted, then by what was said.
    const other = [expected.login.user, expected.user].find((named) => named !== null && named !== lowerCase(user));
    if (other === undefined || other === null) return nothing;
    return [
      {
        message: `The token is for the user ${shownValue(user)}, but the login is as ${shown(other)}.`,
        fix: `Sign User=${other}, or log in as ${shownValue(user)}: AUTH's user and the token's must be the same.`,
        parameter: "User",
        span: valueSpan(fields.parameters.User),
      },
    ];
  },
};
