import type { Finding, Likelihood, Place } from "./finding.ts";
import { type FindingId, findingIds, type Severity } from "./ids.ts";

/** What is said in a finding; all else of it is the id's own. */
export interface Told {
  readonly message: string;
  readonly fix: string;
  /** Where the id has two; else its first. */
  readonly severity?: Severity;
  /** Else certain for an error, possible for a warning. */
  readonly likelihood?: Likelihood;
  /** The parameter of a token that it is about. */
  readonly parameter?: string;
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
    parameter: told.parameter ?? null,
    docs: `cacheauth rules ${rule}`,
    place: told.place ?? null,
  };
}
