import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import { actionFinding } from "./action-finding.ts";
import { shapeFindings } from "./arn-shape-findings.ts";
import type { ConnectEvaluation } from "./check-connect.ts";
import { blockedFinding, unsupportedFindings } from "./condition-findings.ts";
import { type ConnectTarget, connectAction, type Role } from "./connect-arns.ts";
import type { ConditionContext } from "./context.ts";
import { deniedFinding } from "./denied-finding.ts";
import { denyFinding } from "./deny-finding.ts";
import type { PolicyDocument, StatementPlace } from "./document.ts";
import { applies, type Evaluation, namesAction } from "./evaluate.ts";
import { allStatements } from "./place-words.ts";
import { inWords, type Tell } from "./tell.ts";
import { isTooWide } from "./too-wide.ts";
import { unknownFindings } from "./unknown-findings.ts";

const roles = ["cache", "user"] as const satisfies readonly Role[];

/** What keeps somebody from connecting, or may, and what is worth knowing although it does not. */
export function connectFindings(
  documents: readonly PolicyDocument[],
  target: ConnectTarget,
  evaluation: ConnectEvaluation,
  context: ConditionContext,
): Finding[] {
  const { arns, connect } = evaluation;
  const action = connectAction(target.kind);
  const isAllowing = allStatements(documents).some(
    ({ statement }) => statement.effect === "Allow" && namesAction(statement, action),
  );
  if (!isAllowing) return [actionFinding(documents, action, arns)];

  const told = new Set<string>();
  const identity = ({ document, statement }: StatementPlace, what: string) => `${document} ${statement} ${what}`;
  const tell: Tell = (place, what) => told.add(identity(place, what));
  const isTold = (place: StatementPlace, what: string) => told.has(identity(place, what));
  return [
    ...explicitDenials(documents, action, evaluation, context),
    ...implicitDenials(documents, target, evaluation, context, tell),
    ...unknownFindings(documents, target.kind, evaluation, tell),
    ...shapeFindings(documents, target.kind, connect === "denied", isTold),
    ...unsupportedFindings(documents, target.kind, isTold),
    ...(connect === "allowed" ? wideFindings(documents, target, evaluation) : []),
  ];
}

function explicitDenials(
  documents: readonly PolicyDocument[],
  action: string,
  { of, arns }: ConnectEvaluation,
  context: ConditionContext,
): Finding[] {
  const denied = rolesWith(of, "explicit-deny");
  return grouped(denied, (role) => of[role].statements[0]).flatMap(([place, some]) => {
    const statement = documents[place.document]?.statements[place.statement];
    if (!statement) return [];
    const names = some.map((role) => arns[role]);
    return denyFinding(documents, { place, statement, what: inWords(some), action, arns: names, context });
  });
}

/** Where only conditions are in the way, both ARNs have one cause; else each is missing for itself. */
function implicitDenials(
  documents: readonly PolicyDocument[],
  target: ConnectTarget,
  { of, arns }: ConnectEvaluation,
  context: ConditionContext,
  tell: Tell,
): Finding[] {
  const action = connectAction(target.kind);
  const blockers = allStatements(documents).filter(({ statement }) => statement.effect === "Allow");
  const blockerOf = (role: Role) =>
    blockers.find(({ statement, version }) => {
      const request = { action, resource: arns[role], context };
      return applies({ ...statement, conditions: [] }, version, request).truth === true;
    });
  const missing = rolesWith(of, "implicit-deny");
  const blocked = grouped(missing, (role) => blockerOf(role)?.place).flatMap(([place, some]) => {
    const blocker = some[0] && blockerOf(some[0]);
    if (!blocker) return [];
    for (const { key } of blocker.statement.conditions) tell(place, key);
    return [blockedFinding(documents, target.kind, blocker, context, inWords(some))];
  });
  const denied = missing
    .filter((role) => blockerOf(role) === undefined)
    .map((role) => {
      const { finding, near } = deniedFinding(documents, target.kind, role, arns, of);
      if (near) tell(near.place, near.pattern);
      return finding;
    });
  return [...blocked, ...denied];
}

function wideFindings(
  documents: readonly PolicyDocument[],
  target: ConnectTarget,
  { accountId, arns }: ConnectEvaluation,
): Finding[] {
  if (!isTooWide(documents, target, accountId)) return [];
  return [
    makeFinding("policy-too-wide", {
      likelihood: "certain",
      message: `${connectAction(target.kind)} is allowed as any user to any cache.`,
      fix: `Name in Resource what is needed: ${arns.cache} and ${arns.user}.`,
    }),
  ];
}

function rolesWith(of: ConnectEvaluation["of"], decision: Evaluation["decision"]): readonly Role[] {
  return roles.filter((role) => of[role].decision === decision);
}

/** What belongs to the same statement, together; what belongs to none is left out. */
function grouped(
  among: readonly Role[],
  placeOf: (role: Role) => StatementPlace | undefined,
): readonly (readonly [StatementPlace, readonly Role[]])[] {
  const groups = new Map<string, [StatementPlace, Role[]]>();
  for (const role of among) {
    const place = placeOf(role);
    if (place === undefined) continue;
    const key = `${place.document} ${place.statement}`;
    const group = groups.get(key);
    if (group) group[1].push(role);
    else groups.set(key, [place, [role]]);
  }
  return [...groups.values()];
}
