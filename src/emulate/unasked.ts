import type { Finding } from "../findings/finding.ts";
import type { Budget } from "./budget.ts";
import type { Serving, ServingNode } from "./serving.ts";

/** What is told of clients that did not get as far as a login. */
export interface Unasked {
  finding(on: ServingNode, connection: number, finding: Finding): void;
  /** One that said nothing at all, which is worth a word only where there is TLS. */
  silent(connection: number | null): void;
  /** From here on the emulator itself ends connections: who says nothing is told no more. */
  close(): void;
}

/**
 * As much of it as there is budget for: a port scan, or a health check every second, must not fill the log. Of those who say
 * nothing there is a smaller one: a client that fails tries again at once, and is the same.
 */
export function createUnasked(
  budget: Budget,
  silentBudget: Budget,
  silentMessage: string | null,
  told: Pick<Serving, "decided" | "notice">,
): Unasked {
  let untold = 0;
  let isClosed = false;
  function ifAffordable(tell: () => void): void {
    if (!budget.take()) {
      untold += 1;
      return;
    }
    if (untold > 0) told.notice("left-out", `${untold} more that did not get as far as a login are left out.`, null);
    untold = 0;
    tell();
  }
  return {
    finding(on, connection, finding) {
      const decided = { on, connection, user: null, accepted: false, fault: null, findings: [finding] };
      ifAffordable(() => told.decided(decided));
    },
    silent(connection) {
      if (silentMessage !== null && !isClosed && silentBudget.take())
        ifAffordable(() => told.notice("client-silent", silentMessage, connection));
    },
    close() {
      isClosed = true;
    },
  };
}
