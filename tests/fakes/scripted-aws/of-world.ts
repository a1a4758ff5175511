import type { CacheRecord, SimulatedDecision, User, World } from "../../../src/judge/world.ts";
import { type ConnectArns, connectAction, connectArns } from "../../../src/policy/connect-arns.ts";
import { partitionOf } from "../../../src/target/regions.ts";
import type { Caller, Script, ScriptedCache, ScriptedContext, ScriptedDecision, ScriptedUser } from "./script.ts";
import { simulate } from "./simulate.ts";
import { tagsIn, withoutTags } from "./tags.ts";

/**
 * The AWS that has a judge's world: who signs with its first key is the role app, or of a key of a user the user app. Where
 * the world has no record of the cache there is a good one; what the simulator says is worked out from the key's policies
 * where the world does not have it. Tags of which the key's context tells are those of cache and user.
 */
export function scriptOf(world: World, user = "my-user", changes: Partial<Script> = {}): Script {
  const { target, groups, users } = world;
  const caller = callerOf(world);
  const { service } = target;
  const arns = connectArns(target, user, caller.account);
  const tags = tagsIn(world.keys[0]?.context ?? {});
  return {
    caller,
    roles: [{ name: "app", path: "/" }],
    iamUsers: [{ name: "app", path: "/" }],
    caches: world.cache === null ? [] : [cacheOf(world, world.cache ?? null)],
    users: users.map((one) => userOf(one, service)),
    groups: (groups ?? []).map(({ id, status, engine, users: members, joining }) => ({
      service,
      id,
      status,
      engine,
      users: members,
      usersToAdd: joining,
    })),
    simulated: simulatedOf(world, arns),
    tags: { [arns.cache]: tags, [arns.user]: tags },
    ...changes,
  };
}

function callerOf({ target: { accountId, region }, keys }: World): Caller {
  const account = accountId ?? "123456789012";
  const partition = partitionOf(region);
  return keys[0]?.accessKeyId.startsWith("ASIA")
    ? {
        arn: `arn:${partition}:sts::${account}:assumed-role/app/session`,
        userId: "AROAEXAMPLEEXAMPLE123:session",
        account,
        region,
      }
    : { arn: `arn:${partition}:iam::${account}:user/app`, userId: "AIDAEXAMPLEEXAMPLE123", account, region };
}

function cacheOf({ target, groups }: World, record: CacheRecord | null): ScriptedCache {
  const [endpoint, ...others] = record?.endpoints ?? (target.endpoint ? [target.endpoint] : []);
  const idsWhere = (attaching: boolean) =>
    (groups ?? []).filter((one) => (attaching ? one.attaching : one.attached)).map(({ id }) => id);
  const isServerless = target.kind === "serverless-cache";
  return {
    kind: target.kind,
    name: target.name,
    status: record?.status,
    engine: record?.engine ?? undefined,
    version: record?.version ?? undefined,
    tls: record?.tls ?? undefined,
    clusterMode: endpoint?.host.startsWith("clustercfg."),
    endpoint,
    reader: isServerless ? others[0] : others.find(({ host }) => host.startsWith("replica.")),
    nodes: isServerless ? undefined : others.filter(({ host }) => !host.startsWith("replica.")),
    groups: idsWhere(false),
    groupsToAdd: idsWhere(true).length > 0 ? idsWhere(true) : undefined,
  };
}

function userOf({ id, name, authentication, enabled, access, status }: User, service: ScriptedUser["service"]) {
  const rights = access ?? "on ~* +@all";
  return { service, id, name, authentication, status, access: enabled ? rights : rights.replace(/^on\b/, "off") };
}

function simulatedOf({ simulated, keys: [key], target }: World, arns: ConnectArns): NonNullable<Script["simulated"]> {
  const decided =
    (role: "cache" | "user") =>
    (handedIn: ScriptedContext): ScriptedDecision => {
      if (simulated) return scripted(simulated[role]);
      if (!key) return { decision: "implicitDeny" };
      const context = { ...withoutTags(key.context ?? {}), ...handedIn };
      return simulate({ ...key, context }, connectAction(target.kind), arns[role]);
    };
  return { [arns.cache]: decided("cache"), [arns.user]: decided("user") };
}

const decisions = { allowed: "allowed", "implicit-deny": "implicitDeny", "explicit-deny": "explicitDeny" } as const;

function scripted(told: SimulatedDecision): ScriptedDecision {
  return {
    decision: decisions[told.decision],
    policies: told.policies,
    missingKeys: told.missingKeys,
    allowedByBoundary: told.allowedByBoundary ?? undefined,
    allowedByOrganisation: told.allowedByOrganisation ?? undefined,
  };
}
