/** What IAM's simulator says of whoever signs, or why it cannot be asked. */

import type { CallerIdentity } from "../aws/caller-identity.ts";
import type { AwsRecords } from "../aws/records/aws-records.ts";
import type { CacheRecords } from "../aws/records/cache-records.ts";
import type { Looked } from "../aws/records/looked.ts";
import type { PolicySimulation } from "../aws/records/policy-simulation.ts";
import type { Finding } from "../findings/finding.ts";
import type { Simulated } from "../judge/world.ts";
import { type ConnectArns, connectAction, connectArns } from "../policy/connect-arns.ts";
import type { Target } from "../target/kinds.ts";
import { couldNotLook, ofFailure } from "./could-not-look.ts";
import { principalOf } from "./principal.ts";
import { simulateWithTags } from "./simulate-with-tags.ts";

export type PolicyLook =
  /** And what of it could not be read, the tags that a condition asks for. */
  | { readonly simulated: Simulated; readonly why: null; readonly unread: readonly Finding[] }
  | { readonly simulated: null; readonly why: Finding };

export async function lookAtPolicies(
  records: AwsRecords,
  caches: Promise<CacheRecords>,
  identity: Promise<Looked<CallerIdentity>>,
  target: Target,
  user: string,
): Promise<PolicyLook> {
  const { found: caller, failure } = await identity;
  if (failure !== null) return unknown(ofFailure(failure));
  const told = principalOf(caller.arn);
  if (told.kind === "other") return unknown(couldNotLook(`IAM simulates no policies of ${told.what}.`, told.fix));
  const policies = await records.policies();
  const arns = connectArns(target, user, caller.account);
  const readTags = async (arn: string) => (await caches).tags(arn);
  const asking = { policies, readTags, action: connectAction(target.kind), arns };
  if (told.kind === "user") return simulate(told.arn, asking);
  const role = await policies.roleArn(told.name);
  // Without a path the ARN that is left is right for most roles.
  const arn = role.found ?? told.withoutPath;
  const look = await simulate(arn, asking);
  return look.why !== null && role.failure?.kind === "denied" ? unknown(ofFailure(role.failure)) : look;
}

interface Asking {
  readonly policies: PolicySimulation;
  readonly readTags: (arn: string) => ReturnType<CacheRecords["tags"]>;
  readonly action: string;
  readonly arns: ConnectArns;
}

async function simulate(principal: string, { policies, readTags, action, arns }: Asking): Promise<PolicyLook> {
  const on = (arn: string) =>
    simulateWithTags(
      (context) => policies.simulate(principal, action, arn, context),
      () => readTags(arn),
    );
  const [onCache, onUser] = await Promise.all([on(arns.cache), on(arns.user)]);
  const [cache, ofUser] = [onCache.decision, onUser.decision];
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
  const why = onCache.unread ?? onUser.unread;
  const simulated = { principal, cache: cache.found, user: ofUser.found };
  return { simulated, why: null, unread: why ? [ofFailure(why)] : [] };
}

function unknown(why: Finding): PolicyLook {
  return { simulated: null, why };
}
