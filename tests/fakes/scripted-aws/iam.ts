import { type Answer, callerOf, errorAnswer, queryAnswer } from "./answers.ts";
import { type Call, listOf } from "./call.ts";
import { pageOf } from "./pages.ts";
import { arnOf } from "./records.ts";
import type { Script, ScriptedContext, ScriptedDecision, ScriptedPrincipal } from "./script.ts";
import { list, type Xml } from "./xml.ts";

const created = "2025-01-01T00:00:00Z";

export const iamActions: Readonly<Record<string, Answer>> = {
  GetRole(call, script) {
    const name = call.parameters["RoleName"] ?? "";
    const role = script.roles?.find((one) => one.name === name);
    if (!role) return errorAnswer(call, 404, "NoSuchEntity", `The role with name ${name} cannot be found.`);
    const trust = '{"Version":"2012-10-17","Statement":[]}';
    return queryAnswer(call, {
      Role: {
        ...identity(role),
        RoleName: role.name,
        RoleId: "AROAEXAMPLEEXAMPLE123",
        Arn: arnOf(call, script, `role${role.path}${role.name}`),
        AssumeRolePolicyDocument: encodeURIComponent(trust),
        MaxSessionDuration: 3600,
      },
    });
  },

  GetUser(call, script) {
    const own = callerOf(call, script).arn.split("/").at(-1) ?? "";
    const name = call.parameters["UserName"] ?? own;
    const user = script.iamUsers?.find((one) => one.name === name);
    if (!user) return errorAnswer(call, 404, "NoSuchEntity", `The user with name ${name} cannot be found.`);
    const arn = arnOf(call, script, `user${user.path}${user.name}`);
    return queryAnswer(call, {
      User: { ...identity(user), UserName: name, UserId: "AIDAEXAMPLEEXAMPLE123", Arn: arn },
    });
  },

  SimulatePrincipalPolicy(call, script) {
    const source = call.parameters["PolicySourceArn"] ?? "";
    if (!isKnown(source, call, script)) {
      return errorAnswer(call, 404, "NoSuchEntity", `The principal with ARN ${source} cannot be found.`);
    }
    const resources = listOf(call, "ResourceArns");
    const pairs = listOf(call, "ActionNames").flatMap((action) => resources.map((resource) => ({ action, resource })));
    const { records, next } = pageOf(pairs, call, script);
    const context = contextOf(call);
    const decided = records.map((pair) => ({ ...pair, ...decisionOn(pair.resource, context, script) }));
    const results =
      script.simulatedForm === "within-one"
        ? withinOne(decided)
        : decided.map((one) => ({
            EvalActionName: one.action,
            EvalResourceName: one.resource,
            EvalDecision: one.decision,
            ...details(one),
          }));
    return queryAnswer(call, { IsTruncated: next !== undefined, Marker: next, EvaluationResults: list(results) });
  },
};

/** IAM takes the ARN of a user or a role, path and all; that of a session is no principal. */
function isKnown(arn: string, call: Call, script: Script): boolean {
  const known = [
    ...(script.roles ?? []).map(({ path, name }) => `role${path}${name}`),
    ...(script.iamUsers ?? []).map(({ path, name }) => `user${path}${name}`),
  ];
  return known.some((resource) => arnOf(call, script, resource) === arn);
}

function identity({ path, boundary }: ScriptedPrincipal): { readonly [name: string]: Xml } {
  const bound = { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: boundary };
  return { Path: path, CreateDate: created, PermissionsBoundary: boundary === undefined ? undefined : bound };
}

function decisionOn(resource: string, context: ScriptedContext, { simulated = {} }: Script): ScriptedDecision {
  const told = simulated[resource] ?? { decision: "implicitDeny" };
  return typeof told === "function" ? told(context) : told;
}

function contextOf(call: Call): ScriptedContext {
  const entries = Object.entries(call.parameters).flatMap(([name, key]) => {
    const [, entry] = /^(ContextEntries\.member\.\d+)\.ContextKeyName$/.exec(name) ?? [];
    return entry === undefined ? [] : [[key, listOf(call, `${entry}.ContextKeyValues`)] as const];
  });
  return Object.fromEntries(entries);
}

function details({ policies, missingKeys, allowedByBoundary, allowedByOrganisation }: ScriptedDecision): {
  readonly [name: string]: Xml;
} {
  return {
    MatchedStatements: list(
      policies?.map((policy) => ({
        SourcePolicyId: policy,
        SourcePolicyType: "IAM Policy",
        StartPosition: { Line: 3, Column: 5 },
        EndPosition: { Line: 7, Column: 6 },
      })),
    ),
    MissingContextValues: list(missingKeys),
    PermissionsBoundaryDecisionDetail:
      allowedByBoundary === undefined ? undefined : { AllowedByPermissionsBoundary: allowedByBoundary },
    OrganizationsDecisionDetail:
      allowedByOrganisation === undefined ? undefined : { AllowedByOrganizations: allowedByOrganisation },
  };
}

/** One result an action, whose decision is that of the worst resource. */
function withinOne(pairs: readonly (ScriptedDecision & { action: string; resource: string })[]): Xml[] {
  const ranks = ["allowed", "implicitDeny", "explicitDeny"];
  return [...new Set(pairs.map(({ action }) => action))].map((action) => {
    const decided = pairs.filter((pair) => pair.action === action);
    const [worst = { decision: "implicitDeny" as const }] = [...decided].sort(
      (a, b) => ranks.indexOf(b.decision) - ranks.indexOf(a.decision),
    );
    return {
      EvalActionName: action,
      EvalResourceName: "*",
      EvalDecision: worst.decision,
      ...details(worst),
      ResourceSpecificResults: list(
        decided.map((one) => {
          // The organisation's part is in the whole result alone.
          const { OrganizationsDecisionDetail: _, ...rest } = details(one);
          return { EvalResourceName: one.resource, EvalResourceDecision: one.decision, ...rest };
        }),
      ),
    };
  });
}
