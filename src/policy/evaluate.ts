import { evaluateCondition } from "./conditions.ts";
import type { ConditionContext } from "./context.ts";
import type { Patterns, PolicyDocument, Statement, StatementPlace } from "./document.ts";
import { globOf, matches } from "./glob.ts";
import { all, fails, type Known, known, not, some } from "./truth.ts";
import { expand } from "./variables.ts";

/** One action on one resource. */
export interface AccessRequest {
  /** `elasticache:Connect` */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  readonly context: ConditionContext;
}

export interface Evaluation {
  /** `implicit-deny`: no statement allows it. `depends`: on condition keys that are not known here. */
  readonly decision: "allowed" | "explicit-deny" | "implicit-deny" | "depends";
  /** The statements that decide, or would: none where nothing allows it. */
  readonly statements: readonly StatementPlace[];
  /** The keys it depends on, as written in the policies. */
  readonly unknownKeys: readonly string[];
}

/**
 * What IAM decides by identity policies alone (reference_policies_evaluation-logic.html): a statement that denies wins,
 * else one that allows is needed.
 */
export function evaluate(documents: readonly PolicyDocument[], request: AccessRequest): Evaluation {
  const found = documents.flatMap(({ statements, version }, document) =>
    statements.map((statement, index) => ({
      effect: statement.effect,
      place: { document, statement: index },
      ...applies(statement, version, request),
    })),
  );
  const of = (effect: Statement["effect"], truth: Known["truth"]) =>
    found.filter((one) => one.effect === effect && one.truth === truth);
  const decided = (decision: Evaluation["decision"], by: typeof found): Evaluation => ({
    decision,
    statements: by.map(({ place }) => place),
    unknownKeys: [...new Set(by.flatMap(({ unknown }) => unknown))],
  });

  const [denying, perhapsDenying] = [of("Deny", true), of("Deny", null)];
  const [allowing, perhapsAllowing] = [of("Allow", true), of("Allow", null)];
  if (denying.length > 0) return decided("explicit-deny", denying);
  if (allowing.length === 0 && perhapsAllowing.length === 0) return decided("implicit-deny", []);
  if (perhapsDenying.length > 0)
    return decided("depends", [...perhapsDenying, ...(allowing.length > 0 ? [] : perhapsAllowing)]);
  return allowing.length > 0 ? decided("allowed", allowing) : decided("depends", perhapsAllowing);
}

/** Whether a statement is about the request. */
export function applies(statement: Statement, version: PolicyDocument["version"], request: AccessRequest): Known {
  if (!namesAction(statement, request.action)) return fails;
  return all([
    namesResource(statement.resources, version, request),
    ...statement.conditions.map((condition) => evaluateCondition(condition, version, request.context)),
  ]);
}

/** Actions are compared without regard to case (reference_policies_elements_action.html), and have no variables. */
export function namesAction({ actions }: Statement, action: string): boolean {
  const lower = action.toLowerCase();
  return actions.patterns.some((pattern) => matches(globOf(pattern.toLowerCase()), lower)) !== actions.not;
}

function namesResource(resources: Patterns, version: PolicyDocument["version"], request: AccessRequest): Known {
  const reading = { variables: version === "2012-10-17", wildcards: true };
  const each = resources.patterns.map((pattern) => expand(pattern, request.context, reading));
  // A variable that cannot be filled in: the pattern is of nothing, and what is of all but it is not meant.
  if (resources.not && each.some((expanded) => "unresolved" in expanded)) return fails;
  const found = some(
    each.map((expanded) => {
      if ("glob" in expanded) return known(matches(expanded.glob, request.resource));
      return "unknown" in expanded ? { truth: null, unknown: expanded.unknown } : fails;
    }),
  );
  return resources.not ? not(found) : found;
}
