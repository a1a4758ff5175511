/** Why a command had no reply: silence, the end of the stream, or another protocol. */
import type { Finding } from "../../findings/finding.ts";
import type { Ended } from "../../walk/step.ts";
import type { Answer } from "../conversation.ts";
import { liveFinding } from "../finding.ts";
import { recognise } from "../recognise.ts";
import type { ProbeRequest } from "../request.ts";
import { serverWords } from "../server-words.ts";
import { seconds } from "./network.ts";
import { stranger } from "./no-tls.ts";
import { clientCertificate } from "./tls.ts";

/** What was asked, in which surroundings. */
export interface Asked {
  /** As a person would say it: `HELLO 3 AUTH`. */
  readonly command: string;
  readonly request: ProbeRequest;
  readonly token: string | null;
  /** Looks whether the port speaks TLS; called only where that tells more. */
  speaksTls(): Promise<boolean>;
}

type NoReply = Exclude<Answer, { kind: "reply" | "refusal" }>;

/** How it ended without an error reply and without a reply. */
export async function noReply(asked: Asked, ended: Ended<readonly Answer[]>, answer?: Answer): Promise<Finding> {
  if (ended.end === "failed") throw ended.error;
  const { command, request } = asked;
  if (ended.end !== "done") {
    const time = ended.end === "timeout" ? ` within ${seconds(ended.afterMs)}` : "";
    // A server with TLS may wait for the rest of a handshake.
    return request.tls === null && (await asked.speaksTls())
      ? tlsRequired(request, command, `no reply${time}`)
      : silence(command, time);
  }
  return broken(asked, (answer ?? ended.value[0]) as NoReply | undefined);
}

async function broken({ command, request, token, speaksTls }: Asked, answer: NoReply | undefined): Promise<Finding> {
  if (answer?.kind === "foreign") return foreign(command, answer, request, token);
  const code = answer?.code ?? null;
  // TLS 1.3 tells a client only after its handshake that a certificate is due (RFC 8446, 4.4.2).
  if (code !== null && /CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/.test(code)) return clientCertificate(code);
  if (request.tls === null && (await speaksTls())) {
    return tlsRequired(
      request,
      command,
      code === null ? "only a closed connection" : `only a closed connection (${code})`,
    );
  }
  return closedAt(command, `without a reply${code === null ? "" : ` (${code})`}`);
}

function silence(command: string, time: string): Finding {
  return liveFinding(
    "no-answer",
    `The server took the connection and gave no reply to ${command}${time}.`,
    "Try again with a longer --timeout. If it stays so, look at the cache's EngineCPUUtilization, and for a proxy or filter in between that forgot the connection.",
    "likely",
  );
}

function closedAt(command: string, how: string): Finding {
  return liveFinding(
    "closed-early",
    `The server closed the connection at ${command}, ${how}.`,
    "Try again; if it stays so, look at the cache's CurrConnections metric and events, and at what stands between.",
    "likely",
  );
}

function foreign(
  command: string,
  { bytes, isCut }: Extract<Answer, { kind: "foreign" }>,
  request: ProbeRequest,
  token: string | null,
): Finding {
  const speaker = recognise(bytes);
  if (speaker?.what === "tls") return tlsRequired(request, command, "an answer in TLS");
  // What begins like a reply and is none: a damaged stream, or somebody who plays tricks.
  const likeReply = speaker?.what === "redis" || /^[-+:$*%~>|_#,(!=]/.test(speaker?.line ?? "");
  const line = serverWords(speaker?.line ?? "", token).slice(0, 60);
  if (likeReply && isCut) return closedAt(command, `in the middle of its reply, which begins with "${line}"`);
  if (speaker && !likeReply) return stranger(request.endpoint.port, { ...speaker, line });
  return liveFinding(
    "not-redis",
    `The reply to ${command} is not of the protocol that Redis and Valkey speak${line === "" ? "" : `; it begins with "${line}"`}.`,
    "Check host and port, and what stands between.",
  );
}

function tlsRequired({ endpoint }: Pick<ProbeRequest, "endpoint">, command: string, came: string): Finding {
  return liveFinding(
    "tls-required",
    `Port ${endpoint.port} speaks TLS: to ${command} in clear text came ${came}.`,
    "Leave --no-tls out; in the program use rediss:// or switch TLS on.",
  );
}
