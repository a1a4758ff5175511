import { lowerCase } from "../../target/names.ts";
import { nothing, type Rule } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const nameNotLowercase: Rule = {
  id: "name-not-lowercase",
  check({ token, fields }) {
    if (lowerCase(fields.name) === fields.name) return nothing;
    return [
      {
        message: `The name ${shownValue(fields.name)} has upper-case letters; AWS stores names in lower case and compares with that.`,
        fix: `Sign ${shownValue(lowerCase(fields.name))}.`,
        span: token.host,
      },
    ];
  },
};
