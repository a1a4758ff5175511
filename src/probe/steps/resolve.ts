import type { IpAddress } from "../../runtime.ts";
import { failed, ok, type PlannedStep } from "../../walk/step.ts";
import { unresolved } from "../diagnose/name.ts";
import { isLoopback } from "../loopback.ts";
import type { Progress } from "../progress.ts";
import type { ProbePorts, ProbeRequest } from "../request.ts";

/** Asks the system for the addresses of the endpoint. */
export function resolveStep(request: ProbeRequest, progress: Progress, { net }: ProbePorts): PlannedStep {
  const { host } = request.endpoint;
  return {
    name: "resolve",
    needs: ["token"],
    async run(time) {
      const ended = await time.within(() => net.resolve(host));
      if (ended.end !== "done") return failed([unresolved(request, ended)]);
      const addresses = ended.value.filter(
        (address, index) =>
          isWanted(request, address) && ended.value.findIndex((other) => other.address === address.address) === index,
      );
      if (addresses.length === 0) return failed([unresolved(request, { end: "none-wanted", found: ended.value })]);
      progress.addresses = addresses;
      return ok({ addresses: addresses.map(({ address }) => address) });
    },
  };
}

/** In clear text a token goes to this machine alone, whatever its hosts file says that localhost is. */
function isWanted({ family, tls, login }: ProbeRequest, address: IpAddress): boolean {
  return (
    (family === null || address.family === family) && (tls !== null || login === null || isLoopback(address.address))
  );
}
