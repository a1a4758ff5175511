import { shown } from "../errors.ts";
import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { ConnectArns } from "./connect-arns.ts";
import type { PolicyDocument } from "./document.ts";
import { nearest } from "./parse-faults.ts";
import { allStatements, placeAtStart } from "./place-words.ts";
import { placeIn } from "./source.ts";

/** That no statement allows the action, and the one that was probably meant to. */
export function actionFinding(documents: readonly PolicyDocument[], action: string, arns: ConnectArns): Finding {
  const allowing = allStatements(documents).filter(
    ({ statement: { effect, actions } }) => effect === "Allow" && !actions.not,
  );
  const found = (fits: (pattern: string) => boolean) => {
    for (const { statement, place } of allowing) {
      const pattern = statement.actions.patterns.find(fits);
      if (pattern !== undefined) return { statement, place, pattern };
    }
    return null;
  };
  const misspelt = found((pattern) => nearest(pattern, [action]) !== null);
  if (misspelt) {
    return makeFinding("policy-action", {
      message: `No statement allows ${action}. ${placeAtStart(documents, misspelt.place)} allows ${shown(misspelt.pattern)}, a misspelling.`,
      fix: `Write "${action}" there.`,
      place: placeIn(documents, misspelt.place, misspelt.pattern),
    });
  }
  const near = found((pattern) => /connect/i.test(pattern));
  const instead = near
    ? ` ${placeAtStart(documents, near.place)} allows ${near.statement.actions.patterns.slice(0, 3).join(", ")}.`
    : documents.length === 0
      ? " There is no policy."
      : "";
  return makeFinding("policy-action", {
    message: `No statement allows ${action}.${instead}`,
    fix: `Allow "${action}" on "${arns.cache}" and "${arns.user}".`,
    place: near && placeIn(documents, near.place, near.pattern),
  });
}
