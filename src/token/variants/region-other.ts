import { parseEndpoint } from "../../target/endpoint.ts";
import { regionCodes } from "../../target/regions.ts";
import { scopeCandidates } from "./scope-changes.ts";
import type { Known, Variant } from "./variant.ts";

/** The region of the endpoint first, then us-east-1 and its neighbours in the table: what SDKs fall back to. */
export const regionOther: Variant = {
  id: "region-other",
  inPairs: Number.POSITIVE_INFINITY,
  *candidates(request, known) {
    const regions = new Set([...endpointRegion(known), ...regionCodes.map(([, region]) => region)]);
    for (const region of regions) yield* scopeCandidates(request, "region", region);
  },
};

function endpointRegion({ endpoint }: Known): string[] {
  try {
    const region = endpoint && parseEndpoint(endpoint.host).region;
    return region === null ? [] : [region];
  } catch {
    return [];
  }
}
