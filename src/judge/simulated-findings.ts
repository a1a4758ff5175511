/** What IAM's simulator says of the two resources of a connection. It does not see all that counts, so nothing of it is certain. */
import { shown } from "../errors.ts";
import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import { type ConnectArns, connectAction, connectArns, type Role } from "../policy/connect-arns.ts";
import { type Kind, kinds } from "../target/kinds.ts";
import { boundaryCommand, grant, statement } from "./grant.ts";
import type { Simulated, SimulatedDecision, ToldTag, World } from "./world.ts";

/** Nothing where nothing was simulated, or all is allowed. */
export function simulatedFindings(user: string, { target, simulated }: World): Finding[] {
  // Nobody connects as default by IAM: to allow it would be of no use.
  if (!simulated || target.accountId === null || user === "default") return [];
  const arns = connectArns(target, user, target.accountId);
  const denied = (["cache", "user"] as const).filter((role) => simulated[role].decision !== "allowed");
  const findings: Finding[] = [];
  if (denied.length === 2 && denied.every((role) => isUnallowed(simulated[role]))) {
    return [unallowedFinding(simulated, arns, target.kind)];
  }
  for (const role of denied) {
    const finding = findingOf(role, simulated, arns, target.kind, denied.length);
    // One boundary, organisation or statement that denies both is one cause.
    if (!findings.some(({ rule }) => rule === finding.rule)) findings.push(finding);
  }
  return findings;
}

/** No statement allows it, nothing forbids it, and no condition could make a difference. */
function isUnallowed(decided: SimulatedDecision): boolean {
  const { decision, allowedByBoundary, allowedByOrganisation, missingKeys, tags = [] } = decided;
  const isBound = allowedByBoundary === false || allowedByOrganisation === false;
  return decision === "implicit-deny" && !isBound && missingKeys.length + tags.length === 0;
}

function unallowedFinding({ principal }: Simulated, arns: ConnectArns, kind: Kind): Finding {
  const action = connectAction(kind);
  return makeFinding("policy-action", {
    likelihood: "likely",
    message: `No policy of ${shown(principal)} allows ${action}, neither on the ${kinds[kind].label} nor on the user.`,
    fix: grant(principal, action, [arns.cache, arns.user]),
  });
}

function findingOf(role: Role, simulated: Simulated, arns: ConnectArns, kind: Kind, count: number): Finding {
  const { principal } = simulated;
  const decision = simulated[role];
  const action = connectAction(kind);
  const on =
    count === 2
      ? "the cache and on the user"
      : role === "cache"
        ? `the cache, ${arns.cache}`
        : `the user, ${arns.user}`;
  const likely = (
    rule: "policy-organisation" | "policy-boundary" | "policy-explicit-deny",
    message: string,
    fix: string,
  ) => makeFinding(rule, { likelihood: "likely", message, fix });
  if (decision.allowedByOrganisation === false) {
    return likely(
      "policy-organisation",
      `A policy of the organisation does not let ${shown(principal)} do ${action} on ${on}.`,
      `Ask who looks after the organisation to allow ${action} in its service control policies.`,
    );
  }
  if (decision.allowedByBoundary === false) {
    return likely(
      "policy-boundary",
      `The permissions boundary of ${shown(principal)} does not allow ${action} on ${on}.`,
      `Add this to the policy that is the boundary: \`${statement(action, [arns.cache, arns.user])}\`. This tells which it is: \`${boundaryCommand(principal)}\`.`,
    );
  }
  if (decision.decision === "explicit-deny") {
    return likely(
      "policy-explicit-deny",
      `${policyWords(decision)} denies ${shown(principal)} ${action} on ${on}, and a Deny wins over every Allow.`,
      `Take ${count === 2 ? "both" : "it"} out of what that statement denies.`,
    );
  }
  const other = role === "cache" ? "user" : "cache";
  const what = role === "cache" ? `the ${kinds[kind].label}` : "the user";
  const only =
    simulated[other].decision === "allowed" ? ` Only the ${other} is allowed, and connecting needs both.` : "";
  const asks =
    decision.missingKeys.length > 0
      ? ` A condition asks for ${decision.missingKeys.map(shown).join(", ")}, which the simulation did not have: it may be allowed after all.`
      : "";
  const added = grant(principal, action, [arns.cache, arns.user]);
  const { tags = [] } = decision;
  return makeFinding(role === "cache" ? "policy-cache-denied" : "policy-user-denied", {
    likelihood: asks === "" ? "likely" : "possible",
    message: `No policy of ${shown(principal)} allows ${action} on ${what}, ${arns[role]}.${only}${tags.map((tag) => tagWords(tag, what)).join("")}${asks}`,
    fix:
      tags.length === 0
        ? added
        : `Give ${what} the tag that the condition wants, or allow it whatever the tags are. ${added}`,
  });
}

function tagWords({ key, value }: ToldTag, what: string): string {
  const has = value === null ? `and ${what} has no such tag` : `which is ${shown(value)} on ${what}`;
  return ` A condition asks for ${shown(key)}, ${has}.`;
}

function policyWords({ policies }: SimulatedDecision): string {
  return policies.length === 0 ? "A policy" : `The policy ${policies.map(shown).join(", ")}`;
}
