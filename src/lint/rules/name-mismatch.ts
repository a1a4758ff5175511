import { shown } from "../../errors.ts";
import { lowerCase } from "../../target/names.ts";
import { nothing, type Rule } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const nameMismatch: Rule = {
  id: "name-mismatch",
  check({ token, fields, expected }) {
    if (expected.name === null || fields.name === "" || lowerCase(fields.name) === expected.name) return nothing;
    return [
      {
        message: `The token is for ${shownValue(fields.name)}, but ${shown(expected.name)} was expected.`,
        fix: `Sign ${shown(expected.name)} as the host, or connect to the cache that the token is for.`,
        span: token.host,
      },
    ];
  },
};
