import type { FindingId } from "../findings/ids.ts";
import type { Told } from "../findings/make-finding.ts";
import type { Kind, Service } from "../target/kinds.ts";
import type { TokenFields } from "../token/fields.ts";
import type { Parameter, ParsedToken } from "../token/parse.ts";
import type { Pasted } from "../token/pasted/read-pasted.ts";

/** What the token should be for, as far as that is known; null is not known. */
export interface Expected {
  readonly service: Service | null;
  readonly kind: Kind | null;
  readonly name: string | null;
  readonly region: string | null;
  readonly endpoint: { readonly host: string; readonly port: number } | null;
  readonly user: string | null;
  /** The user and the target come from the surroundings: what was pasted beside the token comes before them. */
  readonly userIsFallback: boolean;
  readonly targetIsFallback: boolean;
  /** Who logs in, and to which cache, by what was pasted beside the token. */
  readonly login: { readonly user: string | null; readonly name: string | null };
  /** Twelve digits. */
  readonly accountId: string | null;
}

/** All that a rule looks at. */
export interface Subject {
  readonly pasted: Pasted;
  readonly token: ParsedToken;
  readonly fields: TokenFields;
  readonly expected: Expected;
  readonly at: Date;
  /** A line ending was taken off stdin's end. */
  readonly finalNewlineDropped: boolean;
}

/** What a rule found: one thing that is there, what was expected, and one fix. */
export interface Found extends Omit<Told, "place"> {
  /** Where in the token's text. */
  readonly span?: Span | null;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One rule: an id of the catalogue, and how to see it. */
export interface Rule {
  readonly id: FindingId;
  /** Never throws, and takes time linear in the token's length. */
  check(subject: Subject): readonly Found[];
}

export const nothing: readonly Found[] = [];

/** The value of a parameter, for a caret under it. */
export function valueSpan(parameter: Parameter | undefined): Span | null {
  return parameter ? { start: parameter.valueStart, end: parameter.end } : null;
}

/** One part of the credential, counted from its end: 0 the terminator, 1 the service, 2 the region, 3 the date. */
export function credentialSpan({ parameters }: TokenFields, fromEnd: 0 | 1 | 2 | 3): Span | null {
  const parameter = parameters["X-Amz-Credential"];
  if (!parameter) return null;
  // However its slashes are written, even encoded twice.
  const slashes = [...parameter.raw.matchAll(/\/|%(?:25)?2f/gi)];
  const before = slashes.at(-1 - fromEnd);
  if (!before) return valueSpan(parameter);
  const start = parameter.valueStart + before.index + before[0].length;
  const end =
    fromEnd === 0 ? parameter.end : parameter.valueStart + (slashes.at(-fromEnd)?.index ?? parameter.raw.length);
  return { start, end };
}

/** Where a missing parameter would have to be added. */
export function endSpan({ text, fragment }: ParsedToken): Span {
  const end = fragment?.start ?? text.length;
  return { start: end, end };
}
