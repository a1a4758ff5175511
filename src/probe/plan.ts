import type { PlannedStep } from "../walk/step.ts";
import type { Progress } from "./progress.ts";
import type { ProbePorts, ProbeRequest } from "./request.ts";
import { authStep } from "./steps/auth.ts";
import { connectStep } from "./steps/connect.ts";
import { credentialsStep } from "./steps/credentials.ts";
import { pingStep } from "./steps/ping.ts";
import { resolveStep } from "./steps/resolve.ts";
import { tlsStep } from "./steps/tls.ts";
import { tokenStep } from "./steps/token.ts";
import { topologyStep } from "./steps/topology.ts";

/** The stages in their order: the way that a client walks. */
export function probePlan(request: ProbeRequest, progress: Progress, ports: ProbePorts): readonly PlannedStep[] {
  return [
    credentialsStep(request, progress),
    tokenStep(request, progress, ports),
    ...connectionPlan(request, progress, ports),
    topologyStep(request, progress),
  ];
}

/** Those of one connection, with a token that is there already. */
export function connectionPlan(request: ProbeRequest, progress: Progress, ports: ProbePorts): readonly PlannedStep[] {
  return [
    resolveStep(request, progress, ports),
    connectStep(request, progress, ports),
    tlsStep(request, progress, ports),
    authStep(request, progress, ports),
    pingStep(request, progress, ports),
  ];
}
