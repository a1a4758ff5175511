import type { Report } from "../terminal/report.ts";

interface Keys {
  readonly secretAccessKey: string;
  readonly sessionToken?: string | null | undefined;
}

/** From then on no line shows them: AWS may repeat what it was asked with. */
export function hideKeys(keys: readonly Keys[], report: Pick<Report, "hide">): void {
  for (const { secretAccessKey, sessionToken } of keys) {
    report.hide(secretAccessKey);
    report.hide(sessionToken ?? undefined);
  }
}
