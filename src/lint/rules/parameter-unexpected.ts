import { keyKindOf } from "../../token/access-key.ts";
import { type TokenParameter, tokenParameters } from "../../token/fields.ts";
import { nearName } from "../../token/near-name.ts";
import type { Parameter } from "../../token/parse.ts";
import { nothing, type Rule } from "../rule.ts";
import { nameOf } from "../shown-name.ts";

export const parameterUnexpected: Rule = {
  id: "parameter-unexpected",
  check({ token, fields, expected }) {
    // A name that was meant to be that of a missing parameter is told by the rule that misses it.
    const isTold = ({ name }: Parameter) => {
      const meant = nearName(name);
      if (meant === null || fields.parameters[meant]) return false;
      if (meant === "ResourceType") return expected.kind === "serverless-cache";
      return meant !== "X-Amz-Security-Token" || keyKindOf(fields.credential?.accessKeyId ?? "") === "temporary";
    };
    const others = token.parameters.filter((parameter) => !isOurs(parameter) && !isTold(parameter));
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

function isOurs({ name }: Parameter): boolean {
  return tokenParameters.includes(name as TokenParameter);
}
