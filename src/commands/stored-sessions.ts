import { hideKeys } from "../aws/hide-keys.ts";
import type { StoredSessions } from "../aws/stored-sessions.ts";
import type { Runtime } from "../runtime.ts";
import { placedSessions, withSessions } from "../session/placed-sessions.ts";
import { type Places, sessionPlaces } from "../session/places.ts";
import type { Session, SessionSetting } from "../session/session.ts";
import { loadSessions, loadSettings } from "../session/session-files.ts";
import { ended, stateOf, word } from "../session/usable-session.ts";
import type { Report } from "../terminal/report.ts";

/** The MFA sessions of profiles that are on; null where there are none, which one look at a file tells. */
export async function storedSessions({ host }: Runtime, report: Pick<Report, "hide">): Promise<StoredSessions | null> {
  const places = placesOf(host);
  if (places === null) return null;
  const settings = (await loadSettings(host, places)).filter(({ on }) => on);
  if (settings.length === 0) return null;
  const sessions = await loadSessions(host, places);
  hideKeys(sessions, report);
  let placed: readonly Session[] = [];
  return {
    place({ config, credentials }) {
      placed = placedSessions({ config: config.text, credentials: credentials.text }, settings, sessions);
      return withSessions(credentials.text, placed);
    },
    use: (profile) => use(profile, settings, placed, host.now()),
  };
}

function use(
  profile: string,
  settings: readonly SessionSetting[],
  placed: readonly Session[],
  now: Date,
): ReturnType<StoredSessions["use"]> {
  const session = placed.find((session) => session.profile === profile);
  if (session) {
    if (stateOf(session, now) === "expired") throw ended(session, now);
    return { expiration: session.expiresAt, notice: null };
  }
  if (!settings.some((setting) => setting.profile === profile)) return null;
  const message = `The sessions of profile ${profile} are on, but none was made with its keys: they sign themselves. cacheauth session gen ${word(profile)} makes one.`;
  return { expiration: null, notice: { code: "session-missing", message } };
}

/** Nowhere to keep sessions is nowhere to look for them, unless somebody said where. */
function placesOf(host: Runtime["host"]): Places | null {
  try {
    return sessionPlaces(host);
  } catch (error) {
    if (host.env["CACHEAUTH_HOME"]) throw error;
    return null;
  }
}
