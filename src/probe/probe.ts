/** The whole of a probe: the stages, then what was asked for beyond them, and what it comes to. */
import type { Finding } from "../findings/finding.ts";
import type { Step } from "../walk/step.ts";
import { walk } from "../walk/walk.ts";
import { type NodeResult, probeNodes } from "./nodes.ts";
import { probePlan } from "./plan.ts";
import { noProgress } from "./progress.ts";
import { type Latencies, repeat } from "./repeat.ts";
import type { ProbePorts, ProbeRequest } from "./request.ts";
import { verdictOf } from "./verdict.ts";

export interface ProbeResult {
  /** Nothing failed, and nobody stopped it. */
  readonly ok: boolean;
  readonly stages: readonly Step[];
  readonly verdict: { readonly summary: string; readonly causes: readonly Finding[] };
  /** Null where they were not asked for. */
  readonly nodes: readonly NodeResult[] | null;
  readonly repeat: Latencies | null;
}

export interface ProbeLimits {
  /** What one stage may take, in milliseconds. */
  readonly limitMs: number;
  readonly interruption: AbortSignal;
  onProgress?(stages: readonly Step[], underWay: string | null): void;
}

/** Walks the way that a client walks. Never throws for what it finds. */
export async function probe(request: ProbeRequest, ports: ProbePorts, limits: ProbeLimits): Promise<ProbeResult> {
  const progress = noProgress();
  const { limitMs, interruption } = limits;
  try {
    const stages = await walk(probePlan(request, progress, ports), {
      clock: ports.clock,
      limitMs,
      budgetMs: budgetOf(request, limitMs),
      interruption,
      ...(limits.onProgress ? { onProgress: limits.onProgress.bind(limits) } : {}),
    });
    const works = !interruption.aborted && stages.every(({ status }) => status !== "failed");
    const nodes = works && request.allNodes ? await probeNodes(request, progress, ports, limits) : null;
    const latencies = works && request.repeat > 0 ? await repeat(request, progress, ports, limits) : null;
    const verdict = verdictOf(request, stages, nodes, interruption.aborted);
    const nodesWork = nodes === null || nodes.every(({ status }) => status !== "failed");
    return { ok: works && nodesWork && !interruption.aborted, stages, verdict, nodes, repeat: latencies };
  } finally {
    progress.conversation?.close();
    progress.connection?.destroy();
  }
}

/** Somebody may have to type an MFA code first; what the network takes is bounded by four limits. */
function budgetOf({ login }: ProbeRequest, limitMs: number): number {
  return limitMs * 4 + (login === null ? 0 : 120_000);
}
