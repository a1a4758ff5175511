import { withoutConsequences } from "../findings/explains.ts";
import type { Finding } from "../findings/finding.ts";
import { findingIds } from "../findings/ids.ts";
import { inOrder } from "../lint/lint.ts";

/** Errors first, each severity in the order of the ids. */
export function told(findings: readonly Finding[]): readonly Finding[] {
  return inOrder(withoutConsequences(findings).sort((a, b) => order(a) - order(b)));
}

const places = new Map(Object.keys(findingIds).map((id, index) => [id, index]));

function order({ rule }: Finding): number {
  return places.get(rule) ?? places.size;
}
