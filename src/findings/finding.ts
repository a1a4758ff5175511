import type { FindingId, Severity } from "./ids.ts";

/** How sure a finding is of itself: `certain` where the text or AWS's documentation settles it. */
export type Likelihood = "certain" | "likely" | "possible";

/** A piece of what was judged, secrets taken out and foreign text escaped, and in it what the finding is about. */
export interface Place {
  readonly text: string;
  /** Where in `text` it begins and ends, in UTF-16 code units; equal where something is missing. */
  readonly from: number;
  readonly to: number;
}

/** One thing that is wrong, or worth knowing: what is there, what was expected, and one fix. */
export interface Finding {
  readonly rule: FindingId;
  readonly severity: Severity;
  readonly likelihood: Likelihood;
  /** What is there and what was expected. */
  readonly message: string;
  /** One thing that a person can do. A command in it stands between backticks. */
  readonly fix: string;
  /** The parameter it is about; null where it is about none, or several. */
  readonly parameter: string | null;
  /** The command that explains it. */
  readonly docs: string;
  readonly place: Place | null;
}

/** How many findings there are of each severity. */
export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

/**
 * @example
 * ```ts
 * countFindings([]).error; // 0
 * ```
 */
export function countFindings(findings: readonly Finding[]): Counts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
