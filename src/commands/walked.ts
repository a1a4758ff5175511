import type { Runtime, StopSignal } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";
import { createLines, createLive, type Live } from "./live-steps.ts";

export interface Walking {
  /** Aborted by Ctrl-C and the like: what was found so far is told all the same. */
  readonly interruption: AbortSignal;
  readonly onProgress: Live["show"];
}

interface WalkedCall {
  readonly runtime: Runtime;
  readonly report: Report;
  readonly flags: object;
}

/** Walks while its steps are shown as they end; and which signal ended it, or null. */
export async function walked<T>(
  call: WalkedCall,
  walk: (walking: Walking) => Promise<T>,
): Promise<{ readonly result: T; readonly signal: StopSignal | null }> {
  const { runtime, report } = call;
  const stopped = new AbortController();
  let signal: StopSignal | null = null;
  const giveBack = runtime.host.onStop((which) => {
    signal ??= which;
    stopped.abort();
  });
  const live = (await draws(call)) ? createLive(runtime.io) : createLines(report);
  try {
    const result = await walk({ interruption: stopped.signal, onProgress: live.show });
    return { result, signal };
  } finally {
    await live.clear();
    giveBack();
  }
}

/** On a terminal; but drawing anew would erase what -v says meanwhile. */
async function draws({ report, runtime: { io, host }, flags }: WalkedCall): Promise<boolean> {
  const isVerbose = "verbose" in flags && flags.verbose === true;
  if (report.json || isVerbose || host.env["TERM"] === "dumb") return false;
  return (await io.look("stderr")).isTerminal;
}
