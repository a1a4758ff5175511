/** The whole of a probe: the stages, then what was asked for beyond them, and what it comes to. */
import type { Step } from "../walk/step.ts";
import { walk } from "../walk/walk.ts";
import { type NodeResult, probeNodes } from "./nodes.ts";
import { probePlan } from "./plan.ts";
import { noProgress } from "./progress.ts";
import { type Latencies, repeat } from "./repeat.ts";
import type { ProbePorts, ProbeRequest } from "./request.ts";
import { type Verdict, verdictOf } from "./verdict.ts";
import { withoutSecretsIn } from "./without-token.ts";

export interface ProbeResult {
  /** Nothing failed, and nobody stopped it. */
  readonly ok: boolean;
  readonly stages: readonly Step[];
  readonly verdict: Verdict;
  /** Null where they were not asked for. */
  readonly nodes: readonly NodeResult[] | null;
  readonly repeat: Latencies | null;
}

export interface ProbeLimits {
  /** What one stage may take, in milliseconds. */
  readonly limitMs: number;
  readonly interruption: AbortSignal;
  /** Called with what is done by then and the name of what is under way: a stage, then `nodes` and `repeat`. */
  onProgress?(stages: readonly Step[], underWay: string | null): void;
}

/** Walks the way that a client walks. Never throws for what it finds. */
export async function probe(request: ProbeRequest, ports: ProbePorts, limits: ProbeLimits): Promise<ProbeResult> {
  const progress = noProgress();
  const { limitMs, interruption } = limits;
  const stopped = () => interruption.aborted;
  try {
    const stages = await walk(probePlan(request, progress, ports), {
      clock: ports.clock,
      limitMs,
      budgetMs: limitMs * 4,
      interruption,
      onProgress: (steps, underWay) => limits.onProgress?.(steps, underWay),
    });
    const works = !stopped() && stages.every(({ status }) => status !== "failed");
    if (works && request.allNodes) limits.onProgress?.(stages, "nodes");
    const nodes = works && request.allNodes ? await probeNodes(request, progress, ports, limits) : null;
    if (works && request.repeat > 0 && !stopped()) limits.onProgress?.(stages, "repeat");
    const repeated = works && request.repeat > 0 ? await repeat(request, progress, ports, limits) : null;
    const verdict = verdictOf({ request, stages, nodes, repeated, isInterrupted: stopped() });
    const nodesWork = nodes === null || nodes.every(({ status }) => status !== "failed");
    const ok = works && nodesWork && !repeated?.failure && !stopped();
    const result = { ok, stages, verdict, nodes, repeat: repeated?.latencies ?? null };
    // Nothing that was told above holds any; whoever answers may have said the token back where nobody looked for it.
    return progress.token ? withoutSecretsIn(result, progress.token.text) : result;
  } finally {
    progress.conversation?.close();
    progress.connection?.destroy();
  }
}
