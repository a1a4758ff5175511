import { type ConditionContext, isPerhaps } from "./context.ts";
import type { Condition } from "./document.ts";

/** `IpAddress on aws:SourceIp, which is 10.0.0.7 here`: what conditions ask for, and what the request has. */
export function conditionsInWords(conditions: readonly Condition[], context: ConditionContext): string {
  return conditions
    .map(({ operator, key }) => `${operator.written} on ${key}, which ${valueInWords(key, context)}`)
    .join("; ");
}

function valueInWords(key: string, context: ConditionContext): string {
  const value = context(key.toLowerCase());
  if (isPerhaps(value)) return `is ${value.perhaps.slice(0, 3).join(", ")} here, if it is there at all`;
  if (typeof value === "string" || value.length === 0) return "the request does not have";
  return `is ${value.slice(0, 3).join(", ")} here`;
}
