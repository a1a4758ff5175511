/** What keeps a certificate from being trusted: who signed it, when, for whom. */
import { shown } from "../../errors.ts";
import type { Finding } from "../../findings/finding.ts";
import type { Peer, PeerCertificate } from "../../runtime.ts";
import { inWords } from "../../token/duration.ts";
import { formatTime } from "../../token/time.ts";
import { liveFinding } from "../finding.ts";
import type { ProbeRequest } from "../request.ts";

/** `code` is what the verifying handshake failed with; `peer` is what a second look saw. The certain causes first. */
export function explainCertificate(request: ProbeRequest, peer: Peer | null, code: string): readonly Finding[] {
  const certificate = peer?.certificate;
  if (!certificate) {
    const rule = /EXPIRED|NOT_YET_VALID/.test(code)
      ? "certificate-expired"
      : /ALTNAME/.test(code)
        ? "certificate-name-mismatch"
        : "certificate-untrusted";
    return [
      liveFinding(
        rule,
        `The server's certificate does not verify (${code}), and it showed none a second time.`,
        "Look at it with openssl s_client -connect HOST:PORT -showcerts.",
      ),
    ];
  }
  const findings = [dates(request, certificate), trust(request, certificate, code), name(request, certificate)];
  const found = findings.filter((finding) => finding !== null);
  // Some other reason of the runtime's: its code is all there is.
  return found.length > 0 ? found : [untrusted(request, certificate, code)];
}

function dates({ now }: ProbeRequest, { validFrom, validTo }: PeerCertificate): Finding | null {
  if (now < validFrom) {
    return liveFinding(
      "certificate-expired",
      `The certificate is valid only from ${formatTime(validFrom)} on, in ${inWords(ahead(now, validFrom))}: it is new, or this machine's clock (${formatTime(now)}) is behind.`,
      "Compare the clock of this machine with another one, and of the server where it is yours.",
    );
  }
  if (now <= validTo) return null;
  return liveFinding(
    "certificate-expired",
    `The certificate ended at ${formatTime(validTo)}, ${inWords(ahead(validTo, now))} ago, or this machine's clock (${formatTime(now)}) is ahead.`,
    "Compare the clock of this machine with another one; if it is right, renew the certificate where the server is yours.",
  );
}

/** Node and Bun say EXPIRED for a chain that is trusted; Deno says of such a chain that nobody signed it. */
function trust(request: ProbeRequest, certificate: PeerCertificate, code: string): Finding | null {
  const datesAlone = request.now < certificate.validFrom || request.now > certificate.validTo;
  if (datesAlone || !/SIGNATURE|SELF_SIGNED|ISSUER|UNTRUSTED|CERT_CHAIN|INVALID_CA/.test(code)) return null;
  return untrusted(request, certificate, code);
}

function untrusted({ tls }: ProbeRequest, certificate: PeerCertificate, code: string): Finding {
  const { issuer, selfSigned, subject } = certificate;
  const who = selfSigned ? `is signed by itself (${shown(subject)})` : `is signed by ${shown(issuer)}`;
  const ca = tls?.ca;
  const given = ca ? `; ${ca.file} holds ${ca.subjects.map(shown).join(", ")}` : ", whom this program does not trust";
  return liveFinding(
    "certificate-untrusted",
    `The certificate ${who}${given} (${code}).`,
    selfSigned
      ? "If the server is yours, give its certificate with --ca FILE. A cache of AWS never shows such: something stands between."
      : `If you know that authority, give its certificate with --ca FILE${ca ? " instead" : ""}. Caches of AWS are signed by Amazon: if this should be one, a proxy opens TLS in between.`,
  );
}

function name({ tls, endpoint }: ProbeRequest, { nameMatches, names, subject }: PeerCertificate): Finding | null {
  if (nameMatches) return null;
  const asked = tls?.name ?? endpoint.host;
  const few = names.slice(0, 4).map(shown).join(", ");
  const more = names.length > 4 ? ` and ${names.length - 4} more` : "";
  const whom = names.length === 0 ? `no host at all (${shown(subject)})` : `${few}${more}`;
  const hosts = names.filter((candidate) => /^[*\w.-]*[a-z][\w.-]*$/i.test(candidate));
  const other =
    hosts.find((host) => /\.amazonaws\.com(\.cn)?$/.test(host)) ??
    hosts.find((host) => host !== "localhost") ??
    names.find((candidate) => /^[\w.:]+$/.test(candidate));
  const matching = other?.replace(/^\*/, "master");
  return liveFinding(
    "certificate-name-mismatch",
    `The certificate is for ${whom}, not for ${shown(asked)}.`,
    matching === undefined
      ? "Connect to the cache's own endpoint."
      : `Through a tunnel or a CNAME say whom it names: --sni ${matching}. In the program set the TLS server name to the same, or connect by that endpoint.`,
  );
}

function ahead(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / 1000);
}
