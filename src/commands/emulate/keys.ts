import { hideKeys } from "../../aws/hide-keys.ts";
import { throwawayKey } from "../../emulate/throwaway.ts";
import type { UsersFile } from "../../emulate/users-file.ts";
import { CacheauthError, type Notice } from "../../errors.ts";
import type { Key } from "../../judge/world.ts";
import { checkCredentials } from "../../token/check-credentials.ts";
import { credentialFlags, credentialWords, describeCredentials, findCredentials } from "../credential-flags.ts";
import type { EmulateCall } from "./options.ts";

/** The keys that may sign. */
export interface ChosenKeys {
  /** One at least. */
  readonly keys: readonly Key[];
  /** `the environment`, `the users file`. */
  readonly source: string;
  /** Whether they were made here: only then are they shown. */
  readonly areThrowaway: boolean;
  readonly notices: readonly Notice[];
}

/**
 * Those of the users file. Where it has none, the keys in the environment, if there are any; without a file, the credentials
 * at hand where a target is named. Else one is made here. A flag for credentials goes before that.
 */
export async function chooseKeys(
  call: EmulateCall,
  file: UsersFile | null,
  region: string,
  isTargetNamed: boolean,
): Promise<ChosenKeys> {
  const flag = credentialFlagOf(call);
  if (file?.keys) return { keys: hidden(call, file.keys), source: "the users file", areThrowaway: false, notices: [] };
  if (flag !== undefined || (file ? hasKeys(call) : isTargetNamed)) {
    const found = await keyAtHand(call, region);
    const notices = file
      ? [...found.notices, countNotice(`${found.key.accessKeyId}, from ${found.source}`)]
      : found.notices;
    return { keys: hidden(call, [found.key]), source: found.source, areThrowaway: false, notices };
  }
  const made = throwawayKey(call.runtime.host.random);
  const notices = file ? [countNotice(`${made.accessKeyId}, made for this run`)] : [];
  return { keys: [made], source: "emulate", areThrowaway: true, notices };
}

/** A flag that says whose credentials sign. */
export function credentialFlagOf({ flags }: EmulateCall): string | undefined {
  return (Object.keys(credentialFlags) as (keyof typeof credentialFlags)[]).find((flag) => flags[flag] !== undefined);
}

function countNotice(which: string): Notice {
  return { code: "keys", message: `The users file names no keys; the one that counts is ${which}.` };
}

function hasKeys({ runtime: { host } }: EmulateCall): boolean {
  return Boolean(host.env["AWS_ACCESS_KEY_ID"] || host.env["AWS_SECRET_ACCESS_KEY"]);
}

function hidden({ report }: EmulateCall, keys: readonly Key[]): readonly Key[] {
  hideKeys(keys, report);
  return keys;
}

async function keyAtHand(call: EmulateCall, region: string) {
  const { flags, runtime, report } = call;
  const found = await findCredentials(credentialWords(flags, region, runtime), runtime, report).catch(withAdvice);
  const notices = [...found.notices, ...checkCredentials(found, runtime.host.now())];
  await report.verbose("credentials", describeCredentials(found));
  const { accessKeyId, secretAccessKey, sessionToken = null, expiration = null, source } = found;
  const key: Key = { accessKeyId, secretAccessKey, sessionToken, expiresAt: expiration, active: true, policies: null };
  return { key, source, notices };
}

/** Nobody needs an account of AWS to try it. */
function withAdvice(error: unknown): never {
  if (!(error instanceof CacheauthError && adviceFor.has(error.code))) throw error;
  const madeUp =
    "Any made-up pair will do here: AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE, and AWS_SECRET_ACCESS_KEY with any text. Without target flags it makes throwaway keys.";
  // What is wrong with those that were given comes first; where there are none, that nobody has to go and look for some.
  throw error.code === "credentials-malformed"
    ? new CacheauthError(error.code, error.message, `${error.hint} ${madeUp}`)
    : new CacheauthError(
        error.code,
        "Where a target is named, emulate lets in whoever signs with your AWS keys; and there are none here.",
        `${madeUp} Looking for yours ended with: ${error.message}`,
      );
}

const adviceFor: ReadonlySet<string> = new Set([
  "credentials-missing",
  "credentials-malformed",
  "metadata-unreachable",
]);
