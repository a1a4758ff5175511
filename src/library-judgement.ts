/** The library's functions that read and judge tokens, tied to this runtime's clock and hash. */
import { type TargetInput, timeOf, wordsOf } from "./library.ts";
import { nothingExpected } from "./lint/expected.ts";
import { decodedNothing, decodedOf, type Judgement, judgementOf } from "./lint/judgement.ts";
import { type LintResult, lint } from "./lint/lint.ts";
import type { Expected } from "./lint/rule.ts";
import { verify } from "./lint/verify.ts";
import { optionNaming } from "./naming.ts";
import { nodeHash } from "./node-runtime.ts";
import { kinds } from "./target/kinds.ts";
import { lowerCase } from "./target/names.ts";
import { draftTarget } from "./target/resolve-target.ts";
import type { DecodedToken } from "./token/decode.ts";
import type { ParsedToken } from "./token/parse.ts";
import type { Credentials } from "./token/sign.ts";
import type { SignatureCheck } from "./token/verify.ts";

export interface LintOptions {
  /** What the token should be for, in any form that `createToken` takes. */
  readonly target?: TargetInput | undefined;
  /** The user that logs in with it. */
  readonly user?: string | undefined;
  /** Wins over the region that the target tells. */
  readonly region?: string | undefined;
  /** Twelve digits: the account whose key should have signed it. */
  readonly accountId?: string | undefined;
  /** Judges as of then; the clock, if absent. */
  readonly at?: Date | string | undefined;
  /** Warnings count as errors in `ok`. */
  readonly strict?: boolean | undefined;
}

export interface VerifyOptions extends LintOptions {
  /** The credentials that should have signed it, or a provider of them. */
  readonly credentials: Credentials | (() => Promise<Credentials> | Credentials);
}

/** What was pasted, taken apart. */
export interface ParsedInput {
  /** The token, without what stood around it. */
  readonly text: string;
  /** What was taken off, from the outside in, each by the id of its rule. */
  readonly layers: readonly { readonly rule: string; readonly what: string }[];
  /** The token's parts, each with its place in `text`. */
  readonly token: ParsedToken;
  readonly decoded: DecodedToken;
}

/**
 * Reads a token out of whatever was pasted. Never throws for what stands in it; nothing is judged.
 *
 * @throws CacheauthError with code `time-invalid`
 * @example
 * ```ts
 * import { parseToken } from "cacheauth";
 * const { token, decoded } = parseToken("AUTH me my-cache/?Action=connect&User=me");
 * token.host.text; // "my-cache"
 * decoded.user; // "me"
 * ```
 */
export function parseToken(input: string | Uint8Array, at?: Date | string): ParsedInput {
  const { subject, isToken } = lint({ bytes: bytesOf(input), expected: nothingExpected, at: timeOf(at) });
  const { pasted, token } = subject;
  const decoded = isToken ? decodedOf(subject, false) : decodedNothing(subject);
  return { text: pasted.text, layers: pasted.layers, token, decoded };
}

/**
 * Judges a token by every rule: the object of `cacheauth lint --json`. The first finding is the one to mend.
 *
 * @throws CacheauthError where the options cannot be, never for what stands in the token
 * @example
 * ```ts
 * import { lintToken } from "cacheauth";
 * lintToken("my-cache/?Action=connect").findings[0]?.rule; // "truncated"
 * ```
 */
export function lintToken(input: string | Uint8Array, options: LintOptions = {}): Judgement {
  return judgementOf(judged(input, options), options.strict ?? false);
}

/**
 * `lintToken`, and the signature recomputed; on a mismatch, the mistake that reproduces it, if one does.
 *
 * @throws CacheauthError where the options cannot be; what the credentials provider throws is passed on as it is
 * @example
 * ```ts
 * import { verifyToken } from "cacheauth";
 * const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
 * const { signature } = await verifyToken("my-cache/?Action=connect", { credentials });
 * signature.status; // "not-checked"
 * ```
 */
export async function verifyToken(
  input: string | Uint8Array,
  options: VerifyOptions,
): Promise<Judgement & { readonly signature: SignatureCheck }> {
  const { credentials, strict = false } = options;
  const result = judged(input, options);
  const identity = typeof credentials === "function" ? await credentials() : credentials;
  const verified = verify(result, identity, await nodeHash());
  return { ...judgementOf(verified, strict), signature: verified.signature };
}

function judged(input: string | Uint8Array, options: LintOptions): LintResult {
  return lint({ bytes: bytesOf(input), expected: expectedOf(options), at: timeOf(options.at) });
}

function expectedOf({ target, user, region, accountId }: LintOptions): Expected {
  const draft = target === undefined ? null : draftTarget(wordsOf(target), optionNaming);
  return {
    ...nothingExpected,
    service: draft && kinds[draft.kind].service,
    kind: draft?.kind ?? null,
    name: draft?.name ?? null,
    region: region ?? draft?.region ?? null,
    endpoint: draft?.endpoint ?? null,
    user: user === undefined ? null : lowerCase(user),
    accountId: accountId ?? null,
  };
}

function bytesOf(input: string | Uint8Array): Uint8Array {
  return typeof input === "string" ? new TextEncoder().encode(input) : input;
}
