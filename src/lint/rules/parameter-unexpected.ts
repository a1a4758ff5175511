import { type TokenParameter, tokenParameters } from "../../token/fields.ts";
import type { Parameter, ParsedToken } from "../../token/parse.ts";
import { nothing, type Rule } from "../rule.ts";
import { nameOf } from "../shown-name.ts";

export const parameterUnexpected: Rule = {
  id: "parameter-unexpected",
  check({ token }) {
    const others = unexpectedParameters(token);
    const [first] = others;
    if (!first) return nothing;
    const name = nameOf(token, first);
    return [
      {
        message:
          others.length === 1
            ? `${name} is no parameter of a token.`
            : `${others.length} parameters are none of a token's, the first being ${name}.`,
        fix: "Leave it out when signing; if it was appended after signing, append nothing: cacheauth verify tells which.",
        parameter: name,
        span: first,
      },
    ];
  },
};

function unexpectedParameters({ parameters }: ParsedToken): Parameter[] {
  return parameters.filter(({ name }) => !tokenParameters.includes(name as TokenParameter));
}
