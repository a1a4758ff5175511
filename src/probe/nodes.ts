/** The other nodes: each whose certificate verifies is logged in to with the same token. */
import type { Finding } from "../findings/finding.ts";
import type { Step, StepStatus } from "../walk/step.ts";
import { walk } from "../walk/walk.ts";
import { isLoopback } from "./loopback.ts";
import { connectionPlan } from "./plan.ts";
import type { ProbeLimits } from "./probe.ts";
import { noProgress, type Progress } from "./progress.ts";
import type { ProbePorts, ProbeRequest } from "./request.ts";
import type { ClusterNode } from "./slots.ts";

export interface NodeResult {
  readonly endpoint: { readonly host: string; readonly port: number };
  /** Null where it is not told. */
  readonly role: "primary" | "replica" | null;
  readonly slots: string | null;
  /** `skipped` where it was only listed, or somebody stopped it before. */
  readonly status: StepStatus;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly authMs: number | null;
  readonly pingMs: number | null;
  readonly findings: readonly Finding[];
}

type Node = Pick<NodeResult, "endpoint" | "role" | "slots">;

/** So many at once: a cluster has up to 500. */
const atOnce = 8;

export async function probeNodes(
  request: ProbeRequest,
  progress: Progress,
  ports: ProbePorts,
  limits: ProbeLimits,
): Promise<readonly NodeResult[]> {
  const nodes = nodesOf(request, progress);
  const results: NodeResult[] = [];
  const waiting = [...nodes.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, node] = next;
      results[index] = await probeNode(node, request, progress, ports, limits);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** Where it is no cluster, the addresses behind the endpoint's name. */
function nodesOf({ endpoint }: ProbeRequest, { nodes, addresses }: Progress): readonly Node[] {
  if (nodes.length > 0)
    return nodes.map(({ host, port, role, slots }: ClusterNode) => ({ endpoint: { host, port }, role, slots }));
  return addresses.map(({ address }) => ({
    endpoint: { host: address, port: endpoint.port },
    role: null,
    slots: null,
  }));
}

async function probeNode(
  node: Node,
  request: ProbeRequest,
  { token }: Progress,
  ports: ProbePorts,
  { limitMs, interruption }: ProbeLimits,
): Promise<NodeResult> {
  if (!mayLogIn(node, request)) return listed(node);
  const asked = node.endpoint.host === request.endpoint.host || node.role === null;
  const tls = request.tls && { ...request.tls, name: asked ? request.tls.name : node.endpoint.host };
  const own = { ...request, endpoint: node.endpoint, tls };
  const progress = { ...noProgress(), token };
  try {
    const steps = await walk(connectionPlan(own, progress, ports), {
      clock: ports.clock,
      limitMs,
      budgetMs: limitMs * 4,
      interruption,
    });
    return resultOf(node, steps);
  } finally {
    progress.conversation?.close();
    progress.connection?.destroy();
  }
}

/** A server can name any host as its node: the token goes to none whose certificate is not checked. */
function mayLogIn({ endpoint }: Node, { login, tls }: ProbeRequest): boolean {
  return login === null || (tls === null ? isLoopback(endpoint.host) : tls.verify);
}

function listed(node: Node): NodeResult {
  const nothing = { connectMs: null, tlsMs: null, authMs: null, pingMs: null };
  return { ...node, status: "skipped", ...nothing, findings: [] };
}

function resultOf(node: Node, steps: readonly Step[]): NodeResult {
  const took = (name: string) => {
    const step = steps.find((candidate) => candidate.name === name);
    return step && (step.status === "ok" || step.status === "warn") ? step.durationMs : null;
  };
  const broken = steps.find(({ status }) => status === "failed" || status === "unknown");
  const last = steps.find(({ name }) => name === "ping");
  return {
    ...node,
    // Without a PING nobody looked: it was stopped before.
    status: broken?.status ?? (last?.status === "skipped" ? "skipped" : "ok"),
    connectMs: took("connect"),
    tlsMs: took("tls"),
    authMs: took("auth"),
    pingMs: took("ping"),
    findings: broken?.findings ?? [],
  };
}
