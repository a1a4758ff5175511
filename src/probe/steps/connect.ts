import { failed, ok, type PlannedStep } from "../../walk/step.ts";
import { unconnected } from "../diagnose/network.ts";
import { connectFirst } from "../happy-eyeballs.ts";
import type { Progress } from "../progress.ts";
import type { ProbePorts, ProbeRequest } from "../request.ts";

/** A TCP connection to the first address that answers. */
export function connectStep(request: ProbeRequest, progress: Progress, ports: ProbePorts): PlannedStep {
  const { port } = request.endpoint;
  return {
    name: "connect",
    needs: ["resolve"],
    async run(time) {
      const codes = new Map<string, string>();
      const told = (address: string, code: string) => void codes.set(address, code);
      const ended = await time.within((signal) => connectFirst(progress.addresses, port, ports, signal, told));
      if (ended.end === "done" && ended.value) {
        const { connection, address } = ended.value;
        progress.connection = connection;
        progress.address = address;
        const failures = [...codes].map(([tried, code]) => ({ address: tried, code }));
        return ok({ address: address.address, family: address.family, failed: failures });
      }
      if (ended.end === "failed") throw ended.error;
      // Whoever was still waited for when the time was over did not answer.
      const attempts = progress.addresses.map(({ address }) => ({ address, code: codes.get(address) ?? null }));
      return failed([unconnected(request, attempts, ended.end === "timeout" ? ended.afterMs : null)]);
    },
  };
}
