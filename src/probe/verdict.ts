/** What the stages come to, in a sentence, and the findings that it stands on. */
import type { Finding } from "../findings/finding.ts";
import type { Step } from "../walk/step.ts";
import type { NodeResult } from "./nodes.ts";
import type { ProbeRequest } from "./request.ts";

export interface Verdict {
  readonly summary: string;
  /** The most certain first. */
  readonly causes: readonly Finding[];
}

export function verdictOf(
  request: ProbeRequest,
  stages: readonly Step[],
  nodes: readonly NodeResult[] | null,
  interrupted: boolean,
): Verdict {
  const failed = stages.find(({ status }) => status === "failed");
  if (failed) return { summary: failure(failed), causes: failed.findings };
  // Whatever lint thinks of a token, the server took it.
  const told = stages.filter(({ name }) => name !== "token").flatMap(({ findings }) => findings);
  if (interrupted) {
    const where = stages.find(({ status }) => status === "unknown")?.name;
    const during = where === undefined ? "" : ` during ${where}`;
    return { summary: `It was stopped${during}; nothing had failed by then.`, causes: told };
  }
  const broken = (nodes ?? []).filter(({ status }) => status === "failed");
  if (broken.length > 0) {
    const all = nodes?.length ?? 0;
    return {
      summary: `The endpoint works, but ${broken.length} of its ${all} nodes ${broken.length === 1 ? "does" : "do"} not.`,
      causes: [...broken.flatMap(({ findings }) => findings.slice(0, 1)), ...told],
    };
  }
  return { summary: success(request, stages), causes: told };
}

function failure({ name, findings }: Step): string {
  const [first, second] = findings;
  if (first?.rule !== "wrongpass") return `It ends at ${name}: ${first?.message ?? "it failed."}`;
  if (second?.severity === "error" && second.likelihood !== "possible") {
    const sure = second.likelihood === "certain" ? "because" : "most likely because";
    return `It ends at auth: WRONGPASS, ${sure} of ${second.rule}.`;
  }
  return "It ends at auth: WRONGPASS, and the token does not show why.";
}

function success({ login }: ProbeRequest, stages: readonly Step[]): string {
  if (login === null) {
    const reply = stages.find(({ name }) => name === "ping")?.detail?.["reply"];
    return typeof reply === "string" && /^NOAUTH\b/.test(reply)
      ? "The way is open up to the login, which the server demands and which was not tried."
      : "The way is open, and the server demands no login.";
  }
  const whoami = stages.find(({ name }) => name === "auth")?.detail?.["whoami"];
  return whoami === null
    ? `The login as ${login.user} was taken.`
    : `The login works: the server knows this connection as ${login.user}.`;
}
