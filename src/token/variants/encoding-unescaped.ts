import { encodeRfc3986 } from "../encode.ts";
import type { Variant } from "./variant.ts";

/** What some signers leave: encodeURIComponent's five, Python's `quote` with its default, hand-written lists. */
const kept = ["!'()*", "/", "=", "/=", "+/=", "*", "/:", "!'()*/"].map(
  (characters) => [characters, keeping(characters)] as const,
);

export const encodingUnescaped: Variant = {
  id: "encoding-unescaped",
  inPairs: 5,
  *candidates(request) {
    for (const [characters, encode] of kept) {
      yield {
        request: { ...request, encode },
        message: `The signature is that of a canonical query with ${[...characters].join(" ")} not escaped; AWS escapes everything but letters, digits and - . _ ~.`,
        fix: "Escape names and values in the canonical query by RFC 3986, all but A-Z a-z 0-9 - . _ ~.",
      };
    }
    // Values that are escaped still were escaped twice when printed, which encoding-double says.
    if (request.query.some(([, value]) => /%[0-9a-f]{2}/i.test(value))) return;
    yield {
      request: { ...request, encode: unescaped },
      message: "The signature is that of a canonical query that is not escaped at all; AWS escapes names and values.",
      fix: "Escape names and values in the canonical query by RFC 3986, once.",
    };
  },
};

const unescaped = (text: string) => text;

function keeping(characters: string): (text: string) => string {
  return (text) =>
    encodeRfc3986(text).replace(/%[2-7][0-9A-F]/g, (escaped) => {
      const char = decodeURIComponent(escaped);
      return characters.includes(char) ? char : escaped;
    });
}
