import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import { type Kind, kinds } from "../target/kinds.ts";
import { type ConnectArns, connectAction, type Role } from "./connect-arns.ts";
import type { PolicyDocument } from "./document.ts";
import { type Evaluation, namesAction } from "./evaluate.ts";
import { type NearMiss, nearestMiss } from "./near-miss.ts";
import { allStatements, placeAtStart, placeWords } from "./place-words.ts";
import { placeIn } from "./source.ts";

/** That no statement allows the action on one of the two ARNs, and the resource that was probably meant to. */
export function deniedFinding(
  documents: readonly PolicyDocument[],
  kind: Kind,
  role: Role,
  arns: ConnectArns,
  evaluations: Readonly<Record<Role, Evaluation>>,
): { readonly finding: Finding; readonly near: NearMiss | null } {
  const arn = arns[role];
  const action = connectAction(kind);
  const near = nearestMiss(documents, kind, role, arn);
  const other = role === "cache" ? "user" : "cache";
  const otherIsAllowed = evaluations[other].decision === "allowed";
  const what = role === "cache" ? `the ${kinds[kind].label}` : "the user";
  const told = near
    ? `${placeAtStart(documents, near.place)} allows it on ${near.pattern}, which ${near.differences.join(", and ")}.`
    : otherIsAllowed
      ? `Only the ${other} is allowed, and connecting needs both.`
      : "Connecting needs it on the cache and on the user.";
  const home =
    (otherIsAllowed ? evaluations[other].statements[0] : undefined) ??
    allStatements(documents).find(({ statement }) => statement.effect === "Allow" && namesAction(statement, action))
      ?.place;
  const beside = near?.isAnother ? near.place : home;
  const fix =
    near && !near.isAnother
      ? `Write "${arn}" there.`
      : `Add "${arn}" to the Resource of ${beside ? placeWords(documents, beside) : "a statement that allows it"}.`;
  const finding = makeFinding(role === "cache" ? "policy-cache-denied" : "policy-user-denied", {
    message: `${action} is not allowed on ${what}, ${arn}. ${told}`,
    fix,
    place: near && placeIn(documents, near.place, near.pattern),
  });
  return { finding, near };
}
