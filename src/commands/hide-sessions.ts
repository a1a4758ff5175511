import type { Session } from "../session/session.ts";
import type { Report } from "../terminal/report.ts";

/** From then on no line shows their keys. */
export function hideSessions(sessions: readonly Session[], report: Pick<Report, "hide">): void {
  for (const { secretAccessKey, sessionToken } of sessions) {
    report.hide(secretAccessKey);
    report.hide(sessionToken);
  }
}
