import { CacheauthError } from "../errors.ts";
import { explainMfaError } from "./explain-mfa-error.ts";
import { explainProcessError } from "./explain-process-error.ts";

interface Asked {
  /** Where the credentials were to come from, in a person's words. */
  readonly source: string;
  readonly profile: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface AwsError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly address?: string;
  readonly port?: number;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * Turns what the SDK throws into one line of cause and one of remedy. Codes and names are matched first, for messages
 * change between versions; what no row knows is told in the SDK's own words.
 */
export function explainAwsError(thrown: unknown, asked: Asked): CacheauthError {
  if (thrown instanceof CacheauthError) return thrown;
  const error = innermost(thrown);
  const { source, profile } = asked;
  const text = oneLine(error.message ?? "");
  const names = `${error.name ?? ""} ${error.code ?? ""}`;
  if (/ExpiredToken|token included in the request is expired/i.test(`${names} ${text}`)) {
    return new CacheauthError(
      "credentials-expired",
      `AWS says that the credentials behind ${source} have expired.`,
      "Get fresh ones and try again.",
    );
  }
  if (
    /SSO session|sso login|SSO Token|Token is expired/i.test(text) ||
    (/SSO of/.test(source) && /UnauthorizedException/.test(`${names} ${text}`))
  ) {
    const how = profile === null ? "aws sso login" : `aws sso login --profile ${profile}`;
    return new CacheauthError(
      "credentials-expired",
      `There is no valid session for ${source}.`,
      `Sign in again: ${how}.`,
    );
  }
  if (/^the console login/.test(source)) {
    return new CacheauthError(
      "credentials-expired",
      `No credentials from ${source}: ${text}`,
      `Sign in again: aws login${profile === null ? "" : ` --profile ${profile}`}.`,
    );
  }
  const mfa = explainMfaError(names, text, source);
  if (mfa) return mfa;
  if (/^credential_process/.test(source)) return explainProcessError(error, source);
  const network = networkFailure(error);
  if (network !== null)
    return new CacheauthError(
      "aws-unreachable",
      `AWS could not be reached for ${source}: ${network.cause}.`,
      network.remedy,
    );
  if (/cycle/i.test(text)) {
    return new CacheauthError(
      "aws-file-malformed",
      `The source_profile settings behind ${source} go round in a circle.`,
      "Let the last of them have keys of its own.",
    );
  }
  if (/invalid url/i.test(text)) return badEndpointUrl(asked);
  const status = error.$metadata?.httpStatusCode;
  const named = error.name !== undefined && !/^(?:Unknown|UnknownError|Error)$/.test(error.name);
  if (status !== undefined && status >= 500) {
    return new CacheauthError(
      "aws-failed",
      `AWS failed on ${source}: it answered ${status}${named ? ` (${error.name}: ${text})` : ""}.`,
      "Try again in a moment; where AWS_ENDPOINT_URL or one of its forms is set, see what answers there.",
    );
  }
  if (/Invalid response from STS|Deserialization error/i.test(text) || (status !== undefined && !named)) {
    return new CacheauthError(
      "aws-answer-malformed",
      `What answered for ${source} is not AWS${status === undefined || status === 200 ? "" : `: it answered ${status}`}.`,
      "Something on the way answers instead, such as a network's log-in page or a proxy; see HTTPS_PROXY and AWS_ENDPOINT_URL.",
    );
  }
  if (status !== undefined) {
    return new CacheauthError(
      "aws-refused",
      `AWS refused ${source}: ${error.name}: ${text}`,
      refusalRemedy(error.name ?? "", source),
    );
  }
  return new CacheauthError(
    "credentials-missing",
    `No credentials from ${source}: ${text}`,
    "Mend those settings, or use another profile.",
  );
}

/** The SDK says only that a URL is invalid; it takes them from these variables, and from endpoint_url in the files. */
function badEndpointUrl({ source, env }: Asked): CacheauthError {
  const variable = Object.keys(env).find(
    (name) => /^AWS_ENDPOINT_URL(?:_|$)/.test(name) && env[name] && URL.parse(env[name]) === null,
  );
  return new CacheauthError(
    "aws-unreachable",
    variable === undefined
      ? `An endpoint_url in the AWS files, which counts for ${source}, is not a URL.`
      : `${variable} is not a URL.`,
    `Write it as https://HOST, or ${variable === undefined ? "take it out" : "unset it"}.`,
  );
}

/** The SDK wraps errors in errors; the one that says most is the deepest that has a code or a status. */
function innermost(thrown: unknown): AwsError {
  let error = thrown as AwsError;
  for (let depth = 0; depth < 5; depth += 1) {
    const cause = (error as { cause?: AwsError }).cause;
    if (!cause || (!cause.code && !cause.$metadata && cause.name !== "TimeoutError")) break;
    error = cause;
  }
  return error;
}

function networkFailure({
  code = "",
  name = "",
  message = "",
  address,
  port,
}: AwsError): { cause: string; remedy: string } | null {
  const route =
    "See the network, HTTPS_PROXY and NO_PROXY, and AWS_ENDPOINT_URL and its per-service forms, if they are set.";
  const trust = "If a proxy or a private endpoint has a certificate of its own, name its CA file in AWS_CA_BUNDLE.";
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/.test(code))
    return { cause: `its certificate was not accepted (${code})`, remedy: trust };
  if (/^ERR_SSL|^EPROTO/.test(code)) return { cause: `TLS failed (${code})`, remedy: trust };
  if (/ENOTFOUND|EAI_AGAIN/.test(code)) return { cause: `its name was not found (${code})`, remedy: route };
  if (/ECONN|EHOSTUNREACH|ENETUNREACH|EPIPE/.test(code))
    return {
      cause: `the connection failed (${code}${address === undefined ? "" : `, ${address}:${port}`})`,
      remedy: route,
    };
  // Deno before 2.9 has no code, only these words.
  if (/^connection error$/i.test(message)) return { cause: "the connection failed", remedy: `${route} ${trust}` };
  if (/TimeoutError|ETIMEDOUT/.test(`${name} ${code}`) || /timed out/i.test(message))
    return { cause: "it did not answer in time", remedy: route };
  return null;
}

function refusalRemedy(name: string, source: string): string {
  if (/AccessDenied/.test(name) && /MFA session of/.test(source))
    return "A policy of the user, or of the account's organization, denies sts:GetSessionToken. Ask who looks after them.";
  if (/AccessDenied/.test(name))
    return "The role's trust policy must allow the caller, and the caller's policy sts:AssumeRole on the role.";
  if (/InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch/.test(name))
    return "The access key or its secret is wrong, switched off or deleted; see them in the IAM console.";
  if (/Throttl|TooManyRequests|RequestLimit/.test(name)) return "Too many calls are made; wait a moment and try again.";
  if (/RegionDisabled/.test(name))
    return "Switch STS on for that region in the account settings of IAM, or use another region.";
  if (/IDPRejected|InvalidIdentityToken|IDPCommunication/.test(name))
    return "The web identity token was refused: see its audience, its expiry and the role's trust policy.";
  return "See what it says; cacheauth -v shows which credentials were used.";
}

function oneLine(text: string): string {
  const line = withoutKeysOf(text).replace(/\s+/g, " ").trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

/** By its name alone, and only a name as a whole: a piece of a token must not be taken for one, or the rest is left. */
function withoutKeysOf(text: string): string {
  return text.replace(/((?<![\w+/-])[\w-]*(?:secret|token)[\w-]*["']?\s*[:=]\s*["']?)[^\s"',}]+/gi, "$1[redacted]");
}
