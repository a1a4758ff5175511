import type { Token } from "../../token/create-token.ts";

/** The token and one line ending, nothing more: it is meant for $(…) and for pipes. */
export function tokenText({ token }: Token): string {
  return token === null ? "" : `${token}\n`;
}
