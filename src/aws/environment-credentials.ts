import { CacheauthError, type Notice } from "../errors.ts";
import type { Credentials } from "../token/sign.ts";
import { parseTime } from "../token/time.ts";

/** Credentials, where they came from in a person's words, and what is worth saying about them. */
export interface FoundCredentials extends Credentials {
  readonly source: string;
  readonly notices: readonly Notice[];
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The keys in the environment, read without any SDK: this is the way of CI jobs and of `aws-vault exec`, and the SDK
 * would cost more than all the rest. Null where there are none.
 */
export function environmentCredentials(env: Env): FoundCredentials | null {
  const accessKeyId = env["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = env["AWS_SECRET_ACCESS_KEY"];
  if (!accessKeyId && !secretAccessKey) return null;
  if (!accessKeyId || !secretAccessKey) {
    const [there, gone] = accessKeyId
      ? ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
      : ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"];
    throw new CacheauthError("credentials-malformed", `${there} is set, but ${gone} is not.`, "Set both, or neither.");
  }
  const { expiration, notices } = expiryOf(env["AWS_CREDENTIAL_EXPIRATION"]);
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken: env["AWS_SESSION_TOKEN"] || undefined,
    expiration,
    source: "the environment",
    notices,
  };
}

/** Written by aws-vault, granted and `aws configure export-credentials`; what cannot be read does not stop a token. */
function expiryOf(text: string | undefined): { expiration: Date | undefined; notices: Notice[] } {
  if (!text) return { expiration: undefined, notices: [] };
  try {
    return { expiration: parseTime(text), notices: [] };
  } catch {
    const message = "AWS_CREDENTIAL_EXPIRATION is not a time: when the credentials end is not known.";
    return { expiration: undefined, notices: [{ code: "expiration-unreadable", message }] };
  }
}
