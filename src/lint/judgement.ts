import { type Counts, countFindings, type Finding } from "../findings/finding.ts";
import type { Kind, Service } from "../target/kinds.ts";
import { partitionOf } from "../target/regions.ts";
import { type DecodedToken, decodeToken } from "../token/decode.ts";
import { readFields } from "../token/fields.ts";
import { parseTokenText } from "../token/parse.ts";
import { formatTime } from "../token/time.ts";
import { expectsAnything } from "./expected.ts";
import { isFine, type LintResult } from "./lint.ts";
import type { Expected, Subject } from "./rule.ts";
import { shownNames } from "./shown-name.ts";

/** What was found, as it is printed: the object of `cacheauth lint --json`. */
export interface Judgement {
  /** No error; under --strict, no warning either. */
  readonly ok: boolean;
  /** As of when it was judged. RFC 3339 in UTC. */
  readonly at: string;
  /** What it was compared with; null where nothing was known. */
  readonly expected: ExpectedShown | null;
  readonly counts: Counts;
  readonly findings: readonly Finding[];
  /** Null where there is nothing of a token. */
  readonly decoded: DecodedToken | null;
}

/** Null is not known. */
interface ExpectedShown {
  readonly target: {
    readonly service: Service | null;
    readonly kind: Kind | null;
    readonly name: string | null;
    readonly region: string | null;
    readonly partition: string | null;
    readonly endpoint: { readonly host: string; readonly port: number } | null;
  } | null;
  readonly user: string | null;
  readonly accountId: string | null;
}

export function judgementOf({ subject, findings, isToken }: LintResult, strict: boolean): Judgement {
  return {
    ok: isFine(findings, strict),
    at: formatTime(subject.at),
    expected: expectedShown(subject.expected),
    counts: countFindings(findings),
    findings,
    decoded: isToken ? decodedOf(subject, false) : null,
  };
}

export function decodedOf({ pasted, token, fields, at }: Subject, showSecrets: boolean): DecodedToken {
  const bytes = new TextEncoder().encode(pasted.text).length;
  return decodeToken(fields, { at, names: shownNames(token), showSecrets, bytes });
}

/** As if nothing had been there: what is not a token may be a password, and no part of it is shown. */
export function decodedNothing({ pasted, at }: Subject): DecodedToken {
  const token = parseTokenText("");
  const bytes = pasted.bytes.length;
  return decodeToken(readFields(token), { at, names: [], showSecrets: false, bytes });
}

function expectedShown(expected: Expected): ExpectedShown | null {
  if (!expectsAnything(expected)) return null;
  const { service, kind, name, region, endpoint, user, accountId } = expected;
  const anyTarget = [service, name, region, endpoint].some((value) => value !== null);
  return {
    target: anyTarget
      ? { service, kind, name, region, partition: region === null ? null : partitionOf(region), endpoint }
      : null,
    user,
    accountId,
  };
}
