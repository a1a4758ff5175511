import { CacheauthError, shown } from "../errors.ts";
import { inWords } from "../token/duration.ts";
import { formatTime } from "../token/time.ts";
import { isOf } from "./placed-sessions.ts";
import { type AwsTexts, readProfile } from "./read-profile.ts";
import type { Session, SessionSetting } from "./session.ts";

/** How a profile's session stands. `none`: none was made with the keys that the profile has. */
export type SessionState = "valid" | "expired" | "none";

export function stateOf(session: Session | null, now: Date): SessionState {
  if (session === null) return "none";
  return session.expiresAt > now ? "valid" : "expired";
}

/** The session that was made with the keys that the profile has, ended or not; null where there is none. */
export function sessionOf(profile: string, sessions: readonly Session[], texts: AwsTexts): Session | null {
  const session = sessions.find((session) => session.profile === profile);
  return session && isOf(session, readProfile(texts, profile)) ? session : null;
}

/** The session of a profile, for who wants that and nothing else; an error that says what to do where it cannot be used. */
export function usableSession(
  profile: string,
  settings: readonly SessionSetting[],
  sessions: readonly Session[],
  texts: AwsTexts,
  now: Date,
): Session {
  const setting = settings.find((setting) => setting.profile === profile);
  if (!setting) throw notSet(profile, settings);
  if (!setting.on) {
    throw new CacheauthError(
      "session-off",
      `The sessions of profile ${shown(profile)} are off.`,
      `Switch them on: cacheauth session set ${word(profile)} --on.`,
    );
  }
  const session = sessionOf(profile, sessions, texts);
  if (session === null) {
    const isOther = sessions.some((session) => session.profile === profile);
    throw new CacheauthError(
      "session-missing",
      isOther
        ? `Profile ${shown(profile)} has other keys than those that its MFA session was made with.`
        : `No MFA session of profile ${shown(profile)} was made yet.`,
      `Make one: cacheauth session gen ${word(profile)}.`,
    );
  }
  if (stateOf(session, now) === "expired") throw ended(session, now);
  return session;
}

/** A session that has ended, with the command that renews it. */
export function ended({ profile, expiresAt }: Session, now: Date): CacheauthError {
  const ago = inWords(Math.floor((now.getTime() - expiresAt.getTime()) / 1_000));
  return new CacheauthError(
    "session-expired",
    `The MFA session of profile ${shown(profile)} ended at ${formatTime(expiresAt)}, ${ago} ago.`,
    `Renew it: cacheauth session gen ${word(profile)}.`,
  );
}

export function notSet(profile: string, settings: readonly SessionSetting[]): CacheauthError {
  const names = settings.map(({ profile }) => profile);
  const others = names.length === 0 ? "" : ` Those that are set: ${names.slice(0, 8).join(", ")}.`;
  return new CacheauthError(
    "session-not-set",
    `No session is set for profile ${shown(profile)}.${others}`,
    `Set it: cacheauth session set ${word(profile)} --serial ARN.`,
  );
}

/** A name as it is typed in a shell. */
export function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
