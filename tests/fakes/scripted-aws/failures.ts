import { callerOf, errorAnswer, type Reply } from "./answers.ts";
import type { Call } from "./call.ts";
import { partitionOf } from "./records.ts";
import type { Script } from "./script.ts";

/** How a call comes to nothing. */
export type Failure =
  | "denied"
  | "throttled"
  | "expired"
  | "unknown-key"
  | "bad-signature"
  /** Fails with 500. */
  | "broken"
  /** Takes the call and never answers. */
  | "silent"
  /** The log-in page of a network that lets nobody out. */
  | "portal"
  /** A number of times, and then it is answered. */
  | { readonly failure: Exclude<Failure, object>; readonly times: number }
  | { readonly status: number; readonly code: string; readonly message: string }
  /** Whatever the test wants to be sent. */
  | { readonly status: number; readonly type: string; readonly body: string };

/** How the last of these calls fails; null where it is answered. */
export function failureOf(
  { failures = {} }: Script,
  { service, action }: Call,
  calls: readonly Call[],
): Failure | null {
  const failure = failures[`${service}:${action}`] ?? failures[`${service}:*`] ?? failures["*"] ?? null;
  if (failure === null || typeof failure === "string" || !("times" in failure)) return failure;
  const before = calls.filter((call) => call.service === service && call.action === action).length;
  return before <= failure.times ? failure.failure : null;
}

export function failureReply(failure: Failure, call: Call, script: Script): Reply | "silent" {
  if (typeof failure === "object") {
    if ("times" in failure) return failureReply(failure.failure, call, script);
    if ("body" in failure) return failure;
    return errorAnswer(call, failure.status, failure.code, failure.message);
  }
  const isJson = call.service === "memorydb";
  switch (failure) {
    case "denied":
      return errorAnswer(
        call,
        isJson ? 400 : 403,
        isJson ? "AccessDeniedException" : "AccessDenied",
        denial(call, script),
      );
    case "throttled":
      return errorAnswer(call, 400, isJson ? "ThrottlingException" : "Throttling", "Rate exceeded");
    case "expired":
      return errorAnswer(
        call,
        isJson ? 400 : 403,
        isJson ? "ExpiredTokenException" : "ExpiredToken",
        "The security token included in the request is expired",
      );
    case "unknown-key":
      return errorAnswer(
        call,
        isJson ? 400 : 403,
        isJson ? "UnrecognizedClientException" : "InvalidClientTokenId",
        "The security token included in the request is invalid.",
      );
    case "bad-signature":
      return errorAnswer(
        call,
        isJson ? 400 : 403,
        isJson ? "InvalidSignatureException" : "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
      );
    case "broken":
      return errorAnswer(call, 500, "InternalFailure", "An internal error has occurred");
    case "portal":
      return { status: 200, type: "text/html", body: "<!doctype html><html><body>Please log in<br></body></html>" };
    case "silent":
      return "silent";
  }
}

/** A refusal of what was signed more than 15 minutes ago, or more than 5 ahead; null where it is in time. */
export function skewReply(call: Call, now: Date): Reply | null {
  const signed = Date.parse(call.signedAt.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
  const compact = (ms: number) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "");
  const refused = (message: string) =>
    errorAnswer(
      call,
      call.service === "memorydb" ? 400 : 403,
      call.service === "memorydb" ? "InvalidSignatureException" : "SignatureDoesNotMatch",
      message,
    );
  const [earliest, latest] = [now.getTime() - 15 * 60_000, now.getTime() + 5 * 60_000];
  if (signed < earliest) {
    return refused(
      `Signature expired: ${call.signedAt} is now earlier than ${compact(earliest)} (${compact(now.getTime())} - 15 min.)`,
    );
  }
  if (signed > latest) {
    return refused(
      `Signature not yet current: ${call.signedAt} is still later than ${compact(latest)} (${compact(now.getTime())} + 5 min.)`,
    );
  }
  return null;
}

function denial(call: Call, script: Script): string {
  const { service, action, region, parameters } = call;
  const { arn, account } = callerOf(call, script);
  const where =
    service === "iam"
      ? (parameters["PolicySourceArn"] ?? `role ${parameters["RoleName"]}`)
      : `arn:${partitionOf(region)}:${service}:${region}:${account}:*`;
  return `User: ${arn} is not authorized to perform: ${service}:${action} on resource: ${where} because no identity-based policy allows the ${service}:${action} action`;
}
