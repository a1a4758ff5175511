/** How long connections take, over several of them. */
import { limited } from "../walk/walk.ts";
import { converse } from "./conversation.ts";
import type { ProbeLimits } from "./probe.ts";
import type { Progress } from "./progress.ts";
import type { ProbePorts, ProbeRequest } from "./request.ts";

/** Milliseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

export interface Latencies {
  /** How many connections went well; fewer than were asked for where one did not, or somebody stopped it. */
  readonly count: number;
  readonly connectMs: Percentiles | null;
  readonly tlsMs: Percentiles | null;
  readonly authMs: Percentiles | null;
  readonly pingMs: Percentiles | null;
}

type Phase = "connect" | "tls" | "auth" | "ping";
type Times = Partial<Record<Phase, number>>;

/** One connection after the other, to the address that answered, each with the same token. */
export async function repeat(
  request: ProbeRequest,
  progress: Progress,
  ports: ProbePorts,
  { limitMs, interruption }: ProbeLimits,
): Promise<Latencies> {
  const times: Times[] = [];
  while (times.length < request.repeat) {
    const ended = await limited(
      (signal) => once(request, progress, ports, signal),
      limitMs * 2,
      ports.clock,
      interruption,
    );
    if (ended.end !== "done" || ended.value === null) break;
    times.push(ended.value);
  }
  const of = (phase: Phase) => percentiles(times.flatMap((each) => each[phase] ?? []));
  return { count: times.length, connectMs: of("connect"), tlsMs: of("tls"), authMs: of("auth"), pingMs: of("ping") };
}

/** Null where the server did not take the login or the PING. */
async function once(
  { endpoint, tls, login }: ProbeRequest,
  { address, token, resp }: Progress,
  { net, clock }: ProbePorts,
  signal: AbortSignal,
): Promise<Times | null> {
  if (!address) return null;
  const times: Times = {};
  let since = clock.elapsedMs();
  const lap = (phase: Phase) => {
    const now = clock.elapsedMs();
    times[phase] = now - since;
    since = now;
  };
  let connection = await net.connect({ address: address.address, port: endpoint.port, signal });
  try {
    lap("connect");
    if (tls) {
      const options = { name: tls.name, ca: tls.ca?.pem ?? null, verify: tls.verify, signal };
      connection = (await net.secure(connection, options)).connection;
      lap("tls");
    }
    const conversation = converse(connection);
    if (login && token) {
      const auth = ["AUTH", login.user, token.text];
      const [answer] = await conversation.ask([resp === 2 ? auth : ["HELLO", "3", ...auth]], signal);
      if (answer?.kind !== "reply") return null;
      lap("auth");
    }
    const [pong] = await conversation.ask([["PING"]], signal);
    if (pong?.kind !== "reply" && pong?.kind !== "refusal") return null;
    lap("ping");
    return times;
  } finally {
    connection.destroy();
  }
}

/** By the nearest rank; null of nothing. */
export function percentiles(values: readonly number[]): Percentiles | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const of = (percent: number) => {
    const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
    return Math.round((sorted[rank - 1] ?? 0) * 1000) / 1000;
  };
  return { p50: of(50), p90: of(90), p99: of(99) };
}
