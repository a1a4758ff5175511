import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { Kind } from "../target/kinds.ts";
import { documentedKeys, keyInstead, type Support, supportOf } from "./condition-keys.ts";
import { evaluateCondition } from "./conditions.ts";
import { conditionsInWords } from "./conditions-in-words.ts";
import { connectAction } from "./connect-arns.ts";
import type { ConditionContext } from "./context.ts";
import type { PolicyDocument, Statement, StatementPlace } from "./document.ts";
import { namesAction } from "./evaluate.ts";
import { aKind } from "./kind-words.ts";
import { allStatements, placeAtStart } from "./place-words.ts";
import { placeIn } from "./source.ts";

/** A statement that would allow, was it not for its conditions. */
export interface Blocked {
  readonly place: StatementPlace;
  readonly statement: Statement;
  readonly version: PolicyDocument["version"];
}

/** Why a statement that would allow does not: a key that is never there, or a value that is another. */
export function blockedFinding(
  documents: readonly PolicyDocument[],
  kind: Kind,
  { place, statement, version }: Blocked,
  context: ConditionContext,
  resources: string,
): Finding {
  const failing = statement.conditions.filter((one) => evaluateCondition(one, version, context).truth === false);
  const would = `${placeAtStart(documents, place)} would allow ${connectAction(kind)} on ${resources}`;
  const unsupported = failing.find(({ key }) => supportOf(kind, key) === "unsupported");
  if (unsupported) {
    return makeFinding("policy-condition-unsupported", {
      severity: "error",
      message: `${would}, but it asks for ${unsupported.key}, which is not there when somebody connects to ${aKind(kind)}: it never matches.`,
      fix: keysThere(kind, unsupported.key),
      place: placeIn(documents, place, unsupported.key),
    });
  }
  return makeFinding("policy-condition-unmet", {
    message: `${would}, but its condition does not hold: ${conditionsInWords(failing, context)}.`,
    fix: "Meet the condition, or allow it in a statement without one.",
    place: failing[0] ? placeIn(documents, place, failing[0].key) : null,
  });
}

/** A warning for each statement about connecting that asks for what is not there, or may not be. */
export function unsupportedFindings(
  documents: readonly PolicyDocument[],
  kind: Kind,
  isTold: (place: StatementPlace, key: string) => boolean,
): Finding[] {
  return allStatements(documents).flatMap(({ statement, place, version }) => {
    if (!namesAction(statement, connectAction(kind))) return [];
    const untold = statement.conditions.filter(({ key }) => !isTold(place, key));
    const of = (support: Support) => untold.filter(({ key }) => supportOf(kind, key) === support);
    const [unsupported] = of("unsupported");
    // What may not be there at all before what IAM has of whoever signs.
    const [undocumented] = [...of("undocumented"), ...of("of-the-signer")];
    const start = placeAtStart(documents, place);
    if (unsupported) {
      const holds = evaluateCondition(unsupported, version, () => "absent").truth === true;
      return makeFinding("policy-condition-unsupported", {
        likelihood: "likely",
        message: `${start} asks for ${unsupported.key}, which is not there when somebody connects to ${aKind(kind)}: that condition ${holds ? "always" : "never"} holds.`,
        fix: keysThere(kind, unsupported.key),
        place: placeIn(documents, place, unsupported.key),
      });
    }
    if (!undocumented) return [];
    return makeFinding("policy-condition-unsupported", {
      message: `${start} asks for ${undocumented.key}; AWS does not document whether that is there when somebody connects to ${aKind(kind)}.`,
      fix: `Try it before you count on it; documented is ${documentedKeys[kind].join(", ")}.`,
      place: placeIn(documents, place, undocumented.key),
    });
  });
}

/** What keeps a condition that was meant comes first. */
function keysThere(kind: Kind, key: string): string {
  const instead = keyInstead(kind, key);
  const there = `the keys that are there: ${documentedKeys[kind].join(", ")}.`;
  return instead === null
    ? `Take that condition out, and restrict the resources instead; ${there}`
    : `Write ${instead} in its place, which says of ${aKind(kind)} where somebody connects from; ${there}`;
}
