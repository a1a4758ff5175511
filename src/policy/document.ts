import type { Operator } from "./operators.ts";
import type { PolicySource } from "./source.ts";

/** An IAM policy, read: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html. */
export interface PolicyDocument {
  /** By what it is named in findings: a policy's or a file's name; null where it has none. */
  readonly name: string | null;
  /** Only the newer one knows variables. */
  readonly version: "2012-10-17" | "2008-10-17";
  readonly statements: readonly Statement[];
  /** Null where it was not read from a text. */
  readonly source: PolicySource | null;
}

export interface Statement {
  readonly sid: string | null;
  readonly effect: "Allow" | "Deny";
  readonly actions: Patterns;
  readonly resources: Patterns;
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
}

/** Action or NotAction, Resource or NotResource. */
export interface Patterns {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

/** One key under one operator. */
export interface Condition {
  readonly operator: Operator;
  /** As written; keys are compared without regard to case. */
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement, by where it stands; both count from 0. */
export interface StatementPlace {
  readonly document: number;
  readonly statement: number;
}
