import { type ConnectTarget, connectAction, connectArns } from "./connect-arns.ts";
import type { PolicyDocument } from "./document.ts";
import { evaluate } from "./evaluate.ts";

/** Names that nobody has: who allows these allows any. */
const anyCache = "any-other-cache-7f3a9c";
const anyUser = "any-other-user-7f3a9c";

/** Whether any user may connect to any cache of the account and region, without a condition. */
export function isTooWide(documents: readonly PolicyDocument[], target: ConnectTarget, accountId: string): boolean {
  const arns = connectArns({ ...target, name: anyCache }, anyUser, accountId);
  return [arns.cache, arns.user].every((resource) => {
    const request = { action: connectAction(target.kind), resource, context: () => "unknown" as const };
    return evaluate(documents, request).decision === "allowed";
  });
}
