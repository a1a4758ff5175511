/** What stands behind a port that does not answer TLS with TLS. */
import type { Finding } from "../../findings/finding.ts";
import { liveFinding } from "../finding.ts";
import type { Speaker } from "../recognise.ts";
import type { ProbeRequest } from "../request.ts";
import { serverWords } from "../server-words.ts";
import { sentinel } from "./sentinel.ts";

const turnOn =
  "Turn in-transit encryption on for the cache: IAM authentication needs it. Another server can be looked at in clear text with --no-tls.";

/** No TLS came back; `how` says what did: "within 5 s". */
export function silentTls({ endpoint }: ProbeRequest, speaker: Speaker | null, how: string): Finding {
  if (speaker === null) {
    return liveFinding(
      "tls-silent",
      `The port takes connections, and no TLS came back ${how}; in clear text nothing answers either.`,
      "Check host and port, and look for a filter or proxy in between that takes connections on its own; a stopped server looks the same.",
      "likely",
    );
  }
  if (speaker.what === "sentinel") return sentinel();
  if (speaker.what === "redis") {
    return liveFinding(
      "tls-off",
      `A Redis or Valkey server answers on port ${endpoint.port} in clear text (${shownLine(speaker)}): its TLS is off, and to TLS it gave no answer ${how}.`,
      turnOn,
    );
  }
  if (speaker.what === "tls") {
    return liveFinding(
      "tls-silent",
      `The server speaks TLS, yet gave no answer to this handshake ${how}.`,
      "Try again with a longer --timeout; then look at the load of the server.",
      "likely",
    );
  }
  return stranger(endpoint.port, speaker);
}

/** Something came back that is no TLS. */
export function strangerForTls({ endpoint }: ProbeRequest, speaker: Speaker | null, code: string): Finding {
  if (speaker?.what === "sentinel") return sentinel();
  if (speaker?.what === "redis") {
    return liveFinding(
      "tls-off",
      `A Redis or Valkey server answers on port ${endpoint.port} in clear text (${shownLine(speaker)}), and no TLS (${code}).`,
      turnOn,
    );
  }
  if (speaker && speaker.what !== "tls") return stranger(endpoint.port, speaker);
  return liveFinding(
    "tls-not-spoken",
    `What answered the TLS handshake is no TLS that can be read (${code}).`,
    "Check host and port, and whether a proxy stands between.",
    "likely",
  );
}

export function stranger(port: number, speaker: Speaker): Finding {
  const memcached = speaker.what === "memcached" ? " Memcached has no IAM authentication." : "";
  return liveFinding(
    "not-redis",
    `On port ${port} answers ${speaker.label}${speaker.line === "" ? "" : ` (${shownLine(speaker)})`}, neither Redis nor Valkey.${memcached}`,
    "Check host and port: the cache's endpoint, port 6379 unless it was chosen otherwise.",
  );
}

function shownLine({ line }: Speaker): string {
  const words = serverWords(line, null);
  return `"${words.length > 80 ? `${words.slice(0, 80)}…` : words}"`;
}
