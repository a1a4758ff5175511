import { text } from "../../resp/value.ts";
import { failed, ok, type PlannedStep } from "../../walk/step.ts";
import type { Answer } from "../conversation.ts";
import { noReply, unanswered } from "../diagnose/no-reply.ts";
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
      const ended = await time.within((signal) => conversation.ask([["PING"], ...asked], signal));
      if (ended.end !== "done") return failed([unanswered("INFO", ended)]);
      const [ping, server, replication, slots, count] = ended.value;
      const broken = ended.value.find(({ kind }) => kind === "closed" || kind === "foreign");
      if (broken?.kind === "closed" || broken?.kind === "foreign") {
        return failed(await noReply("INFO", broken, request, progress.token?.text ?? null, async () => false));
      }
      const told = [server, replication].map(infoOf).reduce(merged, progress.hello ?? nothingTold);
      const clean = (word: string | null) => (word === null ? null : serverWords(word, progress.token?.text ?? null));
      const mode = clean(told.mode);
      const detail = { server: clean(told.server), version: clean(told.version), mode, role: clean(told.role) };
      if (slots?.kind === "reply") progress.nodes = readSlots(slots.value, request.endpoint.host);
      if (mode === "sentinel") return failed([sentinel()], detail);
      // Without a login nothing more is answered, and nothing follows from that.
      if (request.login === null && server?.kind === "refusal")
        return { status: "unknown", detail: null, findings: [] };
      const words = { PING: ping, INFO: server, CLUSTER: slots, COMMAND: count };
      const blocked = Object.entries(words).flatMap(([name, answer]) => (isNoPermission(answer) ? [name] : []));
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
    `Add ${rules} to the user's access string; memorydb update-user takes the whole string, ElastiCache what is added: \`aws elasticache modify-user --user-id ${user ?? "USER"} --append-access-string "${rules}"\``,
    "certain",
  );
}

function sentinel() {
  return liveFinding(
    "server-is-sentinel",
    "This is a Sentinel: it tells where the primary is and holds no data. No cache of AWS has one.",
    "Connect to the cache's endpoint, or ask the Sentinel: SENTINEL GET-MASTER-ADDR-BY-NAME NAME.",
  );
}
