import type { Host } from "../runtime.ts";

/** How long one client is served before others are. */
const turnMs = 5;

/** Runs what a client asks for; whoever keeps the emulator busy lets others have their turn now and then. */
export type Turn = <T>(run: () => Promise<T>) => Promise<T>;

export function createTurn({ after, elapsedMs }: Pick<Host, "after" | "elapsedMs">): Turn {
  let busyMs = 0;
  return async (run) => {
    const began = elapsedMs();
    const result = await run();
    busyMs += elapsedMs() - began;
    if (busyMs > turnMs) {
      busyMs = 0;
      await new Promise<void>((resolve) => after(0, resolve));
    }
    return result;
  };
}
