import { encodeRfc3986 } from "../encode.ts";
import { decodeValue } from "../parse.ts";
import { withValues } from "./query-changes.ts";
import type { Variant } from "./variant.ts";

const fix = "Escape each value once: pass it to the signer as it is, and print what was signed.";

export const encodingDouble: Variant = {
  id: "encoding-double",
  inPairs: 4,
  *candidates(request) {
    for (const [parameter, what] of [
      [null, "every value"],
      ["X-Amz-Credential", "X-Amz-Credential"],
      ["X-Amz-Security-Token", "X-Amz-Security-Token"],
    ] as const) {
      yield {
        request: withValues(request, parameter, encodeRfc3986),
        message: `The signature is that of a request with ${what} escaped twice (%252F for /); AWS escapes once.`,
        fix,
      };
    }
    yield {
      request: withValues(request, null, (value) => decodeValue(value.replaceAll("+", "%2B")).value),
      message: "The signature is that of a request with its values escaped once; in the token they are escaped twice.",
      fix,
    };
  },
};
