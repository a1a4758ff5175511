import { type TokenParameter, tokenParameters } from "../../token/fields.ts";
import type { Parameter, ParsedToken } from "../../token/parse.ts";
import { misspelt } from "../missing-parameter.ts";
import { nothing, type Rule } from "../rule.ts";
import { nameOf } from "../shown-name.ts";

/** Those that every token has. */
const required: readonly TokenParameter[] = tokenParameters.filter(
  (name) => name !== "ResourceType" && name !== "X-Amz-Security-Token",
);

export const truncated: Rule = {
  id: "truncated",
  check({ token, fields }) {
    const where = beginningLost(token) ?? endLost(token, fields.parameters);
    if (where === null) return nothing;
    const atStart = where.side === "start";
    const { length } = token.text;
    return [
      {
        message: atStart
          ? "The token is cut at its beginning: the name and /? are missing, and the first parameter is not whole."
          : `The token is cut ${where.at}, after ${length} characters.`,
        fix: where.fix,
        span: atStart ? { start: 0, end: token.parameters[0]?.end ?? 0 } : { start: length, end: length },
      },
    ];
  },
};

interface Cut {
  readonly side: "start" | "end";
  readonly at: string;
  readonly fix: string;
}

const copyWhole =
  "Copy it whole, or hand it over in a variable or file: a column, a field or a buffer was too short for it.";

function beginningLost({ hasQuestionMark, host, path, parameters }: ParsedToken): Cut | null {
  const [first, ...others] = parameters;
  if (hasQuestionMark || host.text !== "" || path.text !== "" || !first) return null;
  const known = (name: string) => tokenParameters.includes(name as TokenParameter);
  return !known(first.name) && others.some(({ name }) => known(name))
    ? { side: "start", at: "", fix: copyWhole }
    : null;
}

function endLost(token: ParsedToken, found: Readonly<Partial<Record<TokenParameter, Parameter>>>): Cut | null {
  const { parameters, text, fragment } = token;
  const last = parameters.at(-1);
  if (fragment || !token.hasQuestionMark) return null;
  const end = (at: string, fix = copyWhole): Cut => ({ side: "end", at, fix });
  if (parameters.length <= 1 && found["X-Amz-Signature"] === undefined) {
    return end(
      text.endsWith("?") ? "right behind the ?" : "at the first &",
      "Put the token in quotes: in a shell an & outside quotes ends the command.",
    );
  }
  if (!last) return null;
  const signature = found["X-Amz-Signature"];
  if (signature === last && /^[0-9a-f]{0,63}$/.test(last.raw)) {
    return end(`inside the signature, which has ${last.raw.length} of 64 digits`);
  }
  const missing = required.filter((name) => found[name] === undefined && misspelt(token, name) === undefined);
  if (isHalf(last, missing)) return end(last.hasEquals ? `inside ${nameOf(token, last)}` : "inside a parameter's name");
  if (text.endsWith("&") && missing.length > 0) return end("behind an &");
  return signature === undefined && missing.length > 1 ? end(`behind ${nameOf(token, last)}`) : null;
}

/** Whether the last parameter stops short: the beginning of a missing one's name, or of a value whose shape is known. */
function isHalf({ name, raw, value, hasEquals }: Parameter, missing: readonly TokenParameter[]): boolean {
  if (!hasEquals)
    return missing.some((whole) => whole !== name && whole.startsWith(name)) || missing.some((whole) => whole === name);
  if (/%[0-9a-f]?$/i.test(raw)) return true;
  switch (name) {
    case "X-Amz-SignedHeaders":
      return value !== "host" && "host".startsWith(value);
    case "X-Amz-Algorithm":
      return value !== "AWS4-HMAC-SHA256" && "AWS4-HMAC-SHA256".startsWith(value);
    case "X-Amz-Date":
      return missing.length > 0 && /^\d{0,8}$|^\d{8}T\d{0,6}$/.test(value);
    case "X-Amz-Credential":
      return missing.length > 0 && !value.endsWith("/aws4_request");
    default:
      return missing.length > 1 && raw === "";
  }
}
