import { type FindingId, findingIds } from "../../src/findings/ids.ts";
import { nothingExpected } from "../../src/lint/expected.ts";
import { type LintResult, lint } from "../../src/lint/lint.ts";
import type { Expected } from "../../src/lint/rule.ts";

const allIds = Object.keys(findingIds) as FindingId[];

/** What is judged by a token's text; the ids behind these are of connections, records and policies. */
export const tokenIds: readonly FindingId[] = allIds.slice(0, allIds.indexOf("signature-mismatch") + 1);

/** A good token, a minute old when it is judged. No signer made it: lint does not recompute the signature. */
export const at: Date = new Date("2025-01-31T12:01:00Z");
export const signature: string = "5f".repeat(32);
export const sessionToken: string = "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJIMEYCIQDx+abc/def==";

export const parameters: readonly (readonly [name: string, value: string])[] = [
  ["Action", "connect"],
  ["User", "my-user"],
  ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
  ["X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20250131/us-east-1/elasticache/aws4_request"],
  ["X-Amz-Date", "20250131T120000Z"],
  ["X-Amz-Expires", "900"],
  ["X-Amz-SignedHeaders", "host"],
  ["X-Amz-Signature", signature],
];

export interface Changes {
  readonly name?: string;
  /** What stands between the name and the parameters. */
  readonly path?: string;
  /** A value for a parameter, encoded here; null takes it out; a new one goes before the signature. */
  readonly set?: Readonly<Record<string, string | null>>;
  /** Encoded already. */
  readonly raw?: Readonly<Record<string, string>>;
}

/** The good token with changes. */
export function token({ name = "my-cache", path = "/?", set = {}, raw = {} }: Changes = {}): string {
  const pairs = new Map(parameters.map(([key, value]) => [key, encode(value)] as const));
  const last = pairs.get("X-Amz-Signature") ?? "";
  pairs.delete("X-Amz-Signature");
  for (const [key, value] of Object.entries(set)) {
    if (value === null) pairs.delete(key);
    else if (key !== "X-Amz-Signature") pairs.set(key, encode(value));
  }
  for (const [key, value] of Object.entries(raw)) if (key !== "X-Amz-Signature") pairs.set(key, value);
  const signed = raw["X-Amz-Signature"] ?? (set["X-Amz-Signature"] === undefined ? last : set["X-Amz-Signature"]);
  if (signed !== null) pairs.set("X-Amz-Signature", signed);
  return `${name}${path}${[...pairs].map(([key, value]) => `${key}=${value}`).join("&")}`;
}

/** The good token of temporary keys. */
export function temporary(changes: Changes = {}): string {
  const credential = "ASIAIOSFODNN7EXAMPLE/20250131/us-east-1/elasticache/aws4_request";
  const set = { "X-Amz-Credential": credential, "X-Amz-Security-Token": sessionToken, ...changes.set };
  return token({ ...changes, set });
}

export function credential(parts: {
  key?: string;
  date?: string;
  region?: string;
  service?: string;
  end?: string;
}): Changes {
  const {
    key = "AKIAIOSFODNN7EXAMPLE",
    date = "20250131",
    region = "us-east-1",
    service = "elasticache",
    end = "aws4_request",
  } = parts;
  return { set: { "X-Amz-Credential": [key, date, region, service, end].join("/") } };
}

export function encode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function judge(text: string | Uint8Array, expected: Partial<Expected> = {}, when: Date = at): LintResult {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return lint({ bytes, expected: { ...nothingExpected, ...expected }, at: when });
}

/** The ids that were found, errors first. */
export function idsOf(result: LintResult, severities: readonly string[] = ["error", "warning", "info"]): string[] {
  return result.findings.filter(({ severity }) => severities.includes(severity)).map(({ rule }) => rule);
}

export const replicationGroup: Partial<Expected> = {
  service: "elasticache",
  kind: "replication-group",
  name: "my-cache",
  region: "us-east-1",
  user: "my-user",
};
export const serverless: Partial<Expected> = { ...replicationGroup, kind: "serverless-cache" };
export const memoryDb: Partial<Expected> = { ...replicationGroup, service: "memorydb", kind: "memorydb-cluster" };
