import { formatTime } from "../token/time.ts";
import { placeKeys } from "./place-keys.ts";
import { type AwsTexts, type ProfileSettings, readProfile } from "./read-profile.ts";
import type { Session, SessionSetting } from "./session.ts";

/**
 * The sessions that stand in the place of long-term keys: those of profiles that are on, and whose keys are still the ones that
 * the session was made with. One that has ended stays where it is: AWS then says that it has expired, while with
 * the long-term keys back in its place, calls would go on without MFA and nobody would know.
 */
export function placedSessions(
  texts: AwsTexts,
  settings: readonly SessionSetting[],
  sessions: readonly Session[],
): Session[] {
  return settings.flatMap(({ profile, on }) => {
    const session = on ? sessions.find((session) => session.profile === profile) : undefined;
    return session && isOf(session, readProfile(texts, profile)) ? [session] : [];
  });
}

/** The text of the credentials file with these sessions in it. */
export function withSessions(text: string, sessions: readonly Session[]): string {
  return sessions.reduce((edited, session) => placeKeys(edited, session.profile, session, remarkOf(session)), text);
}

/** Whether the profile has the keys that the session was made with; or the session's own, in a file that was edited before. */
export function isOf({ ownKeyId, accessKeyId }: Session, profile: ProfileSettings | null): boolean {
  const found = profile?.["aws_access_key_id"];
  return found !== undefined && (found === ownKeyId || found === accessKeyId) && !isRole(profile);
}

/** A role is assumed with another profile's keys, whatever keys stand beside it. */
function isRole(profile: ProfileSettings | null): boolean {
  return Boolean(profile?.["role_arn"] && (profile["source_profile"] || profile["credential_source"]));
}

function remarkOf({ profile, expiresAt }: Session): string {
  return `cacheauth: an MFA session, until ${formatTime(expiresAt)}; to renew it: cacheauth session gen ${profile}`;
}
