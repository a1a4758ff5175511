/** The whole of an examination: eight checks, going on after a failure where the next does not need it, and what they come to. */

import { withoutSecretsIn } from "../probe/without-token.ts";
import type { Step } from "../walk/step.ts";
import { type WalkOptions, walk } from "../walk/walk.ts";
import { nothingExamined } from "./examination.ts";
import type { DoctorPorts, DoctorRequest } from "./request.ts";
import { clockStep } from "./steps/clock.ts";
import { credentialsStep } from "./steps/credentials.ts";
import { cacheStep, policyStep, userStep } from "./steps/records.ts";
import { tokenStep } from "./steps/token.ts";
import { loginStep, networkStep } from "./steps/way.ts";
import { withoutGuesses } from "./told.ts";
import { type DoctorVerdict, verdictOf } from "./verdict.ts";

export interface DoctorResult {
  /** The login works; or, where none was tried, nothing that was looked at is wrong. */
  readonly ok: boolean;
  readonly verdict: DoctorVerdict;
  readonly checks: readonly Step[];
  /** The stages of a probe, as far as they were walked. */
  readonly stages: readonly Step[];
  /** The check that the first cause is from; null where there is none. */
  readonly blamed: string | null;
}

export interface DoctorLimits extends Pick<WalkOptions, "limitMs" | "interruption" | "onProgress"> {}

/** All checks together, from when the credentials are there: AWS may be silent, and a person waits. */
const mostMs = 17_000;

/** Never throws for what it finds. */
export async function examine(request: DoctorRequest, ports: DoctorPorts, limits: DoctorLimits): Promise<DoctorResult> {
  const examination = nothingExamined();
  const { clock } = ports;
  const { limitMs, interruption, onProgress } = limits;
  const budgetMs = Math.max(mostMs, limitMs * 3);
  let beganMs: number | null = null;
  const way = {
    limitMs,
    interruption,
    leftMs: () => budgetMs - (beganMs === null ? 0 : clock.elapsedMs() - beganMs),
  };
  const plan = [
    credentialsStep(request, examination),
    clockStep(request, examination),
    tokenStep(request, examination, ports),
    networkStep(request, examination, ports, way),
    loginStep(request, examination, ports, way),
    cacheStep(request, examination),
    userStep(request, examination),
    policyStep(request, examination),
  ];
  try {
    const walked = await walk(plan, {
      clock,
      limitMs: Math.max(limitMs, mostForRecordsMs),
      budgetMs,
      interruption,
      onProgress(steps, underWay) {
        if (underWay !== "credentials") beganMs ??= clock.elapsedMs();
        onProgress?.(steps, underWay);
      },
    });
    const checks = withoutGuesses(walked);
    const { stages, progress } = examination;
    const isInterrupted = interruption.aborted;
    const result = { ...verdictOf({ request, examination, checks, isInterrupted }), stages };
    return progress.token ? withoutSecretsIn(result, progress.token.text) : result;
  } finally {
    examination.progress.conversation?.close();
    examination.progress.connection?.destroy();
  }
}

/** Two tries of a look-up, from their beginning; they began with the first check. */
const mostForRecordsMs = 9_000;
