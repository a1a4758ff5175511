/** How long connections take, over several of them. */
import type { Finding } from "../findings/finding.ts";
import type { Ended, StepTime } from "../walk/step.ts";
import { timeOf } from "../walk/walk.ts";
import { type Answer, converse } from "./conversation.ts";
import { unconnected } from "./diagnose/network.ts";
import { noReply } from "./diagnose/no-reply.ts";
import { explainRefusal } from "./diagnose/refusal.ts";
import { explainTls } from "./diagnose/tls.ts";
import { liveFinding } from "./finding.ts";
import type { ProbeLimits } from "./probe.ts";
import type { Progress } from "./progress.ts";
import type { ProbePorts, ProbeRequest } from "./request.ts";
import { serverWords } from "./server-words.ts";

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

export interface Repeated {
  readonly latencies: Latencies;
  /** Why it ended before all were made; null where it did not, or somebody stopped it. */
  readonly failure: Finding | null;
}

/** One connection after the other, to the address that answered, each with the same token, up to the first that fails. */
export async function repeat(
  request: ProbeRequest,
  progress: Progress,
  ports: ProbePorts,
  { limitMs, interruption }: ProbeLimits,
): Promise<Repeated> {
  const times: Times[] = [];
  let failure: Finding | null = null;
  while (times.length < request.repeat && failure === null) {
    const time = timeOf({ clock: ports.clock, interruption }, limitMs);
    const reached: Reached = { phase: "connect" };
    const ended = await time.within((signal) => once(request, progress, ports, signal, reached));
    if (ended.end === "interrupted") break;
    if (ended.end === "done" && "times" in ended.value) times.push(ended.value.times);
    else failure = await whyNot({ request, progress, ports, time }, reached.phase, ended);
  }
  const of = (phase: Phase) => percentiles(times.flatMap((each) => each[phase] ?? []));
  const latencies = {
    count: times.length,
    connectMs: of("connect"),
    tlsMs: of("tls"),
    authMs: of("auth"),
    pingMs: of("ping"),
  };
  return { latencies, failure };
}

/** What is under way. */
interface Reached {
  phase: Phase;
}

type Once = { readonly times: Times } | { readonly answer: Answer | undefined };

/** How long each phase took, or the answer that was no reply. */
async function once(
  { endpoint, tls, login }: ProbeRequest,
  { address, token, resp }: Progress,
  { net, clock }: ProbePorts,
  signal: AbortSignal,
  reached: Reached,
): Promise<Once> {
  if (!address) throw new TypeError("the stages before found no address");
  const times: Times = {};
  let since = clock.elapsedMs();
  const lap = () => {
    const now = clock.elapsedMs();
    times[reached.phase] = now - since;
    since = now;
  };
  let connection = await net.connect({ address: address.address, port: endpoint.port, signal });
  try {
    lap();
    if (tls) {
      reached.phase = "tls";
      const options = { name: tls.name, ca: tls.ca?.pem ?? null, verify: tls.verify, signal };
      connection = (await net.secure(connection, options)).connection;
      lap();
    }
    const conversation = converse(connection);
    if (login && token) {
      reached.phase = "auth";
      const auth = ["AUTH", login.user, token.text];
      const [answer] = await conversation.ask([resp === 2 ? auth : ["HELLO", "3", ...auth]], signal);
      if (answer?.kind !== "reply") return { answer };
      lap();
    }
    reached.phase = "ping";
    const [pong] = await conversation.ask([["PING"]], signal);
    if (pong?.kind !== "reply" && pong?.kind !== "refusal") return { answer: pong };
    lap();
    return { times };
  } finally {
    connection.destroy();
  }
}

interface Around {
  readonly request: ProbeRequest;
  readonly progress: Progress;
  readonly ports: ProbePorts;
  readonly time: StepTime;
}

async function whyNot({ request, progress, ports, time }: Around, phase: Phase, ended: Ended<Once>): Promise<Finding> {
  const answer = ended.end === "done" && "answer" in ended.value ? ended.value.answer : undefined;
  if (phase === "connect") {
    const code = ended.end === "failed" ? ((ended.error as { code?: string }).code ?? "unknown") : null;
    const attempt = { address: progress.address?.address ?? request.endpoint.host, code };
    return unconnected(request, [attempt], ended.end === "timeout" ? ended.afterMs : null);
  }
  if (phase === "tls" && ended.end !== "done") {
    const [first] = (await explainTls(request, progress, ports, time, ended)).findings;
    if (first) return first;
  }
  const token = progress.token?.text ?? null;
  const command = phase === "ping" ? "PING" : progress.resp === 2 ? "AUTH" : "HELLO 3 AUTH";
  if (answer?.kind !== "refusal") {
    const over: Ended<readonly Answer[]> =
      ended.end === "done" ? { end: "done", value: answer ? [answer] : [] } : ended;
    return noReply({ command, request, token, speaksTls: async () => false }, over);
  }
  const words = serverWords(answer.words, token);
  return /^WRONGPASS\b/.test(words) ? refusedLater(words) : explainRefusal(words, command);
}

function refusedLater(words: string): Finding {
  return liveFinding(
    "wrongpass",
    `The server took this token before, and then refused it: "${words.replace(/\.$/, "")}". By then it may have been over: a token is good for 15 minutes at most.`,
    "Repeat fewer times, or run it again: it makes a new token. If it is refused at once, the user or its group was changed meanwhile.",
    "likely",
  );
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
