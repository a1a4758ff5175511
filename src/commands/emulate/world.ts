import { composeWorld, firstUser, iamUser, letsInAll, usual } from "../../emulate/compose-world.ts";
import type { UsersFile } from "../../emulate/users-file.ts";
import type { Notice } from "../../errors.ts";
import { allowsAll, readAccessString } from "../../judge/access-string.ts";
import type { Key, User, World } from "../../judge/world.ts";
import type { Target } from "../../target/kinds.ts";
import { checkUser } from "../../target/names.ts";
import { accountOf } from "../../token/access-key.ts";
import { from } from "../target-flags.ts";
import { type ChosenKeys, chooseKeys, credentialFlagOf } from "./keys.ts";
import type { EmulateCall } from "./options.ts";
import { chooseTarget, different } from "./target.ts";

/** Who may log in, and what is told of it. */
export interface ChosenWorld extends Pick<ChosenKeys, "source" | "areThrowaway" | "notices"> {
  readonly world: World;
  readonly target: Target;
  /** Whom the commands to try log in as. */
  readonly user: string;
  /** The key that they sign with. */
  readonly key: Key;
  /** What ARNs are held against; null without a users file, where there are no policies. */
  readonly account: { readonly id: string | null; readonly source: "users-file" | "access-key" | "unknown" } | null;
}

/**
 * The cache that flags name for the credentials at hand or, where nothing is named, a cache, a user and a key made up here,
 * whatever keys are in the environment. A file of users says the rest, and what it does not say is found in the same way.
 */
export async function chooseWorld(call: EmulateCall): Promise<ChosenWorld> {
  const file = await usersFile(call);
  const credentialFlag = file?.keys ? credentialFlagOf(call) : undefined;
  if (credentialFlag !== undefined) throw different(credentialFlag, "there are keys");
  const { target, flag, notices: targetNotices } = await chooseTarget(call, file);
  const { users, notices: userNotices } = file ? { users: file.users, notices: [] } : oneUser(call, target, flag);
  const wanted = file ? userOf(call, users) : undefined;
  const { keys, notices: keyNotices, ...chosen } = await chooseKeys(call, file, target.region, flag !== undefined);
  const world = composeWorld(target, users, keys, file);
  const key = keys[0] as Key;
  return {
    ...{ ...chosen, world, target, user: wanted ?? firstUser(world), key, account: file && accountFor(file, key) },
    notices: [...targetNotices, ...userNotices, ...keyNotices, ...openNotices(world), ...accessNotices(call, users)],
  };
}

function openNotices({ users }: World): Notice[] {
  if (!users.some(letsInAll)) return [];
  const message = "The user named default is on and needs no password: whoever connects is in, without any token.";
  return [{ code: "default-user-open", message }];
}

function accessNotices({ flags }: EmulateCall, users: readonly User[]): Notice[] {
  if (flags.upstream === undefined) return [];
  const restricted = users.filter(({ access }) => {
    const read = access === undefined ? null : readAccessString(access).access;
    return read?.enabled && !allowsAll(read);
  });
  if (restricted.length === 0) return [];
  const names = restricted.map(({ name }) => name).join(", ");
  const message = `With --upstream access strings are not enforced, but for off: to the server behind it whoever logs in is its user default. Restricted here: ${names}.`;
  return [{ code: "access-not-enforced", message }];
}

async function usersFile({ flags, runtime }: EmulateCall): Promise<UsersFile | null> {
  if (flags.users === undefined) return null;
  const [{ readUsersFile }, { readTextFile }] = await Promise.all([
    import("../../emulate/users-file.ts"),
    import("./read-text-file.ts"),
  ]);
  return readUsersFile(await readTextFile(flags.users, runtime.host), flags.users);
}

/** CACHEAUTH_USER counts where a cache is named; what is made up here is made up whole. */
function oneUser({ flags, runtime }: EmulateCall, { kind }: Target, named: string | undefined) {
  const variable = named === undefined ? undefined : runtime.host.env["CACHEAUTH_USER"] || undefined;
  const origin = flags["user-id"] === undefined && variable !== undefined ? "CACHEAUTH_USER" : null;
  const { value, notices } = from(origin, () => checkUser(kind, flags["user-id"] ?? variable ?? usual.user));
  return { users: [iamUser(value)], notices };
}

/** One of the file's, by the flag. */
function userOf({ flags }: EmulateCall, users: readonly User[]): string | undefined {
  const wanted = flags["user-id"];
  if (wanted === undefined || users.some(({ name }) => name === wanted)) return wanted;
  const names = users.slice(0, 8).map(({ name }) => name);
  throw different("user-id", `the users are ${names.join(", ")}${users.length > names.length ? " and more" : ""}`);
}

function accountFor({ cache }: UsersFile, { accessKeyId }: Key): ChosenWorld["account"] {
  if (cache?.accountId) return { id: cache.accountId, source: "users-file" };
  const id = accountOf(accessKeyId);
  return { id, source: id === null ? "unknown" : "access-key" };
}
