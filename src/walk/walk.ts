/** Steps one after the other: timed, skipped where what they need failed, bounded in time, and stopped when asked. */
import { limited, rounded, type WalkClock } from "./limited.ts";
import type { Outcome, PlannedStep, Step, StepTime } from "./step.ts";

export interface WalkOptions {
  readonly clock: WalkClock;
  /** What one step may take, in milliseconds. */
  readonly limitMs: number;
  /** What all of them may take, in milliseconds, but for those with a limit of their own. */
  readonly budgetMs: number;
  /** Aborted when somebody stops it: the step under way ends as `unknown`, and the rest is skipped. */
  readonly interruption: AbortSignal;
  /** Called before each step that is run and after the last, with what is done by then and the name of what is under way. */
  onProgress?(steps: readonly Step[], underWay: string | null): void;
}

/** Walks the plan. Resolves to a step for each that was planned, in that order. */
export async function walk(plan: readonly PlannedStep[], options: WalkOptions): Promise<readonly Step[]> {
  const { clock, interruption } = options;
  const began = clock.elapsedMs();
  const since = () => rounded(clock.elapsedMs() - began);
  const steps: Step[] = [];
  const withheld = new Set<string>();
  let budgetMs = options.budgetMs;
  for (const { name, needs, run, ownLimitMs } of plan) {
    const startedAtMs = since();
    const heldUp = needs.some((need) => withheld.has(need));
    if (run === null || heldUp || interruption.aborted) {
      if (heldUp) withheld.add(name);
      steps.push({ name, status: "skipped", startedAtMs, durationMs: 0, detail: null, findings: [] });
      continue;
    }
    options.onProgress?.([...steps], name);
    const outcome = await run(timeOf(options, ownLimitMs ?? Math.min(options.limitMs, Math.max(0, budgetMs))));
    // What a step says that was stopped halfway is about the stop.
    const { status, detail, findings } = interruption.aborted ? halfway : outcome;
    if (status === "failed") withheld.add(name);
    const durationMs = rounded(since() - startedAtMs);
    if (ownLimitMs === undefined) budgetMs -= durationMs;
    steps.push({ name, status, startedAtMs, durationMs, detail, findings });
  }
  options.onProgress?.([...steps], null);
  return steps;
}

const halfway: Outcome = { status: "unknown", detail: null, findings: [] };

/** What explains a failure must not double the time that it takes. */
const mostAfterwardsMs = 2_000;

/** The time of something that begins now and has so many milliseconds, for who is not within a walk as well. */
export function timeOf(
  { clock, interruption }: Pick<WalkOptions, "clock" | "interruption">,
  limitMs: number,
): StepTime {
  const began = clock.elapsedMs();
  return {
    within(run, mostMs = limitMs) {
      const left = Math.max(0, limitMs - (clock.elapsedMs() - began));
      return limited(run, Math.min(mostMs, left), clock, interruption);
    },
    afterwards: (run, mostMs = Math.min(mostAfterwardsMs, limitMs)) => limited(run, mostMs, clock, interruption),
  };
}
