/** The way to the cache and the login, in two checks, by the stages of a probe. */

import { CacheauthError } from "../../errors.ts";
import type { Finding } from "../../findings/finding.ts";
import { type NodeResult, probeNodes } from "../../probe/nodes.ts";
import { type Repeated, repeat } from "../../probe/repeat.ts";
import type { ProbeRequest } from "../../probe/request.ts";
import { authStep } from "../../probe/steps/auth.ts";
import { connectStep } from "../../probe/steps/connect.ts";
import { pingStep } from "../../probe/steps/ping.ts";
import { resolveStep } from "../../probe/steps/resolve.ts";
import { tlsStep } from "../../probe/steps/tls.ts";
import { topologyStep } from "../../probe/steps/topology.ts";
import { failed, type Outcome, type PlannedStep, type Step, type StepTime } from "../../walk/step.ts";
import { type WalkOptions, walk } from "../../walk/walk.ts";
import { couldNotLook, unknown } from "../could-not-look.ts";
import type { Examination } from "../examination.ts";
import type { DoctorPorts, DoctorRequest } from "../request.ts";

export interface WayLimits extends Pick<WalkOptions, "limitMs" | "interruption"> {
  /** What is left of the whole examination's time, in milliseconds. */
  leftMs(): number;
}

/** Name, TCP, TLS. */
export function networkStep(
  request: DoctorRequest,
  examination: Examination,
  ports: DoctorPorts,
  limits: WayLimits,
): PlannedStep {
  return {
    name: "network",
    needs: [],
    run: async (time) => {
      const endpoint = request.endpoint ?? (await endpointOf(examination, time));
      if (endpoint === null) return unknown(noEndpoint);
      const probe = request.probeOf(endpoint);
      examination.probe = probe;
      const { progress } = examination;
      const plan = [
        resolveStep(probe, progress, ports),
        connectStep(probe, progress, ports),
        tlsStep(probe, progress, ports),
      ];
      try {
        examination.stages = await walked(plan, ports, limits);
      } catch (error) {
        examination.unfit = unfit(error);
        return unknown(examination.unfit);
      }
      return outcomeOf(examination.stages, { host: endpoint.host, port: endpoint.port });
    },
  };
}

/** AUTH, PING, and what answers. */
export function loginStep(
  request: DoctorRequest,
  examination: Examination,
  ports: DoctorPorts,
  limits: WayLimits,
): PlannedStep {
  return {
    name: "login",
    needs: ["network"],
    run: async () => {
      const { probe, progress } = examination;
      if (examination.unfit !== null) return unknown(examination.unfit);
      if (probe === null) return unknown(noEndpoint);
      if (request.login !== null && progress.token === null) return unknown(noToken);
      const plan = [authStep(probe, progress, ports), pingStep(probe, progress, ports), topologyStep(probe, progress)];
      const steps = await walked(plan, ports, limits);
      examination.stages = [...examination.stages, ...steps];
      const outcome = outcomeOf(steps, null);
      if (outcome.status === "failed" || limits.interruption.aborted) return withBeyond(outcome, nothingBeyond);
      return withBeyond(outcome, await lookBeyond(probe, examination, ports, limits));
    },
  };
}

interface Beyond {
  readonly nodes: readonly NodeResult[] | null;
  readonly repeated: Repeated | null;
}

const nothingBeyond: Beyond = { nodes: null, repeated: null };

/** What --all-nodes and --repeat ask for. */
async function lookBeyond(
  probe: ProbeRequest,
  { progress }: Examination,
  ports: DoctorPorts,
  limits: WayLimits,
): Promise<Beyond> {
  return {
    nodes: probe.allNodes ? await probeNodes(probe, progress, ports, limits) : null,
    repeated: probe.repeat > 0 ? await repeat(probe, progress, ports, limits) : null,
  };
}

/** A node that fails, or a later connection, is worth knowing; the login works. */
function withBeyond(outcome: Outcome, { nodes, repeated }: Beyond): Outcome {
  const broken = (nodes ?? []).flatMap(({ findings }) => findings.slice(0, 1));
  const findings = [...outcome.findings, ...broken, ...(repeated?.failure ? [repeated.failure] : [])];
  const status = outcome.status === "ok" && findings.length > 0 ? "warn" : outcome.status;
  return { status, findings, detail: { ...outcome.detail, nodes, repeat: repeated?.latencies ?? null } };
}

const noEndpoint = couldNotLook(
  "It is not known where to connect: no endpoint was given, and AWS's record of the cache was not there to tell.",
  "Give the endpoint that the console shows.",
);

const noToken = couldNotLook(
  "There is no token to log in with.",
  "Mend what the check of the token, or of the credentials, found.",
);

/** A runtime that cannot verify a server ends a probe; AWS's records can be looked at all the same. Anything else goes on. */
function unfit(error: unknown): Finding {
  if (!(error instanceof CacheauthError) || error.code !== "runtime-unfit") throw error;
  return couldNotLook(error.message, error.hint);
}

/** Where only a name was given. */
async function endpointOf({ lookUps }: Examination, time: StepTime): Promise<ProbeRequest["endpoint"] | null> {
  if (lookUps === null) return null;
  const ended = await time.within(() => lookUps.cache);
  return ended.end === "done" ? (ended.value.found?.record.endpoints[0] ?? null) : null;
}

function walked(plan: readonly PlannedStep[], { clock }: DoctorPorts, limits: WayLimits): Promise<readonly Step[]> {
  return walk(plan, { ...limits, clock, budgetMs: Math.min(limits.limitMs * 2, limits.leftMs()) });
}

function outcomeOf(steps: readonly Step[], detail: Readonly<Record<string, unknown>> | null): Outcome {
  const stages = steps.map(({ name, status, durationMs, detail: learnt }) => ({
    name,
    status,
    durationMs,
    detail: learnt,
  }));
  const findings = steps.flatMap((step) => step.findings);
  const all = { ...detail, stages };
  const broken = steps.find(({ status }) => status === "failed");
  if (broken) return failed(findings, all);
  return { status: findings.length > 0 ? "warn" : "ok", detail: all, findings };
}
