import { compareBy } from "./comparisons.ts";
import type { Glob } from "./glob.ts";

/** A condition operator, taken apart: `ForAnyValue:StringNotLikeIfExists`. */
export interface Operator {
  readonly written: string;
  /** For keys with several values: whether all of them, or any, must fit. */
  readonly quantifier: "all" | "any" | null;
  /** Holds where the request does not have the key. */
  readonly ifExists: boolean;
  /** Asks whether the key is absent, and compares nothing. */
  readonly isNull: boolean;
  /** Holds where the comparison does not. */
  readonly negated: boolean;
  /** Whether * and ? are signs in its values. */
  readonly wildcards: boolean;
  /** Whether its values may have variables: with strings and ARNs alone. */
  readonly variables: boolean;
  compare(value: string, pattern: Glob): boolean;
}

interface Base {
  readonly name: string;
  readonly compare: Operator["compare"];
  readonly negated?: true;
  readonly wildcards?: true;
  readonly variables?: true;
}

const text = { variables: true } as const;
const like = { variables: true, wildcards: true } as const;
const negated = { negated: true } as const;

/** reference_policies_elements_condition_operators.html, in its order. */
const bases: readonly Base[] = [
  { name: "StringEquals", compare: compareBy.text, ...text },
  { name: "StringNotEquals", compare: compareBy.text, ...text, ...negated },
  { name: "StringEqualsIgnoreCase", compare: compareBy.textIgnoringCase, ...text },
  { name: "StringNotEqualsIgnoreCase", compare: compareBy.textIgnoringCase, ...text, ...negated },
  { name: "StringLike", compare: compareBy.text, ...like },
  { name: "StringNotLike", compare: compareBy.text, ...like, ...negated },
  { name: "NumericEquals", compare: compareBy.number((a, b) => a === b) },
  { name: "NumericNotEquals", compare: compareBy.number((a, b) => a === b), ...negated },
  { name: "NumericLessThan", compare: compareBy.number((a, b) => a < b) },
  { name: "NumericLessThanEquals", compare: compareBy.number((a, b) => a <= b) },
  { name: "NumericGreaterThan", compare: compareBy.number((a, b) => a > b) },
  { name: "NumericGreaterThanEquals", compare: compareBy.number((a, b) => a >= b) },
  { name: "DateEquals", compare: compareBy.date((a, b) => a === b) },
  { name: "DateNotEquals", compare: compareBy.date((a, b) => a === b), ...negated },
  { name: "DateLessThan", compare: compareBy.date((a, b) => a < b) },
  { name: "DateLessThanEquals", compare: compareBy.date((a, b) => a <= b) },
  { name: "DateGreaterThan", compare: compareBy.date((a, b) => a > b) },
  { name: "DateGreaterThanEquals", compare: compareBy.date((a, b) => a >= b) },
  { name: "Bool", compare: compareBy.textIgnoringCase },
  { name: "BinaryEquals", compare: compareBy.text },
  { name: "IpAddress", compare: compareBy.address },
  { name: "NotIpAddress", compare: compareBy.address, ...negated },
  { name: "ArnEquals", compare: compareBy.arn, ...like },
  { name: "ArnNotEquals", compare: compareBy.arn, ...like, ...negated },
  { name: "ArnLike", compare: compareBy.arn, ...like },
  { name: "ArnNotLike", compare: compareBy.arn, ...like, ...negated },
  { name: "Null", compare: () => false },
];

const byName = new Map(bases.map((base) => [base.name.toLowerCase(), base]));

/** Every operator's name, without what may stand before or after it. */
export const operatorNames: readonly string[] = bases.map(({ name }) => name);

/** Null where there is no such operator. Its name is taken in any case; Null has no IfExists. */
export function readOperator(written: string): Operator | null {
  const parts = /^(?:(ForAllValues|ForAnyValue):)?([a-z]+?)(IfExists)?$/i.exec(written);
  const base = byName.get(parts?.[2]?.toLowerCase() ?? "");
  if (!parts || !base) return null;
  const [, quantifier, , ifExists] = parts;
  const isNull = base.name === "Null";
  if (isNull && (ifExists !== undefined || quantifier !== undefined)) return null;
  return {
    written,
    quantifier: quantifier === undefined ? null : quantifier.toLowerCase() === "forallvalues" ? "all" : "any",
    ifExists: ifExists !== undefined,
    isNull,
    negated: base.negated ?? false,
    wildcards: base.wildcards ?? false,
    variables: base.variables ?? false,
    compare: base.compare,
  };
}
