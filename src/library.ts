/** The library's functions, tied to this runtime's clock and hash; index.ts names what is public. */
import { untilAborted } from "./client/until-aborted.ts";
import { CacheauthError, type Notice, shown } from "./errors.ts";
import { optionNaming } from "./naming.ts";
import { nodeHash, nodeNow } from "./node-runtime.ts";
import type { Endpoint } from "./target/endpoint.ts";
import { allKinds, type Kind, kinds, type Target } from "./target/kinds.ts";
import { draftTarget, finishTarget, type TargetDraft, type TargetWords } from "./target/resolve-target.ts";
import type { Token } from "./token/create-token.ts";
import type { Credentials } from "./token/sign.ts";
import { isDate, isWritable, parseTime } from "./token/time.ts";

/**
 * What the token is for: an endpoint (`HOST`, `HOST:PORT` or URL), what `parseEndpoint` read off one, a name by the
 * option for it, its kind and name, or the `target` of a token or an emulator.
 */
export type TargetInput =
  | string
  | Endpoint
  | Target
  | { readonly kind: Kind; readonly name: string; readonly endpoint?: string | undefined }
  | TargetWords;

export interface CreateTokenOptions {
  readonly target: TargetInput;
  /** The user to log in as. */
  readonly user: string;
  /** Wins over the region that an endpoint tells. */
  readonly region?: string | undefined;
  /** AWS credentials, or a provider of them as every AWS SDK for JavaScript has. */
  readonly credentials: Credentials | (() => Promise<Credentials> | Credentials);
  /** Signs as of then: a Date, RFC 3339, or the form of SigV4. The clock, if absent. */
  readonly at?: Date | string | undefined;
  /** Seconds, 1 to 900 (the default). */
  readonly expiresIn?: number | undefined;
  /** Gives up waiting for the credentials. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a token: the password for AUTH, good for 15 minutes at most.
 *
 * @throws CacheauthError with a stable `code`; what the credentials provider throws is passed on as it is
 * @example
 * ```ts
 * import { createToken } from "cacheauth";
 * const { token, expiresAt } = await createToken({
 *   target: "master.my-cache.abc123.use1.cache.amazonaws.com:6379",
 *   user: "my-user",
 *   credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
 *   at: "2025-01-01T00:00:00Z",
 * });
 * expiresAt; // "2025-01-01T00:15:00Z"
 * ```
 */
export async function createToken(options: CreateTokenOptions): Promise<Token> {
  if (typeof options !== "object" || options === null) {
    throw argumentMissing("argument-missing", "options", "an object with target, user and credentials");
  }
  const { user, region, credentials, at, expiresIn = 900, signal } = options;
  if (typeof user !== "string") throw argumentMissing("user-missing", "user", "the user to log in as");
  if (signal !== undefined && typeof signal?.throwIfAborted !== "function") {
    throw new CacheauthError("argument-invalid", "signal is no AbortSignal.", "Pass that of an AbortController.");
  }
  if (region !== undefined && typeof region !== "string") {
    throw new CacheauthError("region-invalid", "region is not text.", "Pass a region such as us-east-1.");
  }
  const { target, notices } = targetOf(options.target, region);
  signal?.throwIfAborted();
  const identity = await untilAborted(typeof credentials === "function" ? credentials() : credentials, signal);
  if (typeof identity !== "object" || identity === null) {
    throw argumentMissing("credentials-missing", "credentials", "AWS credentials, or a provider of them");
  }
  const source = typeof credentials === "function" ? "the provider" : "the caller";
  // Only now: who reads and judges tokens needs no signer, and it is most of the library's start.
  createTokenAt ??= (await import("./token/create-token.ts")).createTokenAt;
  return createTokenAt(
    // JSON has null for what is not there.
    {
      target,
      user,
      credentials: { ...identity, sessionToken: identity.sessionToken ?? undefined, source },
      at: timeOf(at),
      expiresIn,
      notices,
    },
    await nodeHash(),
  );
}

let createTokenAt: typeof import("./token/create-token.ts")["createTokenAt"] | undefined;

/** What a token is for, whole, with what is worth saying about how it was read. */
export function targetOf(input: TargetInput, region: string | undefined) {
  const draft = draftTarget(wordsOf(input), optionNaming);
  const known = regionIn(input);
  if (region === undefined && draft.region === null && known === undefined) throw regionMissing(draft);
  const { target, notices } = finishTarget(draft, region, known);
  return { target, notices: [...draft.notices, ...notices] satisfies Notice[] };
}

function regionMissing({ regionCode }: TargetDraft): CacheauthError {
  const seen =
    regionCode === null
      ? "No region: neither region nor an endpoint names it."
      : `The region code ${shown(regionCode)} in the endpoint is not known, and region does not name it.`;
  return new CacheauthError("region-missing", seen, "Pass region, such as us-east-1.");
}

/** The words that a target input stands for; each of them is text, whatever the caller's types. */
export function wordsOf(target: TargetInput): TargetWords {
  const words = wordsIn(target);
  const { endpoint, ...names } = words;
  if (endpoint !== undefined && typeof endpoint !== "string") {
    throw new CacheauthError("endpoint-malformed", "target.endpoint is not text.", "Pass a host, HOST:PORT or a URL.");
  }
  for (const [word, name] of Object.entries(names)) {
    if (name === undefined || typeof name === "string") continue;
    throw new CacheauthError("name-invalid", `The name in target (${word}) is not text.`, "Pass the cache's name.");
  }
  return words;
}

function wordsIn(target: TargetInput): TargetWords {
  if (typeof target === "string") return { endpoint: target };
  if (typeof target !== "object" || target === null) {
    throw argumentMissing("target-missing", "target", "an endpoint, or what to sign for");
  }
  if (!("kind" in target)) {
    const { endpoint, replicationGroupId, serverlessCacheName, memorydbCluster } = target;
    return { endpoint, replicationGroupId, serverlessCacheName, memorydbCluster };
  }
  const place = "host" in target ? target : target.endpoint;
  const endpoint =
    typeof place === "object" && place !== null
      ? `${place.host}${place.port === null ? "" : `:${place.port}`}`
      : (place ?? undefined);
  if (allKinds.includes(target.kind)) return { endpoint, [kinds[target.kind].option]: target.name };
  throw new CacheauthError(
    "target-invalid",
    "target.kind is none of the three kinds.",
    'Say "replication-group", "serverless-cache" or "memorydb-cluster".',
  );
}

/** A whole target says its region; it counts where neither the call nor an endpoint says another. */
function regionIn(target: TargetInput): string | undefined {
  if (typeof target !== "object" || !("region" in target)) return undefined;
  return typeof target.region === "string" ? target.region : undefined;
}

/** Absent is the clock. */
export function timeOf(at: Date | string | undefined): Date {
  if (at === undefined) return nodeNow();
  if (typeof at === "string") return parseTime(at);
  if (isDate(at) && isWritable(at)) return at;
  throw new CacheauthError(
    "time-invalid",
    "at is no time.",
    "Pass a Date with a year of at most four digits, or text such as 2025-01-31T12:00:00Z.",
  );
}

function argumentMissing(
  code: "argument-missing" | "user-missing" | "target-missing" | "credentials-missing",
  name: string,
  what: string,
): CacheauthError {
  return new CacheauthError(code, `createToken was called without ${name}.`, `Pass ${name}: ${what}.`);
}
