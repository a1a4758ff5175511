import type { IpAddress } from "../../runtime.ts";
import { failed, ok, type PlannedStep } from "../../walk/step.ts";
import { unresolved } from "../diagnose/network.ts";
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
      const addresses = ofFamily(ended.value, request.family);
      if (addresses.length === 0) return failed([unresolved(request, { end: "other-family", found: ended.value })]);
      progress.addresses = addresses;
      return ok({ addresses: addresses.map(({ address }) => address) });
    },
  };
}

function ofFamily(addresses: readonly IpAddress[], family: 4 | 6 | null): readonly IpAddress[] {
  return family === null ? addresses : addresses.filter((address) => address.family === family);
}
