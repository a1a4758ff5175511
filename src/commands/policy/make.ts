import { CacheauthError, type Notice, shown } from "../../errors.ts";
import { makePolicy } from "../../policy/make-policy.ts";
import { type WantedConditions, wantedCondition } from "../../policy/wanted-condition.ts";
import { accountIdOf } from "../account-id.ts";
import { callerAccount } from "../caller-account.ts";
import { isPolicyFormat, type PolicyFormat, policyFormats, policyLines } from "./formats.ts";
import { conditionsOf, type PolicyCall, readLogin } from "./login.ts";

/** `policy`: the policy that a login needs. */
export async function make(call: PolicyCall): Promise<number> {
  const { report, flags } = call;
  for (const flag of ["context", "strict"] as const) {
    if (flag === "strict" ? flags.strict : flags.context.length > 0) throw onlyWithCheck(flag);
  }
  const format = formatOf(flags.format);
  const named = accountIdOf(flags["account-id"]);
  const { target, user, notices } = await readLogin(call);
  const wanted = conditionsOf(call);
  const condition = wantedCondition(target.kind, wanted, call.at ?? call.runtime.host.now());
  const account = named === null ? await callerAccount(call, target.region) : { accountId: named, notices: [] };
  const policy = makePolicy(target, user, account.accountId, condition);
  const answer = {
    policy,
    lines: policyLines(policy, format, target, user),
    target,
    user,
    accountId: account.accountId,
    format,
    notices: [...notices, ...account.notices, ...conditionNotices(wanted)],
  };
  await report.answer(answer, ({ lines }) => `${lines.join("\n")}\n`);
  return 0;
}

function formatOf(text = "json"): PolicyFormat {
  if (isPolicyFormat(text)) return text;
  throw new CacheauthError(
    "flag-value-invalid",
    `--format ${shown(text)} is unknown.`,
    `Say ${policyFormats.slice(0, -1).join(", ")} or ${policyFormats.at(-1)}.`,
  );
}

/** What such conditions demand besides, or let through, and nobody sees in them. */
function conditionNotices(wanted: WantedConditions): Notice[] {
  const has = (flag: keyof WantedConditions) => (wanted[flag] ?? []).length > 0;
  const notices: Notice[] = [];
  if (has("resource-tag")) {
    const message = "Both must have the tag, the cache and the user: the policy asks it of each of the two.";
    notices.push({ code: "tag-on-both", message });
  }
  if (has("vpc-source-ip") && !has("source-vpc") && !has("source-vpce")) {
    const message =
      "Other VPCs may have the same addresses: name yours too, with --source-vpc or --source-vpce, so that these are meant.";
    notices.push({ code: "vpc-open", message });
  }
  return notices;
}

function onlyWithCheck(flag: string): CacheauthError {
  return new CacheauthError(
    "flag-conflict",
    `--${flag} goes with --check, which is not given.`,
    `Name the policy with --check FILE, or drop --${flag}.`,
  );
}
