/** Certificates as people read them, out of what node:tls and node:crypto give. */
import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Net, PeerCertificate } from "../runtime.ts";

/**
 * What the peer showed. Read it once, right after the handshake: on Node a second look at the certificate's object, or a
 * look at a resumed session, gives nothing.
 */
export function peerCertificate(socket: TLSSocket, name: string): PeerCertificate | null {
  const { raw } = socket.getPeerCertificate(false) ?? {};
  if (!raw) return null;
  const certificate = new X509Certificate(raw);
  const matches = isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name);
  return {
    ...described(certificate),
    names: namesOf(certificate),
    nameMatches: matches !== undefined,
    selfSigned: certificate.subject === certificate.issuer,
  };
}

export const readCertificates: Net["readCertificates"] = (pem) => {
  const blocks = pem.match(/-----BEGIN [^-]*CERTIFICATE-----[\s\S]*?-----END [^-]*CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => described(new X509Certificate(block)));
};

function described(certificate: X509Certificate) {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
  };
}

/** One attribute a line becomes `C=…, O=…, CN=…`. An empty subject is allowed, and undefined on some runtimes. */
function oneLine(name: string | undefined): string {
  return (name ?? "").trim().split("\n").join(", ");
}

/** `DNS:a, IP Address:1.2.3.4`; a name with a comma or a quote in it is written as a JSON string. */
function namesOf(certificate: X509Certificate): string[] {
  const text = certificate.subjectAltName ?? "";
  return [...text.matchAll(/(?:DNS|IP Address):(?:"((?:[^"\\]|\\.)*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? "",
  );
}
