import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";

/** Between two tries, and how many there are: ten seconds, while nothing that holds it takes one. */
const pauseMs = 50;
const mostTries = 200;

/** Takes the lock of the files, as soon as whoever has it gives it back. */
export async function waitForLock(host: Pick<Host, "lock" | "after">, path: string): Promise<() => Promise<void>> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await host.lock(path);
    } catch (error) {
      const { code = "unknown error", processId } = error as { code?: string; processId?: number | null };
      if (code === "ELOCKED" && tries < mostTries) {
        await new Promise<void>((resolve) => host.after(pauseMs, resolve));
        continue;
      }
      const who = processId ? `process ${processId}` : "another process";
      throw new CacheauthError(
        "session-file-locked",
        code === "ELOCKED"
          ? `The files of sessions are being changed by ${who}, and it does not end.`
          : `The lock ${shown(path)} cannot be taken: ${code}.`,
        code === "ELOCKED" ? "See what that process does, and try again." : "See that you may write to its folder.",
      );
    }
  }
}
