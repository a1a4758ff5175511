/** A token that is handed in: whom it logs in, and what its signature is recomputed with. */
import { CacheauthError, type Notice } from "../errors.ts";
import type { Subject } from "../lint/rule.ts";
import type { FoundCredentials } from "../probe/request.ts";
import type { HostText } from "../target/host-text.ts";
import type { TokenFields } from "../token/fields.ts";
import { isInside } from "../token/pasted/read-pasted.ts";
import type { Call } from "./command.ts";
import type { probeFlags } from "./connection-flags.ts";
import { credentialWords, findCredentials } from "./credential-flags.ts";

export type ProbeCall = Call<typeof probeFlags>;

/** The flag, CACHEAUTH_USER, then the URL, then the token itself. */
export function userOf({ flags, runtime }: ProbeCall, read: HostText, { parameters }: TokenFields) {
  const given = flags["user-id"] ?? (runtime.host.env["CACHEAUTH_USER"] || undefined);
  if (given !== undefined) return { user: given, notices: [] };
  // The user named default has no IAM: a URL that names it names nobody.
  const inUrl = read.userInUrl === "default" ? null : read.userInUrl;
  const user = inUrl ?? parameters.User?.value ?? "";
  // A value that lost its & may hold the rest of the token.
  if (!/^[\w.-]{1,128}$/.test(user)) {
    throw new CacheauthError(
      "user-missing",
      "No user: neither a flag nor the token says whom to log in as.",
      "Pass -u USER, or set CACHEAUTH_USER.",
    );
  }
  const message = `Nobody said whom to log in as: ${user}, as the ${inUrl === null ? "token" : "URL"} says.`;
  return { user, notices: [{ code: inUrl === null ? "user-from-token" : "user-from-url", message }] };
}

/** That what is sent is not all that was handed in. */
export function takenOut({ pasted }: Subject): readonly Notice[] {
  if (!isInside(pasted)) return [];
  const what = pasted.layers.map((layer) => layer.what).join(", in ");
  const message = `The token stands in ${what}: it alone is sent. A program that sends all of that is refused.`;
  return [{ code: "token-taken-out", message }];
}

/** The token is there; credentials only add whether its signature matches. So nobody is asked for a code for them. */
export function credentialsAtHand(
  { flags, runtime, report }: ProbeCall,
  region: string,
): () => Promise<FoundCredentials | null> {
  const words = credentialWords(flags, region, runtime);
  return async () => {
    try {
      return await findCredentials(words, { ...runtime, io: { ...runtime.io, stdinIsTerminal: false } }, report);
    } catch (error) {
      if (error instanceof CacheauthError && error.exitCode === 3) return null;
      throw error;
    }
  };
}
