import { firstValue, hasParameter, withoutParameter, withParameter, withValues } from "./query-changes.ts";
import type { Variant } from "./variant.ts";

const parameter = "X-Amz-Security-Token";

export const sessionTokenDropped: Variant = {
  id: "session-token-dropped",
  inPairs: 1,
  *candidates(request, { credentials: { sessionToken } }) {
    if (!sessionToken || hasParameter(request, parameter)) return;
    yield {
      request: withParameter(request, parameter, sessionToken),
      message: "The signature is that of a request with X-Amz-Security-Token; the token does not have it.",
      fix: "Leave X-Amz-Security-Token in the token: AWS needs it to know a temporary key.",
    };
  },
};

/** The order that AWS IoT wants, and its signers keep: sign first, then append the session token. */
export const sessionTokenAdded: Variant = {
  id: "session-token-added",
  inPairs: 1,
  *candidates(request) {
    if (!hasParameter(request, parameter)) return;
    yield {
      request: withoutParameter(request, parameter),
      message:
        "The signature is that of a request without X-Amz-Security-Token; AWS computes it with the one in the token.",
      fix: "Add X-Amz-Security-Token to the parameters before signing, not afterwards.",
    };
  },
};

export const sessionTokenDecoded: Variant = {
  id: "session-token-decoded",
  inPairs: 2,
  *candidates(request, { credentials: { sessionToken } }) {
    const value = firstValue(request, parameter);
    if (value === "") return;
    yield {
      request: withValues(request, parameter, (text) => text.replaceAll(" ", "+")),
      message:
        "The signature is that of a session token with + where the token has a space: a raw + in a query is read as one.",
      fix: "Escape the session token once when the token is printed: + is %2B, / is %2F, = is %3D.",
    };
    yield {
      request: withValues(request, parameter, (text) => text.replaceAll("+", " ")),
      message:
        "The signature is that of a session token with spaces where it has +: it was decoded once too often before signing.",
      fix: "Sign the session token as AWS gave it, without decoding it.",
    };
    if (!sessionToken) return;
    yield {
      request: withValues(request, parameter, () => sessionToken),
      message: "The signature is that of the session token at hand; the one in the token differs from it.",
      fix: "Print the session token whole and as it was signed, escaped once.",
    };
  },
};
