import { CacheauthError } from "../../errors.ts";
import { explainAwsError } from "../explain-aws-error.ts";

/** What came of a look at AWS's records: the record, or why nobody could look. */
export type Looked<T> =
  | { readonly found: T; readonly failure: null }
  | { readonly found: null; readonly failure: LookFailure };

export interface LookFailure {
  /** `denied`: a permission is missing. `refused`: the credentials are no good. `unreachable` and `throttled` may pass. */
  readonly kind: "denied" | "refused" | "unreachable" | "throttled" | "failed";
  /** As a policy names it: `elasticache:DescribeUsers`. */
  readonly action: string;
  /** A sentence, and what to do about it. */
  readonly message: string;
  readonly hint: string;
}

/** Looks once more nowhere: the client has tried twice. What is no answer of AWS and no failure of the way is a defect, and goes on. */
export async function look<T>(
  action: string,
  env: Readonly<Record<string, string | undefined>>,
  run: () => Promise<T>,
  sourceOf: (error: unknown) => string = () => action,
): Promise<Looked<T>> {
  try {
    return { found: await run(), failure: null };
  } catch (error) {
    return { found: null, failure: failureOf(error, action, sourceOf(error), env) };
  }
}

/** The record that is not there, by the codes that AWS has for it; anything else goes on. */
export async function orNull<T>(asked: Promise<T>, code: RegExp): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (code.test(nameOf(error))) return null;
    throw error;
  }
}

function failureOf(
  error: unknown,
  action: string,
  source: string,
  env: Readonly<Record<string, string | undefined>>,
): LookFailure {
  const name = nameOf(error);
  const told = explainAwsError(error, { source, profile: null, env });
  if (/AccessDenied|UnauthorizedOperation|NotAuthorized/i.test(name)) {
    return {
      kind: "denied",
      action,
      message: `These credentials may not do ${action}.`,
      hint: "Allow it: cacheauth doctor --permissions prints the policy for all that doctor reads.",
    };
  }
  return { kind: kindOf(name, told), action, message: told.message, hint: told.hint };
}

function kindOf(name: string, told: CacheauthError): LookFailure["kind"] {
  if (/Throttl|TooManyRequests|RequestLimit|SlowDown/i.test(name)) return "throttled";
  if (told.code === "aws-unreachable" || told.code === "ca-bundle-unreadable") return "unreachable";
  const isByKey =
    /InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidAccessKeyId|IncompleteSignature|InvalidSignature|AuthFailure|OptInRequired|RequestExpired|MissingAuthenticationToken/i;
  return told.code === "credentials-expired" || isByKey.test(name) ? "refused" : "failed";
}

function nameOf(error: unknown): string {
  if (error instanceof CacheauthError) return "";
  const { name = "", code = "" } = (error ?? {}) as { name?: string; Code?: string; code?: string };
  return `${name} ${code}`;
}
