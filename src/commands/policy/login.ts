import { CacheauthError, type Notice, shown } from "../../errors.ts";
import type { WantedConditions } from "../../policy/wanted-condition.ts";
import type { Target } from "../../target/kinds.ts";
import { checkUser } from "../../target/names.ts";
import type { Call } from "../command.ts";
import { readTarget, readUser, targetOf } from "../login-target.ts";
import type { policyFlags } from "./flags.ts";

export type PolicyCall = Call<typeof policyFlags>;

/** Who connects to what, as the flags say. */
export interface PolicyLogin {
  readonly target: Target;
  readonly user: string;
  readonly notices: readonly Notice[];
}

export async function readLogin(call: PolicyCall): Promise<PolicyLogin> {
  refuseFile(call.words[0]);
  const draft = await readTarget(call);
  const user = checkUser(draft.kind, readUser(call, draft));
  const { target, notices } = await targetOf(call, draft);
  return { target, user: user.value, notices: [...draft.notices, ...user.notices, ...notices] };
}

/** A policy without --check in front of it would be taken for a host. */
function refuseFile(argument: string | undefined): void {
  if (argument === undefined || !/\.json$|^-$|^(?:~|\.{1,2})?\//i.test(argument)) return;
  throw new CacheauthError(
    "argument-unexpected",
    `${shown(argument)} is no endpoint; it looks like a file.`,
    `A policy that is to be judged follows a flag: --check ${argument.length > 60 ? "FILE" : argument}.`,
  );
}

/** The flags for conditions, by their names. */
export function conditionsOf({ flags }: PolicyCall): WantedConditions {
  const { from, until } = flags;
  return {
    "source-ip": flags["source-ip"],
    "vpc-source-ip": flags["vpc-source-ip"],
    "source-vpc": flags["source-vpc"],
    "source-vpce": flags["source-vpce"],
    "resource-tag": flags["resource-tag"],
    ...(from === undefined ? {} : { from: [from] }),
    ...(until === undefined ? {} : { until: [until] }),
  };
}
