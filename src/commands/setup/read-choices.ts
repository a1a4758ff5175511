import { CacheauthError, type Notice, shown } from "../../errors.ts";
import { type Choices, needsDefaultUser, type Part } from "../../setup/choices.ts";
import { defaultNames, defaultNodeType, defaultVersion } from "../../setup/defaults.ts";
import type { Target } from "../../target/kinds.ts";
import { checkUser } from "../../target/names.ts";
import { accountIdOf } from "../account-id.ts";
import type { Call } from "../command.ts";
import { readTarget, readUser, targetOf } from "../login-target.ts";
import type { setupFlags } from "./flags.ts";
import {
  conflict,
  groupForm,
  policyForm,
  readAccess,
  readEngine,
  readEngineVersion,
  readExisting,
  readName,
  readNodeType,
  readProfile,
  readTrustArn,
  readTrustService,
  roleForm,
  securityGroupForm,
  subnetForm,
  subnetGroupForm,
} from "./values.ts";

type SetupCall = Call<typeof setupFlags>;

interface ReadChoices {
  readonly choices: Choices & { readonly target: Target };
  readonly notices: readonly Notice[];
}

/** Every flag, checked. Asks AWS nothing. */
export async function readChoices(call: SetupCall): Promise<ReadChoices> {
  const { flags } = call;
  const draft = await readTarget(call);
  const { value: user, notices: ofUser } = checkUser(draft.kind, readUser(call, draft));
  if (/^default($|\.)/.test(user)) throw managedUser(user);
  const { target, notices } = await targetOf(call, draft);
  const existing = readExisting(flags.existing);
  refuseIdle(flags, existing, target);
  const engine = readEngine(flags.engine);
  const version = flags["engine-version"];
  const nodeType = flags["node-type"];
  const choices = {
    target,
    user,
    engine,
    engineVersion:
      version === undefined ? defaultVersion(target.kind, engine) : readEngineVersion(target.kind, engine, version),
    nodeType: nodeType === undefined ? defaultNodeType(target.kind) : readNodeType(target.kind, nodeType),
    access: flags.access === undefined ? null : readAccess(flags.access),
    names: defaultNames(target.name, user),
    existing,
    trust: {
      services: flags["trust-service"].map(readTrustService),
      arns: flags["trust-arn"].map((arn) => readTrustArn(target.partition, arn)),
    },
    accountId: accountIdOf(flags["account-id"]),
    network: {
      subnetGroup:
        flags["subnet-group"] === undefined ? null : readName("--subnet-group", flags["subnet-group"], subnetGroupForm),
      subnetIds: flags["subnet-id"].map((id) => readName("--subnet-id", id, subnetForm)),
      securityGroupIds: flags["security-group-id"].map((id) => readName("--security-group-id", id, securityGroupForm)),
    },
    profile: flags.profile === undefined ? null : readProfile(flags.profile),
  };
  const named = { ...choices, names: namesOf(flags, choices) };
  return { choices: named, notices: [...draft.notices, ...ofUser, ...notices] };
}

/** The names that flags give, and for the others those that follow from cache and user: AWS may find them too long. */
function namesOf(flags: SetupCall["flags"], choices: Choices): Choices["names"] {
  const { names } = choices;
  return {
    group: readName("--group", flags.group?.toLowerCase() ?? names.group, groupForm),
    defaultUser: needsDefaultUser(choices)
      ? readName("--default-user", flags["default-user"]?.toLowerCase() ?? names.defaultUser, groupForm)
      : names.defaultUser,
    role: readName("--role", flags.role ?? names.role, roleForm),
    policy: readName("--policy", flags.policy ?? names.policy, policyForm),
    subnetGroup: names.subnetGroup,
  };
}

/** A flag that changes nothing is a misunderstanding, which is better found now. */
function refuseIdle(flags: SetupCall["flags"], existing: readonly Part[], { kind }: Target): void {
  const has = (part: Part) => existing.includes(part);
  const idle: readonly (readonly [flag: keyof typeof flags, isIdle: boolean, why: string])[] = [
    ["node-type", has("cache"), "the cache exists, and keeps its nodes"],
    ["engine-version", has("cache"), "the cache exists, and keeps its version"],
    ["subnet-group", has("cache"), "the cache exists, and keeps its subnets"],
    ["subnet-id", has("cache"), "the cache exists, and keeps its subnets"],
    ["security-group-id", has("cache"), "the cache exists, and keeps its security groups"],
    ["subnet-group", kind === "serverless-cache", "a serverless cache takes subnets themselves, by --subnet-id"],
    ["subnet-id", flags["subnet-group"] !== undefined, "--subnet-group names the subnets already"],
    ["trust-service", has("role"), "the role exists, and who may take it on stays as it is"],
    ["trust-arn", has("role"), "the role exists, and who may take it on stays as it is"],
    ["default-user", has("group"), "the group exists, and has its users"],
    ["default-user", kind === "memorydb-cluster", "MemoryDB's ACLs need no user named default"],
    ["default-user", flags.engine?.toLowerCase() !== "redis", "only groups of the engine redis have such a user"],
  ];
  for (const [flag, isIdle, why] of idle) {
    const value = flags[flag];
    if (isIdle && value !== undefined && value.length > 0) throw conflict(`--${flag}`, why);
  }
}

function managedUser(user: string): CacheauthError {
  return new CacheauthError(
    "user-invalid",
    `${shown(user)} is a user that AWS makes itself, and that cannot be set up.`,
    "Name one of your own with -u USER.",
  );
}
