/** Why a TLS handshake failed: by the runtime's code, which is alike everywhere, and by a second look. */
import type { Finding } from "../../findings/finding.ts";
import type { Peer } from "../../runtime.ts";
import type { Ended, StepTime } from "../../walk/step.ts";
import { liveFinding } from "../finding.ts";
import type { Progress } from "../progress.ts";
import type { ProbePorts, ProbeRequest } from "../request.ts";
import { lookAtPeer, lookInClearText } from "../second-look.ts";
import { explainCertificate } from "./certificate.ts";
import { seconds } from "./network.ts";
import { silentTls, strangerForTls } from "./no-tls.ts";

type Failed = Exclude<Ended<unknown>, { end: "done" }>;

/** The findings, the most certain first, and what the peer shows where that was seen. */
export async function explainTls(
  request: ProbeRequest,
  progress: Progress,
  ports: ProbePorts,
  time: StepTime,
  ended: Failed,
): Promise<{ readonly findings: readonly Finding[]; readonly peer: Peer | null }> {
  const only = (finding: Finding) => ({ findings: [finding], peer: null });
  if (ended.end === "interrupted") return { findings: [], peer: null };
  if (ended.end === "timeout") {
    const speaker = await lookInClearText(request, progress, ports, time);
    return only(silentTls(request, speaker, `within ${seconds(ended.afterMs)}`));
  }
  const code = (ended.error as { code?: string }).code ?? "unknown";
  if (/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/.test(code)) return only(clientCertificate(code));
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/.test(code)) return only(version(code));
  if (/UNRECOGNIZED_NAME/.test(code)) return only(unknownName(request, code));
  if (code === "ECONNRESET" || code === "EPIPE") {
    const speaker = await lookInClearText(request, progress, ports, time);
    if (speaker && speaker.what !== "tls") return only(silentTls(request, speaker, "but a closed connection"));
    return only(closed(code));
  }
  if (/ALERT/.test(code)) return only(alert(code));
  if (/^ERR_SSL_/.test(code)) {
    const speaker = await lookInClearText(request, progress, ports, time);
    return only(strangerForTls(request, speaker, code));
  }
  const peer = await lookAtPeer(request, progress, ports, time);
  return { findings: explainCertificate(request, peer, code), peer };
}

/** TLS 1.2 says only that the handshake failed; 1.3 says why, after it. */
export function clientCertificate(code: string): Finding {
  const certain = /CERTIFICATE_REQUIRED/.test(code);
  return liveFinding(
    "client-certificate-required",
    certain
      ? `The server demands a certificate of the client (${code}), which no cache of AWS does.`
      : `The server ended the handshake (${code}), as those do that demand a certificate of the client; no cache of AWS does.`,
    "Connect to the cache's own endpoint; if the server is yours, set tls-auth-clients no on it.",
    certain ? "certain" : "likely",
  );
}

function version(code: string): Finding {
  return liveFinding(
    "tls-version",
    `The server speaks neither TLS 1.2 nor 1.3 (${code}).`,
    "Let it speak TLS 1.2 or newer. AWS's caches do: see whether something stands between.",
  );
}

function unknownName({ tls, endpoint }: ProbeRequest, code: string): Finding {
  return liveFinding(
    "certificate-name-mismatch",
    `The server knows no host named ${tls?.name ?? endpoint.host} (${code}).`,
    "Connect by the endpoint that the console shows, or name that with --sni NAME.",
  );
}

/** It speaks TLS, and says no for a reason that a cache has not: a balancer without a certificate for the name, a filter. */
function alert(code: string): Finding {
  return liveFinding(
    "closed-early",
    `The server speaks TLS and ended the handshake itself, with an alert (${code}).`,
    "Look at the log of what answers there. Caches of AWS do not do this: a balancer or proxy in between that has no certificate for this name does, and --sni NAME asks it for another.",
    "likely",
  );
}

function closed(code: string): Finding {
  return liveFinding(
    "closed-early",
    `The server took the connection and closed it within the TLS handshake (${code}). A server that has all the clients that it takes does that, and so does a load balancer without a target.`,
    "Try again; if it stays so, look at the cache's CurrConnections metric and events, and at what stands between.",
    "likely",
  );
}
