import { shown } from "../../errors.ts";
import { firstValue, hasParameter, withValues } from "./query-changes.ts";
import type { Variant } from "./variant.ts";

/** The limit for a token, then the defaults of presigners, then what other services allow. */
const lifetimes = ["900", "60", "300", "600", "3600", "43200", "604800"];

export const expiresOther: Variant = {
  id: "expires-other",
  inPairs: 7,
  *candidates(request) {
    if (!hasParameter(request, "X-Amz-Expires")) return;
    for (const seconds of lifetimes) {
      yield {
        request: withValues(request, "X-Amz-Expires", () => seconds),
        message: `The signature is that of a request with X-Amz-Expires=${seconds}; the token has ${shown(firstValue(request, "X-Amz-Expires"))}.`,
        fix: "Give the lifetime, at most 900, to the signer, and leave X-Amz-Expires as it was signed.",
      };
    }
  },
};
