import { withoutToken } from "./without-token.ts";

/** More than that is neither read nor searched. */
const mostRead = 20_000;

const mostShown = 200;

/** What a server said, fit to be shown: one line, cut, and without any piece of the token. */
export function serverWords(text: string, token: string | null): string {
  const [line = ""] = text.slice(0, mostRead).trim().split(/\r?\n/, 1);
  const clean = token === null ? line : withoutToken(token)(line);
  return clean.length > mostShown ? `${clean.slice(0, mostShown)}…` : clean;
}
