import { canonicalQuery } from "./canonical-request.ts";
import type { SignedRequest } from "./signed-request.ts";

/** A canonical query, and a number that stands for its text. */
export interface KnownQuery {
  readonly text: string;
  readonly id: number;
}

/**
 * Makes each canonical query once. Most candidates of a search leave the query as it was, and escaping and sorting one
 * with a session token of 4,000 characters takes longer than hashing it.
 */
export function rememberQueries(): (request: SignedRequest) => KnownQuery {
  const byQuery = new Map<SignedRequest["encode"], WeakMap<SignedRequest["query"], KnownQuery>>();
  const encodings = new Map<SignedRequest["encode"], SignedRequest["encode"]>();
  const ids = new Map<string, number>();
  return ({ query, encode }) => {
    const queries = valueFor(byQuery, encode, () => new WeakMap());
    const known = queries.get(query);
    if (known) return known;
    const text = canonicalQuery({ query, encode: valueFor(encodings, encode, () => remembered(encode)) });
    const made = { text, id: valueFor(ids, text, () => ids.size) };
    queries.set(query, made);
    return made;
  };
}

function remembered(encode: SignedRequest["encode"]): SignedRequest["encode"] {
  const texts = new Map<string, string>();
  return (text) => valueFor(texts, text, () => encode(text));
}

function valueFor<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
