import type { Host } from "../../runtime.ts";

export interface Hook {
  /** Runs the command, or where it is running runs it once more afterwards. */
  run(): void;
  /** Resolves when nothing of it is running. */
  ended(): Promise<void>;
}

/**
 * The command of `--on-refresh`. It is told the name of the file and no token: variables that hold one are kept from it. What it
 * says goes to stderr; that it failed is told, and stops nothing.
 */
export function onRefresh(command: string, file: string, host: Host, failed: (what: string) => void): Hook {
  const kept = Object.entries(host.env).filter(([, value]) => !value?.includes("X-Amz-Signature="));
  const env = { ...Object.fromEntries(kept), CACHEAUTH_TOKEN_FILE: file };
  let isWanted = false;
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;

  const runAll = async () => {
    while (isWanted) {
      isWanted = false;
      try {
        const child = await host.spawn([command], { env, stdio: "stderr", shell: true });
        const { code, signal } = await child.ended;
        if (signal !== null) failed(`was ended by ${signal}`);
        else if (code !== 0) failed(`ended with ${code}`);
      } catch (error) {
        failed(`could not be started (${(error as { code?: string }).code ?? "unknown error"})`);
      }
    }
    isRunning = false;
  };
  return {
    run() {
      isWanted = true;
      if (isRunning) return;
      isRunning = true;
      running = runAll();
    },
    ended: () => running,
  };
}
