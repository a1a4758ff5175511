import type { Key } from "../../../src/judge/world.ts";
import { contextOf } from "../../../src/policy/context.ts";
import type { PolicyDocument } from "../../../src/policy/document.ts";
import { evaluate } from "../../../src/policy/evaluate.ts";
import type { ScriptedDecision } from "./script.ts";

type Policies = Pick<Key, "policies" | "boundary" | "organisation" | "context">;

/**
 * What IAM's simulator says of an action on a resource, as AWS documents it: a condition whose key was not handed in does not
 * hold, and the key is named. What bounds the policies denies without a statement.
 */
export function simulate(
  { policies, boundary, organisation, context }: Policies,
  action: string,
  resource: string,
): ScriptedDecision {
  const decide = (documents: readonly PolicyDocument[], otherwise: "absent" | "unknown") =>
    evaluate(documents, { action, resource, context: contextOf(context ?? {}, otherwise) });
  const allows = (documents: readonly PolicyDocument[] | null | undefined) =>
    documents == null ? undefined : decide(documents, "absent").decision === "allowed";
  const own = decide(policies ?? [], "absent");
  const [bounds, organised] = [allows(boundary), allows(organisation)];
  const decision = policies === null || own.decision === "allowed" ? "allowed" : denials[own.decision];
  return {
    decision: decision === "allowed" && (bounds === false || organised === false) ? "implicitDeny" : decision,
    policies: own.statements.map(({ document }) => `policy-${document + 1}`),
    missingKeys: decide(policies ?? [], "unknown").unknownKeys,
    allowedByBoundary: bounds,
    allowedByOrganisation: organised,
  };
}

const denials = { "explicit-deny": "explicitDeny", "implicit-deny": "implicitDeny", depends: "implicitDeny" } as const;
