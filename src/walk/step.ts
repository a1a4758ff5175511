import type { Finding } from "../findings/finding.ts";

/** `unknown` is "could not look"; `skipped` was not asked for, or something before it failed. */
export type StepStatus = "ok" | "warn" | "failed" | "skipped" | "unknown";

/** What became of one step. Times are milliseconds since the walk began. */
export interface Step {
  readonly name: string;
  readonly status: StepStatus;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** What was learnt, by step; null where nothing was. */
  readonly detail: Readonly<Record<string, unknown>> | null;
  readonly findings: readonly Finding[];
}

/** What a step says of itself when it is done. */
export interface Outcome {
  readonly status: "ok" | "warn" | "failed" | "unknown";
  readonly detail: Step["detail"];
  readonly findings: readonly Finding[];
}

/** A step to be walked. */
export interface PlannedStep {
  readonly name: string;
  /** Steps without which this one makes no sense: where one of them failed, or could not be done for that, this is skipped. */
  readonly needs: readonly string[];
  /** Null where it was not asked for: it is skipped, and holds up nothing. Rejects only for a defect. */
  readonly run: ((time: StepTime) => Promise<Outcome>) | null;
  /** Its own limit in milliseconds, where it waits for a person: what it takes is not taken off the budget. */
  readonly ownLimitMs?: number;
}

/** The time that a step has. What cannot be stopped by its signal is no longer waited for. */
export interface StepTime {
  /**
   * Runs something for as long as the step has: all that it runs so shares one limit, and nothing goes on beyond the
   * budget of the walk or an interruption. With `mostMs` for no longer than that.
   */
  within<T>(run: (signal: AbortSignal) => Promise<T>, mostMs?: number): Promise<Ended<T>>;
  /** Runs something only to explain a failure, beyond the limit: for `mostMs`, else two seconds or the limit, which is less. */
  afterwards<T>(run: (signal: AbortSignal) => Promise<T>, mostMs?: number): Promise<Ended<T>>;
}

/** How something with a limit ended. */
export type Ended<T> =
  | { readonly end: "done"; readonly value: T }
  | { readonly end: "failed"; readonly error: unknown }
  | { readonly end: "timeout"; readonly afterMs: number }
  | { readonly end: "interrupted" };

/** A step that went well. */
export function ok(detail: Step["detail"] = null, findings: readonly Finding[] = []): Outcome {
  return { status: findings.length > 0 ? "warn" : "ok", detail, findings };
}

/** A step that ends the walk, and why: the most certain cause first. */
export function failed(findings: readonly Finding[], detail: Step["detail"] = null): Outcome {
  return { status: "failed", detail, findings };
}
