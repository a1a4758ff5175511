import { tokenParameters } from "../fields.ts";
import type { Query, SignedRequest } from "../signed-request.ts";
import type { Candidate, Variant } from "./variant.ts";

/** These have variants of their own. */
const elsewhere: readonly string[] = ["ResourceType", "X-Amz-Security-Token"];
const standard: readonly string[] = tokenParameters;

/** More than these are no mistake of a signer, and would fill the search. */
const mostTried = 24;
const mostPaired = 6;

export const parameterAdded: Variant = {
  id: "parameter-added",
  inPairs: 8,
  *candidates(request) {
    const places = request.query.map(([name], index) => ({ name, index }));
    const foreign = places.filter(({ name }) => !standard.includes(name)).slice(0, mostTried);
    // A standard one that stands twice counts as well: each of the two is tried.
    const own = places.filter(({ name }) => standard.includes(name) && !elsewhere.includes(name)).slice(0, mostTried);
    const repeated = places.filter(({ name }, index) => elsewhere.includes(name) && isRepeated(request.query, index));
    for (const { index } of foreign) yield without(request, [index]);
    if (foreign.length > 1) yield without(request, allForeign(request.query));
    if (foreign.length > 2 && foreign.length <= mostPaired) {
      for (const [at, a] of foreign.entries()) {
        for (const b of foreign.slice(at + 1)) yield without(request, [a.index, b.index]);
      }
    }
    for (const { index } of [...own, ...repeated]) yield without(request, [index]);
  },
};

function isRepeated(query: Query, index: number): boolean {
  return query.some(([name], other) => other !== index && name === query[index]?.[0]);
}

function allForeign(query: Query): number[] {
  return query.flatMap(([name], index) => (standard.includes(name) ? [] : [index]));
}

function without(request: SignedRequest, indexes: readonly number[]): Candidate {
  const names = indexes.map((index) => request.query[index]?.[0] ?? "");
  const what = named(names);
  return {
    request: { ...request, query: request.query.filter((_, index) => !indexes.includes(index)) },
    message: `The signature is that of a request without ${what}; AWS computes it with every parameter that the token has.`,
    fix: `${names.every((name) => standard.includes(name)) ? "Add it before signing, and once" : "Leave it out, or add it before signing"}: whatever is added afterwards makes the signature wrong.`,
  };
}

/** By their names only where those look like names: what follows a stray `&` may be anything. */
function named(names: readonly string[]): string {
  const plain = names.length <= mostPaired && names.every((name) => /^[A-Za-z][A-Za-z0-9_.-]{0,29}$/.test(name));
  if (plain) return names.join(" and ");
  return names.length === 1 ? "one of the parameters" : `${names.length} of the parameters`;
}
