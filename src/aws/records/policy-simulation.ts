/** What IAM says of the policies of whoever signs: SimulatePrincipalPolicy, and for a role its path. */
import type { SimulatedDecision } from "../../judge/world.ts";
import type { Found, Sdk } from "../sdk.ts";
import { clientOptions } from "./clients.ts";
import { type Looked, look, orNull } from "./looked.ts";

type Iam = typeof import("@aws-sdk/client-iam");
type Client = InstanceType<Iam["IAMClient"]>;

export interface PolicySimulation {
  /** The ARN of a role with its path, which a session's ARN does not have; null where there is no such role. */
  roleArn(name: string): Promise<Looked<string | null>>;
  /** Null where IAM knows no such user or role. */
  simulate(
    principal: string,
    action: string,
    resource: string,
    context: SimulationContext,
  ): Promise<Looked<SimulatedDecision | null>>;
}

/** Condition keys that are known, each with its value. */
type SimulationContext = Readonly<Record<string, string>>;

export async function policySimulation(sdk: Sdk, credentials: Found, region: string): Promise<PolicySimulation> {
  const { IAMClient } = await import("@aws-sdk/client-iam");
  const client = new IAMClient(clientOptions(sdk, credentials, region));
  const { env } = sdk.runtime.host;
  return {
    roleArn: (name) => look("iam:GetRole", env, () => roleArn(client, name)),
    simulate: (principal, action, resource, context) =>
      look("iam:SimulatePrincipalPolicy", env, () => simulate(client, principal, action, resource, context)),
  };
}

async function roleArn(client: Client, name: string): Promise<string | null> {
  const { GetRoleCommand } = await import("@aws-sdk/client-iam");
  const answer = await orNull(client.send(new GetRoleCommand({ RoleName: name })), /NoSuchEntity/);
  return answer?.Role?.Arn ?? null;
}

/**
 * One resource a call: an answer for several has one decision for all of them (API_EvaluationResult.html), and boundary and
 * organisation are told for the whole alone.
 */
async function simulate(
  client: Client,
  principal: string,
  action: string,
  resource: string,
  context: SimulationContext,
): Promise<SimulatedDecision | null> {
  const { SimulatePrincipalPolicyCommand } = await import("@aws-sdk/client-iam");
  const entries = Object.entries(context).map(([ContextKeyName, value]) => ({
    ContextKeyName,
    ContextKeyValues: [value],
    ContextKeyType: "string" as const,
  }));
  const asked = client.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: principal,
      ActionNames: [action],
      ResourceArns: [resource],
      ...(entries.length > 0 ? { ContextEntries: entries } : {}),
    }),
  );
  const result = (await orNull(asked, /NoSuchEntity/))?.EvaluationResults?.[0];
  if (!result) return null;
  const specific = result.ResourceSpecificResults?.find(({ EvalResourceName }) => EvalResourceName === resource);
  const boundary = specific?.PermissionsBoundaryDecisionDetail ?? result.PermissionsBoundaryDecisionDetail;
  const statements = specific?.MatchedStatements ?? result.MatchedStatements ?? [];
  return {
    decision: decisions[specific?.EvalResourceDecision ?? result.EvalDecision ?? ""] ?? "implicit-deny",
    policies: [...new Set(statements.flatMap(({ SourcePolicyId }) => SourcePolicyId ?? []))],
    missingKeys: [...new Set([...(specific?.MissingContextValues ?? []), ...(result.MissingContextValues ?? [])])],
    allowedByBoundary: boundary?.AllowedByPermissionsBoundary ?? null,
    allowedByOrganisation: result.OrganizationsDecisionDetail?.AllowedByOrganizations ?? null,
  };
}

const decisions: Readonly<Record<string, SimulatedDecision["decision"]>> = {
  allowed: "allowed",
  implicitDeny: "implicit-deny",
  explicitDeny: "explicit-deny",
};
