import type { SignedRequest } from "../signed-request.ts";
import { pairs, variants } from "./registry.ts";
import type { Candidate, Known, Variant } from "./variant.ts";

/** A candidate under the id of its variant; `a+b` for a pair. */
export interface Attempt extends Candidate {
  readonly id: string;
}

/** Every single variant in its order, then every pair in its order. */
export function* attemptsOf(request: SignedRequest, known: Known): Iterable<Attempt> {
  for (const variant of variants) {
    for (const candidate of variant.candidates(request, known)) yield { id: variant.id, ...candidate };
  }
  for (const [a, b] of pairs) {
    const id = `${a.id}+${b.id}`;
    for (const first of likeliest(a, request, known)) {
      for (const second of likeliest(b, first.request, known)) yield both(id, first, second);
    }
  }
}

function* likeliest(variant: Variant, request: SignedRequest, known: Known): Iterable<Candidate> {
  let left = variant.inPairs;
  for (const candidate of variant.candidates(request, known)) {
    if (left === 0) return;
    left -= 1;
    yield candidate;
  }
}

function both(id: string, first: Candidate, second: Candidate): Attempt {
  return {
    id,
    request: second.request,
    message: `Two mistakes together: ${first.message} ${second.message}`,
    fix: first.fix === second.fix ? first.fix : `${first.fix} ${second.fix}`,
  };
}
