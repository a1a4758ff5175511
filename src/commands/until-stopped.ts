import type { Host } from "../runtime.ts";

/** How a command that runs until it is stopped comes to its end. */
export interface Stopping {
  /** Resolves when it is to stop, and rejects with what makes going on pointless. */
  readonly stopped: Promise<void>;
  stop(): void;
  fail(error: unknown): void;
}

/** Works on until Ctrl-C and the like say stop; before and after it a signal ends the process as it ends any other. */
export async function untilStopped(
  host: Pick<Host, "onStop">,
  work: (stopping: Stopping) => Promise<void>,
): Promise<void> {
  const { promise: stopped, resolve: stop, reject: fail } = Promise.withResolvers<void>();
  const giveBack = host.onStop(() => stop());
  try {
    await work({ stopped, stop, fail });
  } finally {
    giveBack();
  }
}
