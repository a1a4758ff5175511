import { shellWord } from "../../findings/shell-word.ts";
import { text } from "../../resp/value.ts";
import { failed, ok, type PlannedStep } from "../../walk/step.ts";
import type { Answer } from "../conversation.ts";
import { noReply } from "../diagnose/no-reply.ts";
import { sentinel } from "../diagnose/sentinel.ts";
import { liveFinding } from "../finding.ts";
import { merged, nothingTold, readInfo } from "../hello.ts";
import type { Progress } from "../progress.ts";
import type { ProbeRequest } from "../request.ts";
import { serverWords } from "../server-words.ts";
import { readSlots } from "../slots.ts";

/** What clients ask at their start, and what each tells: the server, its nodes, and whether the user may ask. */
const asked = [
  ["INFO", "server"],
  ["INFO", "replication"],
  ["CLUSTER", "SLOTS"],
  ["COMMAND", "COUNT"],
] as const;

/** What kind of server it is, and whether the user may ask what clients ask first. */
export function topologyStep(request: ProbeRequest, progress: Progress): PlannedStep {
  return {
    name: "topology",
    needs: ["ping"],
    async run(time) {
      const { conversation } = progress;
      if (!conversation) throw new TypeError("the step before gave no conversation");
      const token = progress.token?.text ?? null;
      const ended = await time.within((signal) => conversation.ask([["PING"], ...asked], signal));
      const answers = ended.end === "done" ? ended.value : [];
      const broken = answers.findIndex(({ kind }) => kind === "closed" || kind === "foreign");
      if (ended.end !== "done" || broken >= 0) {
        // By then it has answered a PING in clear text, or over TLS.
        const speaksTls = async () => false;
        const command = ["PING", ...asked.map((words) => words.join(" "))][broken] ?? "INFO";
        return failed([await noReply({ command, request, token, speaksTls }, ended, answers[broken])]);
      }
      const [ping, server, replication, slots, count] = answers;
      const told = [server, replication].map(infoOf).reduce(merged, progress.hello ?? nothingTold);
      const clean = (word: string | null) => (word === null ? null : serverWords(word, token));
      const mode = clean(told.mode);
      const detail = { server: clean(told.server), version: clean(told.version), mode, role: clean(told.role) };
      // A server can name anything as a node, the token too.
      const nodes = slots?.kind === "reply" ? readSlots(slots.value, request.endpoint.host) : [];
      progress.nodes = nodes.filter(({ host }) => clean(host) === host);
      if (mode === "sentinel") return failed([sentinel()], detail);
      // Without a login nothing more is answered, and nothing follows from that.
      if (request.login === null && server?.kind === "refusal")
        return { status: "unknown", detail: null, findings: [] };
      const words = { PING: ping, INFO: server, CLUSTER: slots, COMMAND: count };
      const blocked = Object.entries(words).flatMap(([name, answer]) => (isNoPermission(answer) ? [name] : []));
      if (progress.isHelloForbidden) blocked.push("HELLO");
      return ok(detail, blocked.length > 0 ? [blocksStart(blocked, request.login?.user)] : []);
    },
  };
}

function infoOf(answer: Answer | undefined) {
  return answer?.kind === "reply" ? readInfo(text(answer.value) ?? "") : nothingTold;
}

function isNoPermission(answer: Answer | undefined): boolean {
  return answer?.kind === "refusal" && /^NOPERM\b/.test(answer.words);
}

function blocksStart(blocked: readonly string[], user: string | undefined) {
  const rules = blocked.map((name) => `+${name.toLowerCase()}`).join(" ");
  return liveFinding(
    "acl-blocks-start",
    `The login worked, but the user's access string forbids ${blocked.join(", ")}, which clients send at their start.`,
    `Add ${rules} to the user's access string; memorydb update-user takes the whole string, ElastiCache what is added: \`aws elasticache modify-user --user-id ${shellWord(user ?? "", "USER")} --append-access-string "${rules}"\``,
    "certain",
  );
}
