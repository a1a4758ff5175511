import type { Finding } from "../findings/finding.ts";
import type { FindingId } from "../findings/ids.ts";
import { accountCandidates } from "./account-candidates.ts";
import { connectContext } from "./condition-keys.ts";
import { type ConnectArns, type ConnectTarget, connectAction, connectArns, type Role } from "./connect-arns.ts";
import { connectFindings } from "./connect-findings.ts";
import type { ConditionContext } from "./context.ts";
import type { PolicyDocument } from "./document.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import { type ConnectStatement, connectStatement } from "./make-policy.ts";

/** Who connects to what. */
export interface Connection {
  readonly target: ConnectTarget;
  /** ElastiCache: the user's id; MemoryDB: its name. */
  readonly user: string;
  /** Null where it is not known: then one that the policies name is taken for it. */
  readonly accountId: string | null;
  readonly context: ConditionContext;
}

export interface ConnectCheck {
  readonly connect: "allowed" | "denied" | "depends";
  /** The condition keys, as written, that it depends on. */
  readonly dependsOn: readonly string[];
  /** What the action must be allowed on; `ACCOUNT` stands for an account that nobody named. */
  readonly arns: ConnectArns;
  /** In no order of severity. An allowed connection has no error among them. */
  readonly findings: readonly Finding[];
  /** The statement that allows what no statement does; null where that is not what is missing. */
  readonly add: ConnectStatement | null;
}

/** What IAM decides on each of the two ARNs. */
export interface ConnectEvaluation {
  readonly accountId: string;
  readonly arns: ConnectArns;
  readonly of: Readonly<Record<Role, Evaluation>>;
  readonly connect: ConnectCheck["connect"];
}

/**
 * Whether identity policies, taken together, allow connecting: the action must be allowed on both ARNs. Boundaries,
 * organisations' policies and sessions' policies are not looked at.
 */
export function checkConnect(documents: readonly PolicyDocument[], connection: Connection): ConnectCheck {
  const { target, user, accountId } = connection;
  const context = connectContext(target.kind, connection.context);
  const action = connectAction(target.kind);
  const [first, ...others] = accountCandidates(documents, accountId);
  const evaluated = (account: string): ConnectEvaluation => {
    const arns = connectArns(target, user, account);
    const cache = evaluate(documents, { action, resource: arns.cache, context });
    const ofUser = evaluate(documents, { action, resource: arns.user, context });
    return { accountId: account, arns, of: { cache, user: ofUser }, connect: outcomeOf([cache, ofUser]) };
  };
  // Of the accounts that it may be, the one for which most is allowed.
  const best = others
    .map(evaluated)
    .reduce((best, one) => (allowance(one) > allowance(best) ? one : best), evaluated(first));
  const { connect, arns } = best;
  const findings = connectFindings(documents, target, best, context);
  const dependsOn = connect === "depends" ? [...new Set(Object.values(best.of).flatMap((one) => one.unknownKeys))] : [];
  return { connect, dependsOn, arns, findings, add: statementToAdd(target, arns, findings) };
}

/** Where a condition or a Deny is in the way, one more statement that allows is no remedy. */
function statementToAdd(
  target: ConnectTarget,
  { cache, user }: ConnectArns,
  findings: readonly Finding[],
): ConnectStatement | null {
  const has = (id: FindingId) => findings.some(({ rule }) => rule === id);
  const arns = [
    ...(has("policy-action") || has("policy-cache-denied") ? [cache] : []),
    ...(has("policy-action") || has("policy-user-denied") ? [user] : []),
  ];
  return arns.length === 0 ? null : connectStatement(target, arns);
}

function outcomeOf(evaluations: readonly Evaluation[]): ConnectCheck["connect"] {
  if (evaluations.every(({ decision }) => decision === "allowed")) return "allowed";
  return evaluations.some(({ decision }) => decision.endsWith("deny")) ? "denied" : "depends";
}

function allowance({ of: { cache, user } }: ConnectEvaluation): number {
  const each = [cache, user].map(({ decision }) => (decision === "allowed" ? 2 : decision === "depends" ? 1 : 0));
  // Both a little before one wholly.
  return Math.min(...each) * 3 + Math.max(...each);
}
