import { findForeign, findOtherService } from "../../token/pasted/foreign.ts";
import { nothing, type Rule } from "../rule.ts";

export const notAToken: Rule = {
  id: "not-a-token",
  check({ pasted }) {
    const other = pasted.hasMarks ? findOtherService(pasted.text) : findForeign(pasted.text, pasted.bytes);
    if (!other) {
      return pasted.hasMarks
        ? nothing
        : [
            {
              message: "This is not a token.",
              fix: "A token begins with the cache's name and /?Action=connect. Make one: `cacheauth token ENDPOINT -u USER`.",
            },
          ];
    }
    return [{ message: `This is not a token but ${other.is}.`, fix: other.next }];
  },
};
