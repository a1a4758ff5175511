import { isUserName, lowerCase } from "../../target/names.ts";
import { meantValue } from "../../token/fields.ts";
import { isShowable } from "../../token/showable.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const userInvalid: Rule = {
  id: "user-invalid",
  check({ fields, expected }) {
    const parameter = fields.parameters.User;
    const user = meantValue(parameter);
    if (user.trim() === "") return nothing;
    const found = (message: string, fix: string, severity: "error" | "warning" = "error") => [
      { message, fix, severity, parameter: "User", span: valueSpan(parameter) },
    ];
    if (/^arn:/i.test(user)) {
      const last = user.split(/[:/]/).at(-1) ?? "";
      return found(
        "User is an ARN; it is the user's bare id.",
        `Sign User=${last === "" || !isShowable(last) ? "USER" : last}.`,
      );
    }
    if (lowerCase(user) !== user) {
      return found(
        `User is ${shownValue(user)}, with upper-case letters; AWS stores users in lower case and compares with that.`,
        isShowable(user)
          ? `Sign User=${lowerCase(user)}, and log in as that.`
          : "Sign the user's id as describe-users shows it; what stands there may be a secret in the wrong place.",
      );
    }
    const kind = expected.kind ?? fields.kind ?? "replication-group";
    if (isUserName(kind, user)) return nothing;
    const start = kind === "memorydb-cluster" ? "" : ', perhaps after "default."';
    return found(
      `User is ${shownValue(user)}, which is outside AWS's syntax: letters, digits and hyphens, beginning with a letter${start}.`,
      "Copy the user's id from describe-users, and sign that.",
      "warning",
    );
  },
};
