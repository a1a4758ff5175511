import { nothing, type Rule } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const pathUnexpected: Rule = {
  id: "path-unexpected",
  check({ token }) {
    const { path, hasQuestionMark, parameters } = token;
    if (!hasQuestionMark && parameters.length > 0) {
      return [
        {
          message: "There is no ? between the name and the parameters.",
          fix: "Pass the token on as it was made: it begins with NAME/?Action=connect.",
          span: { start: path.end, end: path.end },
        },
      ];
    }
    if (path.text === "/") return nothing;
    if (path.text === "") {
      return [
        {
          severity: "warning",
          message: "There is no / before the ?; it is signed all the same, and some signers leave it out.",
          fix: "If the server refuses the token, write NAME/? instead of NAME?.",
          span: { start: path.end, end: path.end + 1 },
        },
      ];
    }
    return [
      {
        message: `The path is ${shownValue(path.text)}; the request that is signed has the path /.`,
        fix: "Sign the path / and nothing behind it.",
        span: path,
      },
    ];
  },
};
