import { type ConditionContext, isPerhaps } from "./context.ts";
import { type Glob, globOf, literal } from "./glob.ts";

/** A text with its variables filled in; or the keys that are not known here, or one that the request does not have. */
export type Expanded =
  | { readonly glob: Glob }
  | { readonly unknown: readonly string[] }
  | { readonly unresolved: string };

/** How a text is read: with variables (policies of version 2012-10-17), and with * and ? as signs. */
export interface Reading {
  readonly variables: boolean;
  readonly wildcards: boolean;
}

const variable = /\$\{([^{}]*)\}/g;

/**
 * Fills in `${aws:username}`, and `${aws:username, 'anybody'}` with what stands for an absent one; `${*}`, `${?}` and
 * `${$}` are the characters themselves (reference_policies_variables.html). What is filled in has no wildcards.
 */
export function expand(text: string, context: ConditionContext, { variables, wildcards }: Reading): Expanded {
  const plain = wildcards ? globOf : literal;
  if (!variables || !text.includes("${")) return { glob: plain(text) };
  const glob: number[] = [];
  const unknown: string[] = [];
  let end = 0;
  for (const { 0: whole, 1: inner = "", index } of text.matchAll(variable)) {
    glob.push(...plain(text.slice(end, index)));
    end = index + whole.length;
    const value = filledIn(inner, context);
    if (value.kind === "unresolved") return { unresolved: value.text };
    if (value.kind === "unknown") unknown.push(value.text);
    else glob.push(...literal(value.text));
  }
  if (unknown.length > 0) return { unknown };
  return { glob: [...glob, ...plain(text.slice(end))] };
}

function filledIn(inner: string, context: ConditionContext): { kind: "text" | "unknown" | "unresolved"; text: string } {
  if (isCharacter(inner)) return { kind: "text", text: inner };
  const key = keyOf(inner);
  const value = context(key.toLowerCase());
  if (value === "unknown" || isPerhaps(value)) return { kind: "unknown", text: key };
  // Keys with several values cannot be variables.
  const [only] = typeof value === "string" || value.length > 1 ? [] : value;
  const standIn = /,\s*'(.*)'\s*$/s.exec(inner)?.[1];
  const text = only ?? standIn;
  return text === undefined ? { kind: "unresolved", text: key } : { kind: "text", text };
}

function isCharacter(inner: string): boolean {
  return inner === "*" || inner === "?" || inner === "$";
}

function keyOf(inner: string): string {
  return (inner.split(",")[0] ?? "").trim();
}
