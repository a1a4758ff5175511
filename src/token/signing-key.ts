import type { Hash } from "../runtime.ts";
import type { Scope } from "./signed-request.ts";

/** Keys already derived, by what they are derived from. Secret: it lives as long as its owner, and is never shown. */
export type SigningKeys = Map<string, Uint8Array>;

/**
 * How many keys are kept: a search derives a few hundred, and a server that is sent made-up scopes must not remember
 * them all.
 */
const mostKeys = 4096;

/** The signing key: the secret, then date, region, service and terminator, each keyed with the step before. */
export function signingKey(secret: string, scope: Scope, hash: Hash, keys: SigningKeys): Uint8Array {
  let from = `AWS4${secret}`;
  let key: Uint8Array | string = from;
  // Each step is kept: two regions share the first, two services the first two.
  for (const step of [scope.date, scope.region, scope.service, scope.terminator]) {
    from += `\n${step.length}:${step}`;
    key = keys.get(from) ?? keep(keys, from, hash.hmacSha256(key, step));
  }
  return key as Uint8Array;
}

function keep(keys: SigningKeys, from: string, key: Uint8Array): Uint8Array {
  if (keys.size >= mostKeys) keys.clear();
  keys.set(from, key);
  return key;
}
