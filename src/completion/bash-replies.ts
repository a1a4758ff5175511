import type { BashLine } from "./bash-line.ts";
import type { Suggestion } from "./suggestion.ts";

/** What goes into COMPREPLY: readline puts it into the line as it is, in place of what it does not keep of the word. */
export function bashReplies({ prefix, words }: Suggestion, { current, kept, quote }: BashLine): readonly string[] {
  return words
    .map(({ word }) => prefix + word)
    .filter((word) => word.startsWith(current))
    .map((word) => closable(quotedIn(word.slice(kept), quote), quote));
}

/** Behind a quote readline takes the word for closed. */
function closable(reply: string, quote: BashLine["quote"]): string {
  return quote !== "" && reply.endsWith(quote) ? reply + quote : reply;
}

/** The text as bash reads it back, where such a quote is open; readline closes it. */
function quotedIn(text: string, quote: BashLine["quote"]): string {
  if (quote === "'") return text.replaceAll("'", "'\\''");
  // Between these quotes nothing keeps an exclamation mark from the history: it stands outside of them.
  if (quote === '"') return text.replace(/[$`"\\]/g, "\\$&").replaceAll("!", '"\\!"');
  return text.replace(/[^\w./:=@%+,\u0080-\u{10ffff}-]/gu, "\\$&");
}
