import { cacheWords, usual } from "../../emulate/compose-world.ts";
import type { UsersFile } from "../../emulate/users-file.ts";
import { CacheauthError, type Notice } from "../../errors.ts";
import type { Target } from "../../target/kinds.ts";
import { finishTarget, type TargetDraft } from "../../target/resolve-target.ts";
import { targetOf, tellDecisions } from "../login-target.ts";
import { draftOf, targetWords } from "../target-flags.ts";
import type { EmulateCall } from "./options.ts";

export interface ChosenTarget {
  readonly target: Target;
  /** The flag that names it, if one does. */
  readonly flag: string | undefined;
  readonly notices: readonly Notice[];
}

/** The cache that flags or the users file name, where both do the same one; the usual one where neither does. */
export async function chooseTarget(call: EmulateCall, file: UsersFile | null): Promise<ChosenTarget> {
  const { flags, report } = call;
  const { words, flag } = namedTarget(call);
  const draft = draftOf(flag === undefined ? cacheWords(file) : words);
  refuseDifferent(call, file, draft, flag);
  await tellDecisions(draft, report);
  const region = file?.cache?.region ?? flags.region;
  const { target, notices } =
    flag === undefined || file?.cache?.region ? finishTarget(draft, region, usual.region) : await targetOf(call, draft);
  return { target, flag, notices: [...draft.notices, ...notices] };
}

/** Only flags: a variable that names an endpoint is for the commands that connect to it. */
function namedTarget({ flags }: EmulateCall) {
  const { origin: _, ...words } = targetWords(flags, undefined, {});
  const names = ["endpoint", "replication-group-id", "serverless-cache-name", "memorydb-cluster"] as const;
  return { words, flag: names.find((name) => flags[name] !== undefined) };
}

/** What the file says and a flag says otherwise. */
function refuseDifferent(
  { flags }: EmulateCall,
  file: UsersFile | null,
  draft: TargetDraft,
  flag: string | undefined,
): void {
  if (!file?.cache) return;
  const { kind, name, region } = file.cache;
  if (flag !== undefined && (draft.kind !== kind || draft.name !== name)) throw different(flag, `its cache is ${name}`);
  if (region === null) return;
  if (flags.region !== undefined && flags.region !== region) throw different("region", `its region is ${region}`);
  if (flag !== undefined && draft.region !== null && draft.region !== region) {
    throw different(flag, `its region is ${region}`);
  }
}

/** A flag and the users file that say different things. */
export function different(flag: string, what: string): CacheauthError {
  return new CacheauthError(
    "flag-conflict",
    `--users and --${flag} contradict each other: in the file ${what}.`,
    "Leave the flag out, or change the file.",
  );
}
