import type { Finding, Likelihood, Place } from "./finding.ts";
import { type FindingId, findingIds, type Severity } from "./ids.ts";

/** What is said of something that is no token: a record, a policy. */
export interface Told {
  readonly message: string;
  readonly fix: string;
  /** Where the id has two; else its first. */
  readonly severity?: Severity;
  /** Else certain for an error, possible for a warning. */
  readonly likelihood?: Likelihood;
  /** Where it stands in a text that was handed in. */
  readonly place?: Place | null;
}

/**
 * @example
 * ```ts
 * makeFinding("user-off", { message: "The user app is off.", fix: "Switch it on." }).docs; // "cacheauth rules user-off"
 * ```
 */
export function makeFinding(rule: FindingId, told: Told): Finding {
  const severity = told.severity ?? findingIds[rule][0];
  return {
    rule,
    severity,
    likelihood: told.likelihood ?? (severity === "warning" ? "possible" : "certain"),
    message: told.message,
    fix: told.fix,
    parameter: null,
    docs: `cacheauth rules ${rule}`,
    place: told.place ?? null,
  };
}
