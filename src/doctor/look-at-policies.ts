/** What IAM's simulator says of whoever signs, or why it cannot be asked. */

import type { CallerIdentity } from "../aws/caller-identity.ts";
import type { AwsRecords } from "../aws/records/aws-records.ts";
import type { Looked } from "../aws/records/looked.ts";
import type { PolicySimulation } from "../aws/records/policy-simulation.ts";
import type { Finding } from "../findings/finding.ts";
import type { Simulated } from "../judge/world.ts";
import { connectAction, connectArns } from "../policy/connect-arns.ts";
import type { Target } from "../target/kinds.ts";
import { couldNotLook, ofFailure } from "./could-not-look.ts";
import { principalOf } from "./principal.ts";

export type PolicyLook =
  | { readonly simulated: Simulated; readonly why: null }
  | { readonly simulated: null; readonly why: Finding };

export async function lookAtPolicies(
  records: AwsRecords,
  identity: Promise<Looked<CallerIdentity>>,
  target: Target,
  user: string,
): Promise<PolicyLook> {
  const { found: caller, failure } = await identity;
  if (failure !== null) return unknown(ofFailure(failure));
  const told = principalOf(caller.arn);
  if (told.kind === "other") return unknown(couldNotLook(`IAM simulates no policies of ${told.what}.`, told.fix));
  const policies = await records.policies();
  if (told.kind === "user") return simulate(policies, told.arn, caller.account, target, user);
  const role = await policies.roleArn(told.name);
  // Without a path the ARN that is left is right for most roles.
  const arn = role.found ?? told.withoutPath;
  const look = await simulate(policies, arn, caller.account, target, user);
  return look.why !== null && role.failure?.kind === "denied" ? unknown(ofFailure(role.failure)) : look;
}

async function simulate(
  policies: PolicySimulation,
  principal: string,
  account: string,
  target: Target,
  user: string,
): Promise<PolicyLook> {
  const action = connectAction(target.kind);
  const arns = connectArns(target, user, account);
  const [cache, ofUser] = await Promise.all([
    policies.simulate(principal, action, arns.cache, {}),
    policies.simulate(principal, action, arns.user, {}),
  ]);
  const failure = cache.failure ?? ofUser.failure;
  if (failure) return unknown(ofFailure(failure));
  if (cache.found === null || ofUser.found === null) {
    return unknown(
      couldNotLook(
        `IAM knows no ${principal}, whose policies were to be simulated.`,
        "Allow iam:GetRole, which tells the path of a role; a role of another account cannot be looked at from here.",
      ),
    );
  }
  return { simulated: { principal, cache: cache.found, user: ofUser.found }, why: null };
}

function unknown(why: Finding): PolicyLook {
  return { simulated: null, why };
}
