import type { Finding } from "../findings/finding.ts";
import type { Budget } from "./budget.ts";

/** What is told of clients that did not get as far as a login. */
export interface Unasked {
  finding(connection: number, finding: Finding): void;
  /** One that said nothing at all, which is worth a word only where there is TLS. */
  silent(): void;
}

export interface UnaskedEvents {
  finding(connection: number, finding: Finding): void;
  notice(code: string, message: string): void;
}

/** As much of it as there is budget for: a port scan, or a health check every second, must not fill the log. */
export function createUnasked(budget: Budget, silentMessage: string | null, told: UnaskedEvents): Unasked {
  let untold = 0;
  function ifAffordable(tell: () => void): void {
    if (!budget.take()) {
      untold += 1;
      return;
    }
    if (untold > 0) told.notice("left-out", `${untold} more that did not get as far as a login are left out.`);
    untold = 0;
    tell();
  }
  return {
    finding: (connection, finding) => ifAffordable(() => told.finding(connection, finding)),
    silent() {
      if (silentMessage !== null) ifAffordable(() => told.notice("client-silent", silentMessage));
    },
  };
}
