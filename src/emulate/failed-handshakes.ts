import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { Naming } from "../naming.ts";

/** How a client that fails the handshake finds out what it should have done. */
export interface HandshakeAdvice {
  /** The file that holds the authority's certificate; null where it is only in memory. */
  readonly caFile: string | null;
  readonly naming: Naming;
}

/**
 * What a handshake that failed tells for certain; null where it may as well have been a port scan or a health check, which
 * connects and goes away. The codes differ by runtime: where a client answers with an alert, Bun's TLS cannot even read it.
 */
export function handshakeFinding(code: string | null, advice: HandshakeAdvice): Finding | null {
  if (code === null) return null;
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST/.test(code)) {
    return makeFinding("tls-required", {
      message: "A client spoke in clear text, and this port speaks TLS.",
      fix: `Turn TLS on in the client (rediss://, tls: true, redis-cli --tls), or start the emulator with ${advice.naming.option("plaintext")}.`,
    });
  }
  if (/UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE|BAD_PACKET_LENGTH/.test(code)) {
    return makeFinding("certificate-untrusted", {
      message:
        "A client broke the TLS handshake off over the emulator's certificate: it does not trust its authority, or was told another host name.",
      fix: untrustedFix(advice),
    });
  }
  if (/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|HANDSHAKE_FAILURE|NO_SHARED_CIPHER/.test(code)) {
    return makeFinding("tls-version", {
      message: "A client offered neither TLS 1.2 nor TLS 1.3, or nothing that goes with them.",
      fix: "Let the client speak TLS 1.2 or 1.3, as AWS demands.",
    });
  }
  return null;
}

/** What clients do that look at the certificate only after the handshake; others do so as well. */
export function silentClientNotice(advice: HandshakeAdvice): string {
  return `A client went away without a word after, or in the middle of, its TLS handshake. So does one that does not trust the emulator's certificate (${untrustedFix(advice).replace(/\.$/, "")}), and so does a health check.`;
}

function untrustedFix({ caFile, naming }: HandshakeAdvice): string {
  const ca = caFile === null ? "the emulator's authority" : `the authority in ${caFile}`;
  return `Let the client trust ${ca}, and connect to a name that the certificate has; ${naming.option("names")} adds one.`;
}
