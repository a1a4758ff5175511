/** What keeps a certificate from being trusted: who signed it, when, for whom. */
import { CacheauthError, shown } from "../../errors.ts";
import type { Finding } from "../../findings/finding.ts";
import { shellWord } from "../../findings/shell-word.ts";
import type { Expected } from "../../lint/rule.ts";
import type { Peer, PeerCertificate } from "../../runtime.ts";
import { parseEndpoint } from "../../target/endpoint.ts";
import { kinds } from "../../target/kinds.ts";
import { inWords } from "../../token/duration.ts";
import { formatTime } from "../../token/time.ts";
import { isAwsHost, isCacheHost } from "../aws-host.ts";
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
      : `If you know that authority, give its certificate with --ca FILE${ca ? " instead" : ""}. Caches of AWS are signed by Amazon: if this should be one, a proxy opens TLS in between, and could read the token.`,
  );
}

function name(
  { tls, endpoint, expected }: ProbeRequest,
  { nameMatches, names, subject }: PeerCertificate,
): Finding | null {
  if (nameMatches) return null;
  const asked = tls?.name ?? endpoint.host;
  const few = names.slice(0, 4).map(shown).join(", ");
  const more = names.length > 4 ? ` and ${names.length - 4} more` : "";
  const whom = names.length === 0 ? `no host at all (${shown(subject)})` : `${few}${more}`;
  return liveFinding(
    "certificate-name-mismatch",
    `The certificate is for ${whom}, not for ${shown(asked)}.`,
    nameFix([endpoint.host, asked], names, expected),
  );
}

function nameFix(asked: readonly string[], names: readonly string[], expected: Expected): string {
  const cache = names.find(isCacheHost);
  if (cache !== undefined)
    return `Through a tunnel or a CNAME say whom it names: --sni ${endpointOf(cache)}. In the program set the TLS server name to the same, or connect by that endpoint.`;
  const other =
    "This is not the certificate of a cache of AWS: something else answers, such as a proxy or a portal that stands between.";
  const [host = "", name = ""] = asked;
  if (host !== name && names.includes(host))
    return `${other} If it is a stand-in of your own, as cacheauth emulate is, or a tunnel that ends TLS itself, ${insteadOfSni(expected)}.`;
  if (asked.some(isAwsHost)) return `${other} Find out what, and take a way past it.`;
  const hosts = names.filter((candidate) => /^[*\w.-]*[a-z][\w.-]*$/i.test(candidate));
  const own = hosts.find((host) => host !== "localhost") ?? names.find((candidate) => /^[\w.:]+$/.test(candidate));
  // A name in place of the star.
  const matching = own?.replace(/^\*/, "any");
  return matching === undefined
    ? `${other} Connect to the cache's own endpoint.`
    : `${other} If the server is yours, say whom it names: --sni ${matching}.`;
}

/** A name in place of the star; of which host, not every star tells. */
function endpointOf(name: string): string {
  if (!name.startsWith("*")) return name;
  const hosts = ["master", "clustercfg"].map((first) => name.replace("*", first));
  return hosts.find((host) => readsAsCache(host)) ?? "ENDPOINT, the cache's own";
}

function readsAsCache(host: string): boolean {
  try {
    return parseEndpoint(host).doubts.length === 0;
  } catch (error) {
    if (error instanceof CacheauthError) return false;
    throw error;
  }
}

/** What tells the cache where no endpoint does. */
function insteadOfSni({ kind, name: cache, region }: Expected): string {
  if (kind === null || cache === null) return "leave --sni out";
  const where = region === null ? "" : ` -r ${shellWord(region, "REGION")}`;
  const flag = kinds[kind].option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `say --${flag} ${shellWord(cache, "NAME")}${where} in place of --sni`;
}

/**
 * That the certificate of a cache verifies by somebody else's authority than Amazon's. Where --ca names that authority, it is
 * what was asked for, and nothing is said.
 */
export function notAmazon({ tls, endpoint }: ProbeRequest, peer: Peer): Finding | null {
  const isCache = [endpoint.host, tls?.name ?? ""].some(isCacheHost);
  if (!isCache || !peer.authorized || !peer.certificate || tls?.ca) return null;
  const { issuer } = peer.certificate;
  if (/(^|, )O=Amazon(,|$)/.test(issuer)) return null;
  return liveFinding(
    "certificate-not-amazon",
    `The certificate is trusted here, yet it is signed by ${shown(issuer)}, and those of AWS's caches by Amazon: a proxy that opens TLS in between can read the token, which lets anybody in for 15 minutes.`,
    "Let whoever runs that proxy leave the cache's host alone, or take a way past it. If that authority is the right one here, name it with --ca FILE.",
    // How the regions of China have it nobody has documented.
    isChina(endpoint.host) || isChina(tls?.name ?? "") ? "possible" : "likely",
  );
}

const isChina = (host: string) => /\.cn$/i.test(host);

function ahead(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / 1000);
}
