import type { Hash } from "../runtime.ts";
import { toHex } from "./hex.ts";
import type { Scope, SignedRequest } from "./signed-request.ts";
import { type SigningKeys, signingKey } from "./signing-key.ts";

/**
 * SigV4's own steps, in its own words: docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
 * `sign.ts` signs through Smithy; this is for what a server does, and for what a wrong signer did. A property test holds
 * the two equal.
 */

/** The signature of a request: 32 bytes. Keys derived on the way are kept in `keys`, the caller's own map. */
export function signatureOf(
  request: SignedRequest,
  hash: Hash,
  keys: SigningKeys,
  canonical = canonicalRequest(request),
): Uint8Array {
  const key = signingKey(request.secret, request.keyScope, hash, keys);
  return hash.hmacSha256(key, stringToSign(request, canonical, hash));
}

/** Six lines of the request, and the header part, which is `host` alone, with the blank line that ends it. */
export function canonicalRequest(request: SignedRequest, query = canonicalQuery(request)): string {
  const { method, path, host, signedHeaders, payloadHash } = request;
  return `${method}\n${path}\n${query}\nhost:${host}\n\n${signedHeaders}\n${payloadHash}`;
}

export function stringToSign(request: SignedRequest, canonical: string, hash: Hash): string {
  return `AWS4-HMAC-SHA256\n${request.date}\n${scopeText(request.scope)}\n${toHex(hash.sha256(canonical))}`;
}

/**
 * @example
 * ```ts
 * scopeText({ date: "20250101", region: "us-east-1", service: "elasticache", terminator: "aws4_request" }); // "20250101/us-east-1/elasticache/aws4_request"
 * ```
 */
export function scopeText({ date, region, service, terminator }: Scope): string {
  return `${date}/${region}/${service}/${terminator}`;
}

/** Sorted by name, then by value, both as escaped. */
export function canonicalQuery({ query, encode }: Pick<SignedRequest, "query" | "encode">): string {
  return query
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** By code unit: a locale would sort `X-Amz-` and `x-amz-` together. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
