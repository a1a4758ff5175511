import type { z } from "zod/mini";
import { CacheauthError, type ErrorCode } from "../../errors.ts";
import type { Host } from "../../runtime.ts";
import type { Places } from "../../session/places.ts";
import { folderFault, unwritable } from "../../session/unwritable.ts";
import { askRunner } from "./ask-runner.ts";
import type { runningOutput } from "./output.ts";
import { logVariable, type RunCall, running } from "./run.ts";
import { runningText } from "./run-text.ts";

/** How much of a log is kept when the next runner begins. */
const mostLogBytes = 262_144;
/** Starting takes a tenth of a second; a slow disk may take longer. */
const lookEveryMs = 50;
const mostLooks = 400;

/** Starts a runner that goes on when this ends, and waits until it is ready, or for what it fails with. */
export async function detach({ runtime, report }: RunCall, places: Places): Promise<number> {
  const { host } = runtime;
  const already = await askRunner("ping", places, runtime);
  if (already) throw running(already.pid);
  await host.makeOwnFolder(places.runFolder, true).catch((error) => {
    throw folderFault(places.runFolder, error);
  });
  const before = await sizeOf(host, places.log);
  const child = await host
    .spawn([...host.ownCommand, "session", "run", "--json"], {
      env: { ...host.env, [logVariable]: places.log },
      stdio: { log: places.log, most: mostLogBytes },
      detached: true,
    })
    .catch((error) => {
      throw unwritable(places.log, error);
    });
  let hasEnded = false;
  void child.ended.then(() => {
    hasEnded = true;
  });
  for (let looks = 1; looks <= mostLooks; looks += 1) {
    // Once it has ended, one look more: another may have been faster.
    const isLast = hasEnded;
    const facts = await askRunner("ping", places, runtime).catch(() => null);
    if (facts?.pid === child.processId) {
      const answer: z.infer<typeof runningOutput> = { ...facts, log: places.log, notices: [] };
      await report.tell(answer, runningText);
      return 0;
    }
    if (isLast) throw await failureIn(host, places.log, before);
    await new Promise<void>((resolve) => host.after(lookEveryMs, resolve));
  }
  child.kill("SIGTERM");
  throw new CacheauthError(
    "runner-unreachable",
    "The runner was started, but did not become ready.",
    "See what cacheauth session run says in the foreground.",
  );
}

async function sizeOf(host: Host, path: string): Promise<number> {
  const { length } = await host.readFile(path).catch(() => new Uint8Array());
  return length > mostLogBytes ? 0 : length;
}

/** What the runner wrote last before it ended, which is an error's line of JSON. */
async function failureIn(host: Host, log: string, before: number): Promise<CacheauthError> {
  const text = new TextDecoder().decode((await host.readFile(log)).subarray(before));
  for (const line of text.trimEnd().split("\n").reverse()) {
    try {
      const { code, message, hint } = JSON.parse(line).error;
      const error = new CacheauthError(code as ErrorCode, String(message), String(hint));
      if (typeof error.exitCode === "number") return error;
    } catch {
      // Another line.
    }
  }
  return new CacheauthError(
    "runner-unreachable",
    "The runner ended before it was ready, and did not say why.",
    "See what cacheauth session run says in the foreground.",
  );
}
