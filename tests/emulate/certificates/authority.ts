import { randomBytes, X509Certificate } from "node:crypto";
import { type Certificates, createCertificates } from "../../../src/emulate/certificates/create-certificates.ts";
import { parseIpAddress } from "../../../src/target/ip-address.ts";
import { toHex } from "../../../src/token/hex.ts";

export const names = ["emulate.example", "localhost", "127.0.0.1", "::1", "*.cluster.example", "2001:DB8::0:7"];

export function make(options: { now?: Date; days?: number; names?: readonly string[] } = {}): Promise<Certificates> {
  return createCertificates({ names, now: new Date(), random: (length) => randomBytes(length), ...options });
}

/** Its alternative names; addresses as bytes in hexadecimal digits, which the runtimes write in different ways. */
export function namesOf(certificate: X509Certificate): string[] {
  return (certificate.subjectAltName ?? "").split(", ").map((name) => {
    const address = parseIpAddress(name.replace(/^IP Address:/, ""));
    return address ? toHex(address) : name;
  });
}

export function read({ ca, certificate }: Certificates): { ca: X509Certificate; leaf: X509Certificate } {
  return { ca: new X509Certificate(ca), leaf: new X509Certificate(certificate) };
}
