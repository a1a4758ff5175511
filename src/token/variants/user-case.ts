import { shown } from "../../errors.ts";
import { otherCases } from "./letter-case.ts";
import { firstValue, withValues } from "./query-changes.ts";
import type { Variant } from "./variant.ts";

export const userCase: Variant = {
  id: "user-case",
  inPairs: 4,
  *candidates(request, known) {
    const user = firstValue(request, "User");
    if (user === "") return;
    for (const other of otherCases(user, known.user)) {
      yield {
        request: withValues(request, "User", () => other),
        message: `The signature is that of a request for the user ${shown(other)}; User in the token is ${shown(user)}.`,
        fix: "Sign the user in lower case, as AWS stores it, and leave the token's User as it was signed.",
      };
    }
  },
};
