import { failed, ok, type PlannedStep } from "../../walk/step.ts";
import { unconnected } from "../diagnose/network.ts";
import { type Attempt, connectFirst } from "../happy-eyeballs.ts";
import type { Progress } from "../progress.ts";
import type { ProbePorts, ProbeRequest } from "../request.ts";

/** A TCP connection to the first address that answers. */
export function connectStep(request: ProbeRequest, progress: Progress, ports: ProbePorts): PlannedStep {
  const { port } = request.endpoint;
  return {
    name: "connect",
    needs: ["resolve"],
    async run(time) {
      const ended = await time.within((signal) => connectFirst(progress.addresses, port, ports, signal));
      if (ended.end === "done" && ended.value.connection && ended.value.address) {
        const { connection, address, attempts } = ended.value;
        progress.connection = connection;
        progress.address = address;
        return ok({
          address: address.address,
          family: address.family,
          failed: attempts.filter(({ code }) => code !== null),
        });
      }
      // Whoever was still waited for when the time was over did not answer.
      const attempts: readonly Attempt[] =
        ended.end === "done"
          ? ended.value.attempts
          : progress.addresses.map(({ address }) => ({ address, code: null }));
      return failed([unconnected(request, attempts, ended.end === "timeout" ? ended.afterMs : null)]);
    },
  };
}
