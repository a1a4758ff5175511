import type { Finding } from "../../findings/finding.ts";
import { text } from "../../resp/value.ts";
import { failed, ok, type PlannedStep } from "../../walk/step.ts";
import { converse } from "../conversation.ts";
import { noReply } from "../diagnose/no-reply.ts";
import { explainRefusal } from "../diagnose/refusal.ts";
import { liveFinding } from "../finding.ts";
import type { Progress } from "../progress.ts";
import type { ProbePorts, ProbeRequest } from "../request.ts";
import { lookAtPeer } from "../second-look.ts";
import { serverWords } from "../server-words.ts";

/** Whether commands are answered. Where nobody logs in, a refusal for want of a login is the answer that was wanted. */
export function pingStep(request: ProbeRequest, progress: Progress, ports: ProbePorts): PlannedStep {
  const loggedIn = request.login !== null;
  return {
    name: "ping",
    needs: ["connect", "tls", "auth"],
    async run(time) {
      const { connection } = progress;
      const token = progress.token?.text ?? null;
      if (!connection) throw new TypeError("the step before gave no connection");
      progress.conversation ??= converse(connection);
      const { conversation } = progress;
      const ended = await time.within((signal) => conversation.ask([["PING"]], signal));
      const answer = ended.end === "done" ? ended.value[0] : undefined;
      if (answer?.kind === "reply") {
        return ok({ reply: serverWords(text(answer.value) ?? "", token) }, loggedIn ? [] : [openToAll(request)]);
      }
      if (answer?.kind !== "refusal") {
        const speaksTls = async () => (await lookAtPeer(request, progress, ports, time)) !== null;
        return failed([await noReply({ command: "PING", request, token, speaksTls }, ended)]);
      }
      const words = serverWords(answer.words, token);
      const detail = { reply: words };
      if (!loggedIn && /^NOAUTH\b/.test(words)) return ok(detail);
      // Authenticated: the access string forbids it, and topology asks what else.
      if (/^NOPERM\b/.test(words)) return { ...ok(detail), status: "warn" };
      return failed([explainRefusal(words, "PING")], detail);
    },
  };
}

function openToAll({ expected }: ProbeRequest): Finding {
  return liveFinding(
    "default-user-open",
    "PING was answered without any login: the user named default is on and needs no password.",
    expected.kind === "memorydb-cluster"
      ? "Use an ACL of your own without that user: open-access has it."
      : "Put another user named default into the user group in its place, one that has a password or is off.",
  );
}
