import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { Layer } from "../token/pasted/layer.ts";

/** What to paste is all right, and to send is not: a server takes all that stands around a token for the password. */
export function sentInside(layers: readonly Layer[]): Finding {
  const what = layers.find(({ rule }) => rule === "unwrapped")?.what ?? "a longer text";
  return makeFinding("unwrapped", {
    severity: "error",
    message: `The token was sent inside of ${what}, and a server takes all of that for the password.`,
    fix: "Hand over the token alone as the password, and the user in its own option.",
  });
}
