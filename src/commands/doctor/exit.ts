import type { DoctorResult } from "../../doctor/doctor.ts";
import type { StopSignal } from "../../runtime.ts";

/** By the check that the first cause is from; 1 for AWS's records and the clock. */
const codeOf: Readonly<Record<string, number>> = { credentials: 3, token: 3, network: 4, login: 5 };

const numberOf: Readonly<Record<StopSignal, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

export function exitCodeOf({ ok, blamed }: DoctorResult, signal: StopSignal | null): number {
  if (signal) return 128 + numberOf[signal];
  return ok ? 0 : (codeOf[blamed ?? ""] ?? 1);
}
