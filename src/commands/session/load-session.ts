import { hideKeys } from "../../aws/hide-keys.ts";
import type { Runtime } from "../../runtime.ts";
import { sessionPlaces } from "../../session/places.ts";
import type { Session } from "../../session/session.ts";
import { loadSessions, loadSettings } from "../../session/session-files.ts";
import { usableSession } from "../../session/usable-session.ts";
import type { Report } from "../../terminal/report.ts";
import { ownFilesHost, readAwsFiles } from "./aws-files.ts";

/** The session of a profile, for who hands it on; an error where there is none that can be used. */
export async function loadSession(profile: string, runtime: Runtime, report: Pick<Report, "hide">): Promise<Session> {
  const places = sessionPlaces(runtime.host);
  const settings = await loadSettings(runtime.host, places);
  const sessions = await loadSessions(runtime.host, places);
  hideKeys(sessions, report);
  const { texts } = await readAwsFiles(await ownFilesHost(runtime.host));
  return usableSession(profile, settings, sessions, texts, runtime.host.now());
}
