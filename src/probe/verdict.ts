/** What the stages come to, in a sentence, and the findings that it stands on. */
import type { Finding } from "../findings/finding.ts";
import type { Step } from "../walk/step.ts";
import type { NodeResult } from "./nodes.ts";
import type { Repeated } from "./repeat.ts";
import type { ProbeRequest } from "./request.ts";

export interface Verdict {
  readonly summary: string;
  /** The most certain first. */
  readonly causes: readonly Finding[];
}

/** All that was done. */
export interface Probed {
  readonly request: ProbeRequest;
  readonly stages: readonly Step[];
  readonly nodes: readonly NodeResult[] | null;
  readonly repeated: Repeated | null;
  readonly isInterrupted: boolean;
}

export function verdictOf({ request, stages, nodes, repeated, isInterrupted }: Probed): Verdict {
  const failed = stages.find(({ status }) => status === "failed");
  if (failed) return { summary: failure(failed), causes: failed.findings };
  // Whatever lint thinks of a token, the server took it.
  const told = stages.filter(({ name }) => name !== "token").flatMap(({ findings }) => findings);
  const broken = (nodes ?? []).filter(({ status }) => status === "failed");
  const later = repeated?.failure ? [repeated.failure] : [];
  if (broken.length === 0 && later.length === 0) {
    return { summary: isInterrupted ? stoppedWhere(stages) : success(request, stages), causes: told };
  }
  const sentences = [
    ...(broken.length > 0 ? [nodesSentence(broken.length, nodes?.length ?? 0)] : []),
    ...(repeated?.failure
      ? [`Of ${request.repeat} connections more ${repeated.latencies.count} worked, and the next did not.`]
      : []),
    ...(isInterrupted ? ["Then it was stopped."] : []),
  ];
  return { summary: sentences.join(" "), causes: [...oneOfEach(broken.flatMap(firstFinding)), ...later, ...told] };
}

function stoppedWhere(stages: readonly Step[]): string {
  const where = stages.find(({ status }) => status === "unknown")?.name;
  return `It was stopped${where === undefined ? "" : ` during ${where}`}; nothing had failed by then.`;
}

function nodesSentence(broken: number, all: number): string {
  return `The endpoint works, but ${broken} of its ${all} nodes ${broken === 1 ? "does" : "do"} not.`;
}

const firstFinding = ({ findings }: NodeResult) => findings.slice(0, 1);

/** Hundreds of nodes may fail alike. */
function oneOfEach(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ rule }, index) => findings.findIndex((other) => other.rule === rule) === index);
}

function failure({ name, findings }: Step): string {
  const [first, ...causes] = findings;
  return first?.rule === "wrongpass" ? refusal(causes) : `It ends at ${name}: ${first?.message ?? "it failed."}`;
}

/** By the likeliest cause; a warning is one only where it stands alone. */
function refusal(causes: readonly Finding[]): string {
  const cause = causes.length === 1 ? causes[0] : causes.find(({ severity }) => severity === "error");
  const where = "It ends at auth: WRONGPASS";
  if (cause?.likelihood === "certain") return `${where}, because: ${cause.message}`;
  if (cause?.likelihood === "likely") return `${where}, most likely because: ${cause.message}`;
  return `${where}, and the token does not show why.${cause ? ` Most often it is this: ${cause.message}` : ""}`;
}

function success({ login }: ProbeRequest, stages: readonly Step[]): string {
  if (login === null) {
    const reply = stages.find(({ name }) => name === "ping")?.detail?.["reply"];
    if (typeof reply !== "string" || !/^[A-Z]+ /.test(reply))
      return "The way is open, and the server demands no login.";
    return /^NOAUTH\b/.test(reply)
      ? "The way is open up to the login, which the server demands and which was not tried."
      : "The way is open; without a login the server answers no PING.";
  }
  const whoami = stages.find(({ name }) => name === "auth")?.detail?.["whoami"];
  return whoami === null
    ? `The login as ${login.user} was taken; ACL WHOAMI, which would prove it, was not answered.`
    : `The login works: the server knows this connection as ${login.user}.`;
}
