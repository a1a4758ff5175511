import { cacheWords, composeWorld, firstUser, iamUser, letsInAll, usual } from "../../emulate/compose-world.ts";
import { throwawayKey } from "../../emulate/throwaway.ts";
import type { UsersFile } from "../../emulate/users-file.ts";
import { CacheauthError, type Notice } from "../../errors.ts";
import type { Key, World } from "../../judge/world.ts";
import type { Target } from "../../target/kinds.ts";
import { checkUser } from "../../target/names.ts";
import { draftTarget, finishTarget, type TargetWords } from "../../target/resolve-target.ts";
import { checkCredentials } from "../../token/check-credentials.ts";
import { credentialFlags, credentialWords, describeCredentials, findCredentials } from "../credential-flags.ts";
import { targetOf } from "../login-target.ts";
import { from, targetWords } from "../target-flags.ts";
import type { EmulateCall } from "./options.ts";

/** Who may log in, and what is told of it. */
export interface ChosenWorld {
  readonly world: World;
  readonly target: Target;
  /** Whom the commands to try log in as. */
  readonly user: string;
  /** The key that they sign with. */
  readonly key: Key;
  /** Whether the key was made here: only then is it shown. */
  readonly isThrowaway: boolean;
  readonly notices: readonly Notice[];
}

/**
 * The cache that flags name for the credentials at hand or, where nothing is named, a cache, a user and a key made up here,
 * whatever keys are in the environment. A file of users says the rest, and what it does not say is found in the same way.
 */
export async function chooseWorld(call: EmulateCall): Promise<ChosenWorld> {
  const file = await usersFile(call);
  const named = namedTarget(call);
  const credentialFlag = credentialFlagOf(call);
  refuseTwice(call, file, named.flag, credentialFlag);
  const { target, notices: targetNotices } = await chooseTarget(
    call,
    file,
    named.flag === undefined ? null : named.words,
  );
  const { users, notices: userNotices } = file ? { users: file.users, notices: [] } : oneUser(call, target, named.flag);
  const isThrowaway = !file?.keys && named.flag === undefined && credentialFlag === undefined;
  const found = file?.keys || isThrowaway ? null : await keyAtHand(call, target.region);
  const keys = file?.keys ?? [found?.key ?? throwawayKey(call.runtime.host.random)];
  for (const { secretAccessKey, sessionToken } of isThrowaway ? [] : keys) {
    call.report.hide(secretAccessKey);
    call.report.hide(sessionToken ?? undefined);
  }
  const world = composeWorld(target, users, keys, file);
  return {
    ...{ world, target, user: firstUser(world), key: keys[0] as Key },
    isThrowaway,
    notices: [...targetNotices, ...userNotices, ...(found?.notices ?? []), ...openNotices(world)],
  };
}

function openNotices({ users }: World): Notice[] {
  if (!users.some(letsInAll)) return [];
  const message = "The user named default is on and needs no password: whoever connects is in, without any token.";
  return [{ code: "default-user-open", message }];
}

async function usersFile({ flags, runtime }: EmulateCall): Promise<UsersFile | null> {
  if (flags.users === undefined) return null;
  const [{ readUsersFile }, { readTextFile }] = await Promise.all([
    import("../../emulate/users-file.ts"),
    import("./read-text-file.ts"),
  ]);
  return readUsersFile(await readTextFile(flags.users, runtime.host), flags.users);
}

/** Only flags: a variable that names an endpoint is for the commands that connect to it. */
function namedTarget({ flags }: EmulateCall) {
  const { origin: _, ...words } = targetWords(flags, undefined, {});
  const names = ["endpoint", "replication-group-id", "serverless-cache-name", "memorydb-cluster"] as const;
  return { words, flag: names.find((name) => flags[name] !== undefined) };
}

function credentialFlagOf({ flags }: EmulateCall): string | undefined {
  return (Object.keys(credentialFlags) as (keyof typeof credentialFlags)[]).find((flag) => flags[flag] !== undefined);
}

/** What the file says and a flag says too. */
function refuseTwice(
  { flags }: EmulateCall,
  file: UsersFile | null,
  target: string | undefined,
  credential: string | undefined,
): void {
  if (!file) return;
  const region = flags.region === undefined || !file.cache?.region ? undefined : "region";
  const twice =
    (flags["user-id"] === undefined ? undefined : "user-id") ??
    (file.cache ? (target ?? region) : undefined) ??
    (file.keys ? credential : undefined);
  if (twice === undefined) return;
  throw new CacheauthError(
    "flag-conflict",
    `--users and --${twice} contradict each other: the file says that already.`,
    "Keep one of them.",
  );
}

async function chooseTarget(call: EmulateCall, file: UsersFile | null, words: TargetWords | null) {
  const { flags, report } = call;
  const draft = draftTarget(words ?? cacheWords(file));
  for (const decision of draft.decisions) await report.verbose("endpoint", decision);
  const { target, notices } = words
    ? await targetOf(call, draft)
    : finishTarget(draft, file?.cache?.region ?? flags.region, usual.region);
  return { target, notices: [...draft.notices, ...notices] };
}

/** CACHEAUTH_USER counts where a cache is named; what is made up here is made up whole. */
function oneUser({ flags, runtime }: EmulateCall, { kind }: Target, named: string | undefined) {
  const variable = named === undefined ? undefined : runtime.host.env["CACHEAUTH_USER"] || undefined;
  const origin = flags["user-id"] === undefined && variable !== undefined ? "CACHEAUTH_USER" : null;
  const { value, notices } = from(origin, () => checkUser(kind, flags["user-id"] ?? variable ?? usual.user));
  return { users: [iamUser(value)], notices };
}

async function keyAtHand(call: EmulateCall, region: string): Promise<{ key: Key; notices: readonly Notice[] }> {
  const { flags, runtime, report } = call;
  const found = await findCredentials(credentialWords(flags, region, runtime), runtime, report);
  report.hide(found.secretAccessKey);
  report.hide(found.sessionToken);
  const notices = [...found.notices, ...checkCredentials(found, runtime.host.now())];
  await report.verbose("credentials", describeCredentials(found));
  const { accessKeyId, secretAccessKey, sessionToken = null, expiration = null } = found;
  return {
    key: { accessKeyId, secretAccessKey, sessionToken, expiresAt: expiration, active: true, policies: null },
    notices,
  };
}
