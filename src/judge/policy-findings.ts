import type { Finding } from "../findings/finding.ts";
import { checkConnect } from "../policy/check-connect.ts";
import { type ConditionContext, contextOf } from "../policy/context.ts";
import { lowerCase } from "../target/names.ts";
import { accountOf } from "../token/access-key.ts";
import { meantValue, type TokenFields } from "../token/fields.ts";
import { formatTime } from "../token/time.ts";
import { boundFindings } from "./bound-findings.ts";
import { recordOf } from "./record-findings.ts";
import type { Key, Login, World } from "./world.ts";

type Parameters = TokenFields["parameters"];

/**
 * What the policies of whoever signed say to the user's connecting; nothing where none are modelled, or where it is not
 * clear who connects: then the user is what is wrong.
 */
export function policyFindings(
  login: Login,
  world: World,
  key: Key,
  { User }: Parameters,
  at: Date,
): readonly Finding[] {
  const record = recordOf(login, world);
  if (record === null || record.id !== record.name) return [];
  if (lowerCase(meantValue(User)) !== record.id) return [];
  const { target } = world;
  const connection = {
    target,
    user: record.id,
    accountId: target.accountId ?? accountOf(key.accessKeyId),
    context: contextAt(key, login, at),
  };
  const own = key.policies === null ? [] : checkConnect(key.policies, connection).findings;
  return [...own, ...boundFindings(key, connection)];
}

/** The time and where the login came from, unless the key tells otherwise. Which of them a policy sees depends on the kind. */
function contextAt({ context = {} }: Key, { address }: Login, at: Date): ConditionContext {
  const time = { "aws:CurrentTime": formatTime(at), "aws:EpochTime": `${Math.floor(at.getTime() / 1000)}` };
  const from = address == null ? {} : { "aws:SourceIp": address, "aws:VpcSourceIp": address };
  return contextOf({ ...time, ...from, ...context }, context === null ? "unknown" : "absent");
}
