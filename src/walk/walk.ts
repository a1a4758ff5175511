/** Steps one after the other: timed, skipped where what they need failed, bounded in time, and stopped when asked. */
import type { Host } from "../runtime.ts";
import type { Ended, Outcome, PlannedStep, Step, StepTime } from "./step.ts";

export interface WalkOptions {
  readonly clock: Pick<Host, "elapsedMs" | "after">;
  /** What one thing that a step waits for may take, in milliseconds. */
  readonly limitMs: number;
  /** What the whole walk may take, in milliseconds. */
  readonly budgetMs: number;
  /** Aborted when somebody stops it: the step under way ends as `unknown`, and the rest is skipped. */
  readonly interruption: AbortSignal;
  /** Called before and after each step, with what is done by then and the name of what is under way. */
  onProgress?(steps: readonly Step[], underWay: string | null): void;
}

/** Walks the plan. Resolves to a step for each that was planned, in that order. */
export async function walk(plan: readonly PlannedStep[], options: WalkOptions): Promise<readonly Step[]> {
  const { clock, interruption } = options;
  const began = clock.elapsedMs();
  const since = () => rounded(clock.elapsedMs() - began);
  const steps: Step[] = [];
  const withheld = new Set<string>();
  for (const { name, needs, run } of plan) {
    const startedAtMs = since();
    const heldUp = needs.some((need) => withheld.has(need));
    if (run === null || heldUp || interruption.aborted) {
      if (heldUp) withheld.add(name);
      steps.push({ name, status: "skipped", startedAtMs, durationMs: 0, detail: null, findings: [] });
      continue;
    }
    options.onProgress?.(steps, name);
    const outcome = await run(timeOf(options, began));
    // What a step says that was stopped halfway is about the stop.
    const stopped = interruption.aborted;
    const { status, detail, findings } = stopped ? halfway : outcome;
    if (status === "failed") withheld.add(name);
    steps.push({ name, status, startedAtMs, durationMs: rounded(since() - startedAtMs), detail, findings });
  }
  options.onProgress?.(steps, null);
  return steps;
}

const halfway: Outcome = { status: "unknown", detail: null, findings: [] };

function timeOf({ clock, limitMs, budgetMs, interruption }: WalkOptions, began: number): StepTime {
  return {
    async within(run, mostMs = limitMs) {
      const left = Math.max(0, budgetMs - (clock.elapsedMs() - began));
      return limited(run, Math.min(mostMs, left), clock, interruption);
    },
  };
}

/** Something with a limit, for who is not within a walk. */
export function limited<T>(
  run: (signal: AbortSignal) => Promise<T>,
  mostMs: number,
  clock: Pick<Host, "elapsedMs" | "after">,
  interruption: AbortSignal,
): Promise<Ended<T>> {
  const began = clock.elapsedMs();
  const stop = new AbortController();
  return new Promise((resolve) => {
    const settle = (ended: Ended<T>) => {
      callOff();
      interruption.removeEventListener("abort", interrupt);
      resolve(ended);
      // After resolving: what `run` then rejects with is too late to count.
      if (ended.end === "timeout" || ended.end === "interrupted") stop.abort();
    };
    const interrupt = () => settle({ end: "interrupted" });
    const callOff = clock.after(mostMs, () => settle({ end: "timeout", afterMs: rounded(clock.elapsedMs() - began) }));
    if (interruption.aborted) return interrupt();
    interruption.addEventListener("abort", interrupt);
    run(stop.signal).then(
      (value) => settle({ end: "done", value }),
      (error: unknown) => settle({ end: "failed", error }),
    );
  });
}

/** To the microsecond: more figures would only pretend. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
