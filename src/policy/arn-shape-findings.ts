import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { Kind } from "../target/kinds.ts";
import { unmatchable } from "./arn-shape.ts";
import { connectAction } from "./connect-arns.ts";
import type { PolicyDocument, StatementPlace } from "./document.ts";
import { namesAction } from "./evaluate.ts";
import { allStatements, placeAtStart } from "./place-words.ts";
import { placeIn } from "./source.ts";

/** One for each statement that allows connecting and has a resource that can be no cache and no user. */
export function shapeFindings(
  documents: readonly PolicyDocument[],
  kind: Kind,
  isDenied: boolean,
  isTold: (place: StatementPlace, pattern: string) => boolean,
): Finding[] {
  const action = connectAction(kind);
  return allStatements(documents).flatMap(({ statement, place }) => {
    if (statement.effect !== "Allow" || statement.resources.not || !namesAction(statement, action)) return [];
    const exact = statement.actions.patterns.every((pattern) => pattern.toLowerCase() === action.toLowerCase());
    for (const pattern of statement.resources.patterns) {
      const why = isTold(place, pattern) ? null : unmatchable(kind, pattern, exact);
      if (why === null) continue;
      return makeFinding("policy-arn-shape", {
        severity: isDenied ? "error" : "warning",
        likelihood: "certain",
        message: `${placeAtStart(documents, place)} allows ${action} on ${pattern}, which ${why}: it matches nothing.`,
        fix: "Write it as the service does, or take it out.",
        place: placeIn(documents, place, pattern),
      });
    }
    return [];
  });
}
