import { shown } from "../../errors.ts";
import { endSpan, misspelt, nothing, type Rule } from "../rule.ts";

export const actionMissing: Rule = {
  id: "action-missing",
  check({ token, fields }) {
    const action = fields.parameters.Action;
    if (action && action.value !== "") return nothing;
    const other = misspelt(token, "Action");
    return [
      {
        message: action
          ? "Action is empty; it is connect."
          : other
            ? `There is no Action, but ${shown(other.name)}: names of parameters keep their case.`
            : "There is no Action; a token has Action=connect.",
        fix: "Sign Action=connect as a parameter.",
        parameter: "Action",
        span: action ?? other ?? endSpan(token),
      },
    ];
  },
};
