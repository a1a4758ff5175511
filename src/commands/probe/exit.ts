import type { ProbeResult } from "../../probe/probe.ts";
import type { StopSignal } from "../../runtime.ts";

const codeOf: Readonly<Record<string, number>> = {
  credentials: 3,
  token: 3,
  resolve: 4,
  connect: 4,
  tls: 4,
  auth: 5,
  ping: 1,
  topology: 1,
};

const numberOf: Readonly<Record<StopSignal, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** The first failed stage decides; a signal ends it with 128 and its number; 1 where only another node failed. */
export function exitCodeOf({ ok, stages }: ProbeResult, signal: StopSignal | null): number {
  if (signal) return 128 + numberOf[signal];
  const failed = stages.find(({ status }) => status === "failed");
  return failed ? (codeOf[failed.name] ?? 1) : ok ? 0 : 1;
}
