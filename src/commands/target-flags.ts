import { CacheauthError } from "../errors.ts";
import { draftTarget, type TargetDraft, type TargetWords } from "../target/resolve-target.ts";
import type { Flags } from "./command.ts";
import { flagNaming } from "./flag-naming.ts";

/** The flags that say what a token is for, the same in every command. */
export const targetFlags = {
  endpoint: { takes: "text", value: "HOST[:PORT]", about: "the cache's endpoint, if it is not the argument" },
  "replication-group-id": { takes: "text", value: "NAME", about: "an ElastiCache replication group" },
  "serverless-cache-name": { takes: "text", value: "NAME", about: "an ElastiCache serverless cache" },
  "memorydb-cluster": { takes: "text", value: "NAME", about: "a MemoryDB cluster" },
  "user-id": {
    takes: "text",
    short: "u",
    alias: "user",
    value: "USER",
    about: "the user to log in as; else CACHEAUTH_USER",
  },
  region: {
    takes: "text",
    short: "r",
    value: "REGION",
    about: "region; else endpoint's, AWS_REGION, profile's",
  },
} as const satisfies Flags;

type Env = Readonly<Record<string, string | undefined>>;

export interface TargetFlagValues {
  readonly endpoint: string | undefined;
  readonly "replication-group-id": string | undefined;
  readonly "serverless-cache-name": string | undefined;
  readonly "memorydb-cluster": string | undefined;
}

/** The words that name the target, and the variable they come from where it is not a flag or the argument. */
export function targetWords(
  flags: TargetFlagValues,
  argument: string | undefined,
  env: Env,
): TargetWords & { readonly origin: string | null } {
  const flag = flags.endpoint;
  if (argument !== undefined && flag !== undefined && argument !== flag) {
    throw new CacheauthError(
      "target-conflict",
      "The argument and --endpoint name two endpoints.",
      "Keep one of them. Through a tunnel it is the tunnel's address, and a flag names the cache: --replication-group-id, --serverless-cache-name or --memorydb-cluster.",
    );
  }
  const names = {
    replicationGroupId: flags["replication-group-id"],
    serverlessCacheName: flags["serverless-cache-name"],
    memorydbCluster: flags["memorydb-cluster"],
  };
  const anyName = Object.values(names).some((name) => name !== undefined);
  const fallback = anyName ? undefined : env["CACHEAUTH_ENDPOINT"] || undefined;
  const given = argument ?? flag;
  const origin = given === undefined && fallback !== undefined ? "CACHEAUTH_ENDPOINT" : null;
  return { endpoint: given ?? fallback, ...names, origin };
}

/** The target as far as flags and variables tell, in the words of the command line. */
export function draftOf(words: TargetWords): TargetDraft {
  if (words.endpoint !== "-") return draftTarget(words, flagNaming);
  throw new CacheauthError(
    "endpoint-malformed",
    "An endpoint is not read from stdin.",
    "Write it as the argument, or in CACHEAUTH_ENDPOINT.",
  );
}

/** Says where a value came from that is refused, if it was not typed: a variable, a profile. */
export function from<T>(origin: string | null, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (origin === null || !(error instanceof CacheauthError)) throw error;
    throw new CacheauthError(error.code, `${error.message.replace(/\.$/, "")} (from ${origin}).`, error.hint);
  }
}
