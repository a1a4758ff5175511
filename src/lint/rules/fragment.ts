import { nothing, type Rule } from "../rule.ts";

export const fragment: Rule = {
  id: "fragment",
  check({ token }) {
    if (!token.fragment) return nothing;
    return [
      {
        message: "There is a # in the token, and what follows a # in a URL is not part of the request that was signed.",
        fix: "Take out the # with what follows it; if it belongs to a value, that must be percent-encoded as %23 before signing.",
        span: token.fragment,
      },
    ];
  },
};
