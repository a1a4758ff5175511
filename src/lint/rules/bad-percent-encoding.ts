import { nothing, type Rule } from "../rule.ts";
import { nameOf } from "../shown-name.ts";

export const badPercentEncoding: Rule = {
  id: "bad-percent-encoding",
  check({ token }) {
    const broken = token.parameters.find(({ fault }) => fault !== null);
    if (!broken) return nothing;
    const at = broken.raw.search(/%(?![0-9a-f]{2})/i);
    const start = at < 0 ? broken.valueStart : broken.valueStart + at;
    return [
      {
        message:
          broken.fault === "escape"
            ? "There is a % that is not followed by two hexadecimal digits."
            : "There are percent escapes that are not UTF-8.",
        fix: "Pass the token on exactly as it was made: something decoded, formatted (printf, %-templates) or cut it.",
        parameter: nameOf(token, broken),
        span: { start, end: at < 0 ? broken.end : start + 1 },
      },
    ];
  },
};
