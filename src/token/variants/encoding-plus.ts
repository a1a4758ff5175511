import { encodeRfc3986 } from "../encode.ts";
import type { Variant } from "./variant.ts";

const encodings = [
  ["spaces written as +", (text: string) => encodeRfc3986(text).replaceAll("%20", "+")],
  ["+ left as it is", (text: string) => encodeRfc3986(text).replaceAll("%2B", "+")],
  // URLSearchParams and java.net.URLEncoder.
  ["values escaped as in a form (a space is +, * stays, ~ is %7E)", encodeForm],
] as const;

export const encodingPlus: Variant = {
  id: "encoding-plus",
  inPairs: 3,
  *candidates(request) {
    for (const [what, encode] of encodings) {
      yield {
        request: { ...request, encode },
        message: `The signature is that of a canonical query with ${what}; AWS writes %20 for a space and %2B for +.`,
        fix: "Escape the canonical query by RFC 3986, not as a form: a space is %20, + is %2B.",
      };
    }
  },
};

function encodeForm(text: string): string {
  return encodeRfc3986(text).replaceAll("%20", "+").replaceAll("%2A", "*").replaceAll("~", "%7E");
}
