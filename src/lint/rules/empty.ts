import { nothing, type Rule } from "../rule.ts";

export const empty: Rule = {
  id: "empty",
  check({ pasted }) {
    if (/[^\s\ufeff\u200b]/.test(pasted.text)) return nothing;
    return [
      {
        message:
          pasted.text === ""
            ? "There is no token: what was handed in is empty."
            : "There is no token: what was handed in is white space alone.",
        fix: "Look at what makes it: a command that failed prints nothing, and says on stderr why.",
      },
    ];
  },
};
