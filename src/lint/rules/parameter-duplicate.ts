import { nothing, type Rule } from "../rule.ts";
import { nameOf } from "../shown-name.ts";

export const parameterDuplicate: Rule = {
  id: "parameter-duplicate",
  check({ token }) {
    const seen = new Set<string>();
    const second = token.parameters.find(({ name, hasEquals }) => {
      if (hasEquals && seen.has(name)) return true;
      seen.add(name);
      return false;
    });
    if (!second) return nothing;
    const name = nameOf(token, second);
    return [
      {
        likelihood: "likely",
        message: `${name} stands there more than once; which of them AWS reads is not known.`,
        fix: `Sign ${name} once: perhaps it is in the URL that is signed as well as in the signer's parameters.`,
        parameter: name,
        span: second,
      },
    ];
  },
};
