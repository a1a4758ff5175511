import { nothing, type Rule } from "../rule.ts";

export const empty: Rule = {
  id: "empty",
  check({ pasted }) {
    if (/[^\s\ufeff\u200b]/.test(pasted.text)) return nothing;
    return [
      {
        message:
          pasted.text === ""
            ? "There is no token: nothing was given."
            : "There is no token: only white space was given.",
        fix: "Look at the command that makes it: it printed nothing, and what it says on stderr tells why.",
      },
    ];
  },
};
