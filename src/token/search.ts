import type { Hash } from "../runtime.ts";
import { canonicalRequest, scopeText, signatureOf } from "./canonical-request.ts";
import { type KnownQuery, rememberQueries } from "./query-memory.ts";
import type { SignedRequest } from "./signed-request.ts";
import type { SigningKeys } from "./signing-key.ts";
import { type Attempt, attemptsOf } from "./variants/attempts.ts";
import type { Known } from "./variants/variant.ts";

/** The most signatures that are computed for one token, its own included. */
const mostSignatures = 2000;

/** More parameters are no mistake of a signer, and each candidate would sort them. */
const mostParameters = 64;

/** The mistake that reproduces the signature; null where none of those known does. */
export function findVariant(
  request: SignedRequest,
  signature: Uint8Array,
  known: Known,
  hash: Hash,
  keys: SigningKeys,
): Attempt | null {
  if (request.query.length > mostParameters) return null;
  // Many candidates come to the same: a name that is in lower case already, a value with nothing to escape.
  const queryOf = rememberQueries();
  const tried = new Set([identityOf(request, queryOf(request))]);
  for (const attempt of attemptsOf(request, known)) {
    if (tried.size >= mostSignatures) break;
    const query = queryOf(attempt.request);
    const identity = identityOf(attempt.request, query);
    if (tried.has(identity)) continue;
    tried.add(identity);
    const canonical = canonicalRequest(attempt.request, query.text);
    if (equalBytes(signatureOf(attempt.request, hash, keys, canonical), signature)) return attempt;
  }
  return null;
}

/**
 * In constant time: how long it takes tells nothing of where two signatures differ.
 *
 * @example
 * ```ts
 * equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 3])); // false
 * ```
 */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}

/** All that a signature depends on, and short: the query by its number. */
function identityOf(request: SignedRequest, query: KnownQuery): string {
  const { date, scope, keyScope, secret } = request;
  return [canonicalRequest(request, `${query.id}`), date, scopeText(scope), scopeText(keyScope), secret].join("\n\n");
}
