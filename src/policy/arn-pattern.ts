/** A resource of a statement taken apart; any part may have wildcards. */
export interface ArnPattern {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** What follows the fifth colon. */
  readonly rest: string;
  /** Before and after the first : or / of the rest; null where there is none. */
  readonly resource: { readonly type: string; readonly separator: string; readonly name: string } | null;
}

/** Null where it has not the six parts of an ARN. */
export function readArnPattern(pattern: string): ArnPattern | null {
  const parts = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.+)$/s.exec(pattern);
  if (!parts) return null;
  const [, partition = "", service = "", region = "", account = "", rest = ""] = parts;
  const split = /^([^:/]*)([:/])(.*)$/s.exec(rest);
  const [, type = "", separator = "", name = ""] = split ?? [];
  return { partition, service, region, account, rest, resource: split && { type, separator, name } };
}
