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

/** Nothing came in time. */
export function unanswered(asked: string, ended: Exclude<Ended<unknown>, { end: "done" }>): Finding {
  if (ended.end === "failed") throw ended.error;
  const time = ended.end === "timeout" ? ` within ${seconds(ended.afterMs)}` : "";
  return liveFinding(
    "no-answer",
    `The server took the connection and gave no reply to ${asked}${time}.`,
    "Try again with a longer --timeout. If it stays so, look at the cache's EngineCPUUtilization, and for a proxy or filter in between that forgot the connection.",
    "likely",
  );
}

/** `speaksTls` looks whether the port does; it is asked only where that tells more. */
export async function noReply(
  asked: string,
  answer: Exclude<Answer, { kind: "reply" | "refusal" }> | undefined,
  request: ProbeRequest,
  token: string | null,
  speaksTls: () => Promise<boolean>,
): Promise<readonly Finding[]> {
  if (answer?.kind === "foreign") return [foreign(asked, answer.bytes, request, token)];
  const code = answer?.code ?? null;
  // TLS 1.3 tells a client only after its handshake that a certificate is due (RFC 8446, 4.4.2).
  if (code !== null && /CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/.test(code)) return [clientCertificate(code)];
  if (request.tls === null && (await speaksTls())) return [tlsRequired(request, asked, code)];
  return [
    liveFinding(
      "closed-early",
      `The server closed the connection at ${asked}, without a reply${code === null ? "" : ` (${code})`}.`,
      "Try again; if it stays so, look at the cache's CurrConnections metric and events, and at what stands between.",
      "likely",
    ),
  ];
}

function foreign(asked: string, bytes: Uint8Array, { endpoint }: ProbeRequest, token: string | null): Finding {
  const speaker = recognise(bytes);
  if (speaker?.what === "tls") return tlsRequired({ endpoint }, asked, null);
  // What begins like a reply and is none: a damaged stream, or somebody who plays tricks.
  const broken = speaker?.what === "redis" || /^[-+:$*%~>|_#,(!=]/.test(speaker?.line ?? "");
  if (speaker && !broken) return stranger(endpoint.port, { ...speaker, line: serverWords(speaker.line, token) });
  const begins = speaker ? `; it begins with "${serverWords(speaker.line, token).slice(0, 60)}"` : "";
  return liveFinding(
    "not-redis",
    `The reply to ${asked} is not of the protocol that Redis and Valkey speak${begins}.`,
    "Check host and port, and what stands between.",
  );
}

function tlsRequired({ endpoint }: Pick<ProbeRequest, "endpoint">, asked: string, code: string | null): Finding {
  return liveFinding(
    "tls-required",
    `Port ${endpoint.port} speaks TLS: to ${asked} in clear text it gave no reply${code === null ? "" : ` but a reset (${code})`}.`,
    "Leave --no-tls out; in the program use rediss:// or switch TLS on.",
  );
}
