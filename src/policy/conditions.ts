import { type ConditionContext, isPerhaps } from "./context.ts";
import type { Condition, PolicyDocument } from "./document.ts";
import type { Glob } from "./glob.ts";
import { all, dependsOn, fails, holds, type Known, known, not, some } from "./truth.ts";
import { expand } from "./variables.ts";

/**
 * Whether a condition holds (reference_policies_elements_condition_operators.html and
 * reference_policies_condition-single-vs-multi-valued-context-keys.html). Several values of one key are an "or"; under a
 * negated operator none of them may fit.
 */
export function evaluateCondition(
  condition: Condition,
  version: PolicyDocument["version"],
  context: ConditionContext,
): Known {
  const { operator, key, values } = condition;
  const value = context(key.toLowerCase());
  if (value === "unknown") return dependsOn([key]);
  if (isPerhaps(value)) {
    const [there, absent] = ([value.perhaps, "absent"] as const).map((one) =>
      evaluateCondition(condition, version, (asked) => (asked === key.toLowerCase() ? one : context(asked))),
    );
    return there && there.truth === absent?.truth ? there : dependsOn([key]);
  }
  const present = value === "absent" ? [] : value;
  if (operator.isNull)
    return known(values.some((asked) => (asked.toLowerCase() === "true") === (present.length === 0)));
  if (present.length === 0) return known(withoutKey(condition));

  const patterns: Glob[] = [];
  const unknown: string[] = [];
  for (const text of values) {
    const variables = operator.variables && version === "2012-10-17";
    const expanded = expand(text, context, { variables, wildcards: operator.wildcards });
    // "If AWS cannot resolve a variable this might cause the entire statement to be invalid. … use IfExists."
    if ("unresolved" in expanded) return operator.ifExists ? holds : fails;
    if ("unknown" in expanded) unknown.push(...expanded.unknown);
    else patterns.push(expanded.glob);
  }
  const doubt = unknown.length === 0 ? fails : dependsOn(unknown);
  const fits = present.map((one) => {
    const found = some([known(patterns.some((pattern) => operator.compare(one, pattern))), doubt]);
    return operator.negated ? not(found) : found;
  });
  // Without a quantifier a negated operator wants none of the request's values among those named.
  const every = operator.quantifier === "all" || (operator.quantifier === null && operator.negated);
  return every ? all(fits) : some(fits);
}

/** Where the request does not have the key. */
function withoutKey({ operator }: Condition): boolean {
  if (operator.quantifier === "all") return true;
  // IfExists says nothing here: "if the key doesn't exist in the request, the condition returns false".
  if (operator.quantifier === "any") return false;
  return operator.ifExists || operator.negated;
}
