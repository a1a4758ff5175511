import type { TokenProvider } from "./token-provider.ts";

/**
 * A password for clients that turn it into text when they write it: the token that is good then. It may be copied from options to
 * options, as clients do for each node and duplicate; who prints or serializes them sees no token.
 */
export function livePassword(provider: TokenProvider): { toString(): string } {
  const shown = () => `token for ${provider.user}`;
  return {
    toString: () => provider.peek() ?? "",
    ...{ toJSON: shown, [Symbol.for("nodejs.util.inspect.custom")]: shown },
  };
}
