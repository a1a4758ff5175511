import { type TokenParameter, tokenParameters } from "../token/fields.ts";
import { nearName } from "../token/near-name.ts";
import type { Parameter, ParsedToken } from "../token/parse.ts";

/**
 * A parameter's name as it may be shown. One that nobody knows may be the rest of a secret that a stray & cut in two, or
 * its beginning where the = was lost: it is shown only if it is short and follows neither a session token nor a broken
 * signature.
 */
export function nameOf(token: ParsedToken, parameter: Parameter): string {
  return shownNames(token)[token.parameters.indexOf(parameter)] ?? "a parameter";
}

/** For each parameter its name, or null where that must not be shown. */
export function shownNames(token: ParsedToken): readonly (string | null)[] {
  const known = remembered.get(token) ?? readNames(token);
  remembered.set(token, known);
  return known;
}

/** Every finding asks. */
const remembered = new WeakMap<ParsedToken, readonly (string | null)[]>();

function readNames({ parameters }: ParsedToken): readonly (string | null)[] {
  let doubtful = false;
  return parameters.map((parameter) => {
    const { name, raw, hasEquals } = parameter;
    const meant = tokenParameters.includes(name as TokenParameter) ? name : hasEquals ? nearName(name) : null;
    if (meant !== null) {
      doubtful = meant === "X-Amz-Security-Token" || (meant === "X-Amz-Signature" && !/^[0-9a-f]{64}$/i.test(raw));
      return name;
    }
    doubtful ||= !hasEquals || !/^[A-Za-z][\w.-]{0,31}$/.test(name) || isSecretsName(name);
    return doubtful ? null : name;
  });
}

/** AWS's own that no token has, and whose names give nothing away. */
const others: ReadonlySet<string> = new Set(["x-amz-content-sha256", "x-amz-user-agent", "x-amz-target"]);

/** One of AWS's that is none of a token's: with a few letters lost, it may hold the beginning of the session token. */
function isSecretsName(name: string): boolean {
  const lower = name.toLowerCase();
  return (
    lower.includes("amz-") && !others.has(lower) && !tokenParameters.some((known) => known.toLowerCase() === lower)
  );
}
