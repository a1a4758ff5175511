import type { Finding, Likelihood } from "../findings/finding.ts";
import { type FindingId, findingIds } from "../findings/ids.ts";

/** A finding about the connection: what is there, and one thing to do. */
export function liveFinding(
  rule: FindingId,
  message: string,
  fix: string,
  likelihood: Likelihood = "certain",
): Finding {
  return {
    rule,
    severity: findingIds[rule][0],
    likelihood,
    message,
    fix,
    parameter: null,
    docs: `cacheauth rules ${rule}`,
    place: null,
  };
}
