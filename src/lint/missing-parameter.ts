import { shown } from "../errors.ts";
import type { Likelihood } from "../findings/finding.ts";
import type { FindingId } from "../findings/ids.ts";
import { meantValue, type TokenParameter } from "../token/fields.ts";
import { differsInCase, nearName } from "../token/near-name.ts";
import type { Parameter, ParsedToken } from "../token/parse.ts";
import { type Expected, endSpan, type Found, nothing, type Rule, type Span } from "./rule.ts";

/** A rule over a parameter that every token has: not there, there by a misspelt name, or empty. */
export function missingRule(
  id: FindingId,
  name: TokenParameter,
  words: {
    readonly absent: string;
    readonly fix: (expected: Expected) => string;
    /** Else certain: the frame cannot be checked without it. */
    readonly likelihood?: Likelihood;
  },
): Rule {
  return {
    id,
    check({ token, fields, expected }) {
      const parameter = fields.parameters[name];
      if (parameter && meantValue(parameter).trim() !== "") return nothing;
      const missing = parameter
        ? { message: `${name} is empty.`, span: parameter }
        : (missingBySpelling(token, name) ?? { message: words.absent, span: endSpan(token) });
      return [{ ...missing, fix: words.fix(expected), likelihood: words.likelihood ?? "certain", parameter: name }];
    },
  };
}

/** What stands there in the place of a missing parameter, by a name that is almost its own; null where nothing does. */
export function missingBySpelling(
  token: ParsedToken,
  name: TokenParameter,
): (Pick<Found, "message"> & { readonly span: Span }) | null {
  const other = misspelt(token, name);
  if (!other) return null;
  const why = differsInCase(other.name, name) ? "names of parameters keep their case" : "the name is misspelt";
  return { message: `There is no ${name}, but ${shown(other.name)}: ${why}.`, span: other };
}

/** The parameter whose name was meant to be this one. Without an = it is the rest of something that was cut. */
export function misspelt(token: ParsedToken, name: TokenParameter): Parameter | undefined {
  const known = misspellings.get(token) ?? readMisspellings(token);
  return known.get(name);
}

/** Many rules ask, and a hostile client's token may have thousands of parameters: each name is compared once. */
const misspellings = new WeakMap<ParsedToken, ReadonlyMap<TokenParameter, Parameter>>();

function readMisspellings(token: ParsedToken): ReadonlyMap<TokenParameter, Parameter> {
  const found = new Map<TokenParameter, Parameter>();
  for (const parameter of token.parameters) {
    const meant = parameter.hasEquals ? nearName(parameter.name) : null;
    if (meant !== null && !found.has(meant)) found.set(meant, parameter);
  }
  misspellings.set(token, found);
  return found;
}
