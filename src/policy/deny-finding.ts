import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import { conditionsInWords } from "./conditions-in-words.ts";
import type { ConditionContext } from "./context.ts";
import type { Patterns, PolicyDocument, Statement, StatementPlace } from "./document.ts";
import { placeAtStart } from "./place-words.ts";
import { placeIn } from "./source.ts";

/** A statement that denies, and what of the login it denies. */
interface Denial {
  readonly place: StatementPlace;
  readonly statement: Statement;
  /** `the cache and the user` */
  readonly what: string;
  readonly action: string;
  readonly arns: readonly string[];
  readonly context: ConditionContext;
}

/** That a statement denies it; NotAction and NotResource deny what nobody sees in them, and are named. */
export function denyFinding(
  documents: readonly PolicyDocument[],
  { place, statement: { actions, resources, conditions }, what, action, arns, context }: Denial,
): Finding {
  const why = [
    ...(actions.not ? [`by its NotAction: all actions but ${listed(actions)}`] : []),
    ...(resources.not ? [`by its NotResource: all resources but ${listed(resources)}`] : []),
    ...(conditions.length > 0 ? [`its condition holds: ${conditionsInWords(conditions, context)}`] : []),
  ];
  const because = why.length === 0 ? "" : ` (${why.join("; ")})`;
  const fix = actions.not
    ? `Add "${action}" to its NotAction.`
    : resources.not
      ? `Add ${arns.map((arn) => `"${arn}"`).join(" and ")} to its NotResource.`
      : `Take ${arns.join(" and ")} out of what it denies${conditions.length > 0 ? ", or spare this login in its condition" : ""}.`;
  return makeFinding("policy-explicit-deny", {
    message: `${placeAtStart(documents, place)} denies ${action} on ${what}${because}, and a Deny wins over every Allow.`,
    fix,
    place: placeIn(documents, place, actions.not ? "NotAction" : resources.not ? "NotResource" : "Deny"),
  });
}

function listed({ patterns }: Patterns): string {
  return `${patterns.slice(0, 3).join(", ")}${patterns.length > 3 ? ` and ${patterns.length - 3} more` : ""}`;
}
