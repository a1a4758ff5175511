import { CacheauthError, type Notice } from "../errors.ts";
import type { Credentials } from "./sign.ts";
import { formatTime, isDate } from "./time.ts";

/** IAM's API reference: an AccessKeyId has 16 to 128 characters. */
const longestKeyId = 128;

/** Refuses credentials that cannot sign; what could still be right is a notice. Their values are never shown. */
export function checkCredentials(credentials: Credentials & { readonly source: string }, at: Date): Notice[] {
  const { accessKeyId, secretAccessKey, sessionToken, expiration, source } = credentials;
  const malformed = (what: string, hint: string): CacheauthError =>
    new CacheauthError("credentials-malformed", `${what} (credentials from ${source}).`, hint);
  if (typeof accessKeyId !== "string" || typeof secretAccessKey !== "string") {
    throw malformed("The credentials have no access key id or no secret access key", "Give both, as text.");
  }
  if (sessionToken !== undefined && typeof sessionToken !== "string") {
    throw malformed("The session token is not text", "Give it as text, or leave it out.");
  }
  if (expiration !== undefined && !isDate(expiration)) {
    throw malformed("The expiry of the credentials is no Date", "Give a Date, or leave it out.");
  }
  for (const [part, value] of [
    ["access key id", accessKeyId],
    ["secret access key", secretAccessKey],
    ["session token", sessionToken],
  ] as const) {
    if (value !== undefined && /[^\x21-\x7e]/.test(value)) {
      const what = /[\r\n]/.test(value)
        ? "a line ending"
        : /\s/.test(value)
          ? "white space"
          : "a character that is not ASCII";
      throw malformed(`The ${part} has ${what} in it`, "Copy it again, without anything before, after or inside it.");
    }
  }
  if (isQuoted(secretAccessKey) || isQuoted(accessKeyId)) {
    throw malformed("The keys have quotes around them", "Take the quotes away.");
  }
  if (accessKeyId === "" || secretAccessKey === "") {
    throw malformed(
      `The ${accessKeyId === "" ? "access key id" : "secret access key"} is empty`,
      "Set both, or neither.",
    );
  }
  if (accessKeyId.length > longestKeyId) {
    throw malformed(
      `The access key id has ${accessKeyId.length} characters; an id has at most ${longestKeyId}`,
      "Copy it again: an id begins with AKIA or ASIA, and mostly has 20 characters.",
    );
  }
  if (accessKeyId.length === 40 && /^[A-Za-z0-9+/]+$/.test(accessKeyId)) {
    throw malformed(
      "The access key id looks like a secret access key",
      "Put the two the right way round; an id begins with AKIA or ASIA.",
    );
  }
  if (!/^\w+$/.test(accessKeyId)) {
    throw malformed(
      "The access key id has a character that no id has",
      "An id is letters and digits, beginning with AKIA or ASIA.",
    );
  }
  if (accessKeyId.startsWith("ASIA") && !sessionToken) {
    throw malformed(
      `The session token is missing: ${accessKeyId} is a temporary key, good only together with its token`,
      "Set the session token as well (AWS_SESSION_TOKEN, aws_session_token).",
    );
  }
  if (expiration !== undefined && !(expiration.getTime() > at.getTime())) {
    throw new CacheauthError(
      "credentials-expired",
      Number.isNaN(expiration.getTime())
        ? `The credentials from ${source} carry an expiry that is no time.`
        : `The credentials from ${source} expired at ${formatTime(expiration)}.`,
      "Get fresh ones: sign in again, or take away the old ones.",
    );
  }
  if (sessionToken && /^AKIA[A-Z2-7]{16}$/.test(accessKeyId)) {
    return [
      {
        code: "session-token-unexpected",
        message: `${accessKeyId} is a long-term key, but a session token came with it: AWS refuses that pair.`,
      },
    ];
  }
  return [];
}

function isQuoted(text: string): boolean {
  return text.length > 1 && text.at(0) === text.at(-1) && (text.startsWith('"') || text.startsWith("'"));
}
