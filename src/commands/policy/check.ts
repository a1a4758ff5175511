import { CacheauthError, type Notice } from "../../errors.ts";
import { countFindings, type Finding } from "../../findings/finding.ts";
import { checkDocuments } from "../../policy/check-documents.ts";
import { requestContext } from "../../policy/request-context.ts";
import { accountIdOf } from "../account-id.ts";
import { conditionsOf, type PolicyCall, readLogin } from "./login.ts";
import { readPolicies } from "./read-policies.ts";
import { checkedText } from "./text.ts";

/** `policy --check`: whether policies let the user in. AWS is not asked. */
export async function check(call: PolicyCall): Promise<number> {
  const { runtime, report, flags } = call;
  refuseOthers(call);
  const accountId = accountIdOf(flags["account-id"]);
  const login = await readLogin(call);
  const { target, user } = login;
  const at = call.at ?? runtime.host.now();
  const context = requestContext(target.kind, conditionsOf(call), flags.context, at);
  const { texts, notices } = await readPolicies(flags.check, runtime);
  const { connect, dependsOn, notJudged, arns, add, findings } = checkDocuments(texts, {
    target,
    user,
    accountId,
    context,
  });
  const counts = countFindings(findings);
  const answer = {
    ok: counts.error === 0 && (counts.warning === 0 || !flags.strict),
    connect,
    dependsOn,
    target,
    user,
    accountId,
    policies: texts.map(({ name }) => name ?? ""),
    notJudged,
    arns,
    counts,
    findings: worstFirst(findings),
    add,
    notices: [...login.notices, ...notices, ...(accountId === null ? [accountNotice(arns.cache)] : [])],
  };
  await report.tell(answer, checkedText);
  return answer.ok ? 0 : 1;
}

function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  const order = { error: 0, warning: 1, info: 2 };
  return findings.toSorted((a, b) => order[a.severity] - order[b.severity]);
}

function accountNotice(arn: string): Notice {
  const account = arn.split(":")[4] ?? "";
  const taken = /^\d+$/.test(account)
    ? `The policies name ${account}, and no other account was named: it is taken for the cache's`
    : "The policies name no account, and ACCOUNT stands for the cache's";
  return { code: "account-assumed", message: `${taken}; --account-id says which it is.` };
}

function refuseOthers({ flags }: PolicyCall): void {
  const conflict = (flag: string, why: string, hint: string): CacheauthError =>
    new CacheauthError("flag-conflict", `--${flag} does nothing with --check: ${why}.`, hint);
  if (flags.format !== undefined) throw conflict("format", "no policy is made", "Drop one of the two.");
  for (const flag of ["from", "until"] as const) {
    if (flags[flag] !== undefined) {
      throw conflict(flag, "it is a condition of a policy that is made", "Say with --at TIME as of when to judge.");
    }
  }
}
