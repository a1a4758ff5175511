import { shown } from "../../errors.ts";
import { lowerCase } from "../../target/names.ts";
import { nothing, type Rule } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const nameMismatch: Rule = {
  id: "name-mismatch",
  check({ token, fields, expected }) {
    if (fields.name === "") return nothing;
    // What the connection that was pasted leads to, then what was said.
    const other = [expected.login.name, expected.name].find(
      (named) => named !== null && named !== lowerCase(fields.name),
    );
    if (other === undefined || other === null) return nothing;
    // The endpoint of a serverless cache is NAME-x, and x is no part of the name.
    const withSuffix = fields.name.startsWith(`${other}-`) && expected.kind === "serverless-cache";
    return [
      {
        message: `The token is for ${shownValue(fields.name)}, but ${shown(other)} was expected${withSuffix ? "; what follows it in the endpoint is no part of the name" : ""}.`,
        fix: `Sign ${shown(other)} as the host, or connect to the cache that the token is for.`,
        span: token.host,
      },
    ];
  },
};
