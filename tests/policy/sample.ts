import type { Finding } from "../../src/findings/finding.ts";
import { type ConnectCheck, type Connection, checkConnect } from "../../src/policy/check-connect.ts";
import type { ConnectTarget } from "../../src/policy/connect-arns.ts";
import { contextOf } from "../../src/policy/context.ts";
import type { PolicyDocument } from "../../src/policy/document.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";

const account = "123456789012";
export const targets = {
  group: { kind: "replication-group", name: "my-cache", region: "us-east-1" },
  serverless: { kind: "serverless-cache", name: "my-cache", region: "us-east-1" },
  memoryDb: { kind: "memorydb-cluster", name: "my-cache", region: "us-east-1" },
} as const satisfies Record<string, ConnectTarget>;

const elastiCache = `arn:aws:elasticache:us-east-1:${account}:`;
const memoryDb = `arn:aws:memorydb:us-east-1:${account}:`;
export const arns = {
  group: { cache: `${elastiCache}replicationgroup:my-cache`, user: `${elastiCache}user:my-user` },
  serverless: { cache: `${elastiCache}serverlesscache:my-cache`, user: `${elastiCache}user:my-user` },
  memoryDb: { cache: `${memoryDb}cluster/my-cache`, user: `${memoryDb}user/my-user` },
} as const;

export interface StatementText {
  readonly Sid?: string;
  readonly Effect?: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: object;
}

/** A policy of these statements, which allow elasticache:Connect on everything where they say nothing else. */
export function policy(...statements: readonly StatementText[]): PolicyDocument {
  const whole = statements.map((statement) => ({
    Effect: "Allow",
    ...("NotAction" in statement ? {} : { Action: "elasticache:Connect" }),
    ...("NotResource" in statement ? {} : { Resource: "*" }),
    ...statement,
  }));
  return parsed(JSON.stringify({ Version: "2012-10-17", Statement: whole }));
}

export function parsed(text: string, name?: string): PolicyDocument {
  const { document, faults } = parsePolicy(text, name);
  if (document === null) throw new Error(JSON.stringify(faults));
  return document;
}

export interface Asked {
  readonly target?: ConnectTarget;
  readonly user?: string;
  readonly accountId?: string | null;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  readonly otherwise?: "absent" | "unknown";
}

export function check(documents: PolicyDocument | readonly PolicyDocument[], asked: Asked = {}): ConnectCheck {
  const all = "statements" in documents ? [documents] : documents;
  return checkConnect(all, connectionOf(asked));
}

export function connectionOf(asked: Asked): Connection {
  const { target = targets.group, user = "my-user", accountId = account, context = {}, otherwise = "unknown" } = asked;
  return { target, user, accountId, context: contextOf(context, otherwise) };
}

export function idsOf({ findings }: { readonly findings: readonly Finding[] }): string[] {
  return findings.map(({ rule, severity }) => (severity === "error" ? rule : `${rule} (${severity})`));
}

/** A policy variable, as a policy has it. */
export function variable(inner: string): string {
  return `$\{${inner}}`;
}
