import { meantValue } from "../../token/fields.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const actionWrong: Rule = {
  id: "action-wrong",
  check({ fields }) {
    const action = fields.parameters.Action;
    const value = meantValue(action);
    if (value === "" || value === "connect") return nothing;
    const inCase = value.toLowerCase() === "connect";
    return [
      {
        likelihood: "likely",
        message: `Action is ${shownValue(value)}; it is connect${inCase ? ", in lower case" : ""}.`,
        fix: "Sign Action=connect; elasticache:Connect is the action's name in policies alone.",
        parameter: "Action",
        span: valueSpan(action),
      },
    ];
  },
};
