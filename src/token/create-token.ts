import { CacheauthError, type Notice } from "../errors.ts";
import type { Hash } from "../runtime.ts";
import { kinds, type Target } from "../target/kinds.ts";
import { checkUser } from "../target/names.ts";
import { checkCredentials } from "./check-credentials.ts";
import { type Credentials, sign } from "./sign.ts";
import { formatTime, isWritable } from "./time.ts";

/** A token and what is known of it: the object that `cacheauth token --json` prints. Times are RFC 3339 in UTC. */
export interface Token {
  /** The password of AUTH. A secret for as long as it lives. */
  readonly token: string | null;
  /** The file it was written to, where it was. */
  readonly file: string | null;
  readonly user: string;
  readonly target: Target;
  readonly issuedAt: string;
  /** When it stops working: the earlier of the next two. */
  readonly expiresAt: string;
  readonly tokenExpiresAt: string;
  /** When the credentials that signed it end, and with them the token; null where that is not known. */
  readonly credentialsExpireAt: string | null;
  readonly credentials: { readonly source: string; readonly accessKeyId: string };
  readonly notices: readonly Notice[];
}

export interface TokenRequest {
  readonly target: Target;
  readonly user: string;
  readonly credentials: Credentials & { readonly source: string };
  readonly at: Date;
  /** Seconds, 1 to 900. */
  readonly expiresIn: number;
  readonly notices?: readonly Notice[];
}

/** What a server reads before it knows the client: a longer AUTH is a protocol error. */
const longestToken = 16_384;

/** The one way from a target, a user and credentials to a token. */
export async function createTokenAt(request: TokenRequest, hash: Hash): Promise<Token> {
  const { target, credentials, at, expiresIn } = request;
  checkExpiresIn(expiresIn);
  checkSigningTime(at, expiresIn);
  const user = checkUser(target.kind, request.user);
  const credentialNotices = checkCredentials(credentials, at);
  const token = await sign(
    {
      service: target.service,
      region: target.region,
      name: target.name,
      user: user.value,
      resourceType: kinds[target.kind].resourceType,
      credentials,
      at,
      expiresIn,
    },
    hash,
  );
  checkLength(token, credentials);
  const issuedAt = new Date(Math.floor(at.getTime() / 1000) * 1000);
  const tokenEnd = new Date(issuedAt.getTime() + expiresIn * 1000);
  // What is later than any time that can be written is how some providers say "never".
  const { expiration } = credentials;
  const credentialsEnd = expiration === undefined || !isWritable(expiration) ? null : expiration;
  const end = credentialsEnd !== null && credentialsEnd < tokenEnd ? credentialsEnd : tokenEnd;
  const early = end === tokenEnd ? [] : [endsEarly(end, issuedAt)];
  return {
    token,
    file: null,
    user: user.value,
    target,
    issuedAt: formatTime(issuedAt),
    expiresAt: formatTime(end),
    tokenExpiresAt: formatTime(tokenEnd),
    credentialsExpireAt: credentialsEnd === null ? null : formatTime(credentialsEnd),
    credentials: { source: credentials.source, accessKeyId: credentials.accessKeyId },
    notices: [...(request.notices ?? []), ...user.notices, ...credentialNotices, ...early],
  };
}

/** AWS takes a lifetime of at most 15 minutes. */
export function checkExpiresIn(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 900) return;
  throw new CacheauthError(
    "expires-in-invalid",
    `${seconds} is no lifetime for a token.`,
    "Give whole seconds from 1 to 900; 900, the most that AWS takes, is the default.",
  );
}

/** From the epoch on, before which no clock of a server is, to the last second whose end can be written. */
function checkSigningTime(at: Date, expiresIn: number): void {
  if (at.getTime() >= 0 && isWritable(new Date(at.getTime() + expiresIn * 1000))) return;
  throw new CacheauthError(
    "time-invalid",
    "No token can be signed as of that time.",
    "Give a time from 1970-01-01T00:00:00Z to 9999-12-31T23:44:59Z.",
  );
}

function checkLength(token: string, { sessionToken = "" }: Credentials): void {
  if (token.length <= longestToken) return;
  const cause = `The token would have ${token.length} bytes; a server reads at most ${longestToken} before authentication`;
  if (encodeURIComponent(sessionToken).length > token.length / 2) {
    throw new CacheauthError(
      "session-token-too-long",
      `${cause}, and the session token alone takes most of them.`,
      "Use credentials with a shorter session token: fewer session policies and tags make it shorter.",
    );
  }
  throw new CacheauthError("token-too-long", `${cause}.`, "The name or the user is far too long; check them.");
}

function endsEarly(end: Date, issuedAt: Date): Notice {
  const seconds = Math.floor((end.getTime() - issuedAt.getTime()) / 1000);
  return {
    code: "credentials-end-early",
    message: `The credentials expire at ${formatTime(end)}, and the token with them: in ${seconds} s.`,
  };
}
