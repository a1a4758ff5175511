import type { Parameter } from "../../token/parse.ts";
import { type Found, nothing, type Rule, valueSpan } from "../rule.ts";
import { nameOf } from "../shown-name.ts";

/** What RFC 3986 escapes in a value and no signer leaves: `+ / = ! ' ( ) *` (SigV4 escapes the last five too). */
const raw = /[+/=!'()*]/;

export const unencodedValue: Rule = {
  id: "unencoded-value",
  check({ token }) {
    const changed = token.parameters.find(changesItself);
    if (changed) return [asError(changed, nameOf(token, changed))];
    const kept = token.parameters.filter((parameter) => raw.test(parameter.raw));
    const [first] = kept;
    if (!first) return nothing;
    const character = raw.exec(first.raw)?.[0] ?? "";
    return [
      {
        message: `${kept.length === 1 ? `${nameOf(token, first)} has` : `${kept.length} values have`} ${character} unescaped; signers write it as %${hex(character)}.`,
        fix: "Pass the token on as it was made; whatever decoded it may have decoded more.",
        ...(kept.length === 1 ? { parameter: nameOf(token, first) } : {}),
        span: valueSpan(first),
      },
    ];
  },
};

/** A raw + in the session token, which is base64, reads as a space; and what is no ASCII was never what a signer printed. */
function changesItself({ name, raw: text }: Parameter): boolean {
  return (name === "X-Amz-Security-Token" && text.includes("+")) || /[^\u0000-\u007f]/.test(text);
}

function asError(parameter: Parameter, name: string): Found {
  const plus = parameter.raw.includes("+");
  return {
    severity: "error",
    message: plus
      ? "The session token has a + unescaped, which reads as a space: not the session token that was signed."
      : `${name} has a character that is not ASCII, unescaped; a signer would have escaped it.`,
    fix: plus
      ? "Percent-encode the session token in the URL (+ is %2B), once, and pass the token on as it was made."
      : "Type it again: a word processor or a chat changed it.",
    parameter: name,
    span: valueSpan(parameter),
  };
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase();
}
