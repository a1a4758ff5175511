import { toHex } from "../../token/hex.ts";
import { isWritable } from "../../token/time.ts";
import { authorityExtensions, serverExtensions } from "./extensions.ts";
import { type CertificateName, readNames } from "./names.ts";
import { type CertificateContent, signedCertificate } from "./signed-certificate.ts";

/** In PEM. */
export interface Certificates {
  /** What clients trust. Its private key is not kept. */
  readonly ca: string;
  /** The server's own. */
  readonly certificate: string;
  /** PKCS #8. Secret. */
  readonly privateKey: string;
}

export interface CertificateOptions {
  /** Host names and IP addresses that clients connect to; the first becomes the common name. */
  readonly names: readonly string[];
  readonly now: Date;
  /** How long both certificates are good. */
  readonly days?: number;
  /** Bytes that nobody can guess. */
  random(length: number): Uint8Array;
}

/** Clocks of clients may be behind. */
const earlierMs = 5 * 60_000;
const dayMs = 86_400_000;
/** What stands for "no end" (RFC 5280, 4.1.2.5). */
const lastTime = new Date("9999-12-31T23:59:59Z");

/**
 * Makes a throwaway certificate authority and one certificate of it for a TLS server, on P-256. The keys are made by the
 * runtime's WebCrypto. The authority's key is forgotten here: nobody can make a second certificate of it.
 *
 * @throws CacheauthError with code `name-invalid` where a name is neither a host name nor an IP address
 */
export async function createCertificates(options: CertificateOptions): Promise<Certificates> {
  const names = readNames(options.names);
  const [authority, server] = await Promise.all([keyPair(false), keyPair(true)]);
  const issuer = `cacheauth emulate CA (throwaway) ${toHex(options.random(4))}`;
  const common = { issuer, ...validity(options) };
  const certify = (content: Pick<CertificateContent, "subject" | "publicKey" | "extensions">) =>
    signedCertificate({ ...common, ...content, serial: serialOf(options) }, authority.privateKey);

  const ca = await certify({
    subject: issuer,
    publicKey: authority.publicKey,
    extensions: authorityExtensions(authority.id),
  });
  const certificate = await certify({
    subject: commonNameOf(names),
    publicKey: server.publicKey,
    extensions: serverExtensions(names, server.id, authority.id),
  });
  const privateKey = new Uint8Array(await crypto.subtle.exportKey("pkcs8", server.privateKey));
  return {
    ca: pem("CERTIFICATE", ca),
    certificate: pem("CERTIFICATE", certificate),
    privateKey: pem("PRIVATE KEY", privateKey),
  };
}

interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: Uint8Array;
  /** 20 bytes that name the key: of the SHA-256 of its bits (RFC 7093, section 2, method 1). */
  readonly id: Uint8Array;
}

async function keyPair(extractable: boolean): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, extractable, ["sign", "verify"]);
  const [info, point] = await Promise.all([
    crypto.subtle.exportKey("spki", pair.publicKey),
    crypto.subtle.exportKey("raw", pair.publicKey),
  ]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", point));
  return { privateKey: pair.privateKey, publicKey: new Uint8Array(info), id: digest.subarray(0, 20) };
}

function validity({ now, days = 30 }: CertificateOptions): Pick<CertificateContent, "notBefore" | "notAfter"> {
  const notAfter = new Date(now.getTime() + days * dayMs);
  return { notBefore: new Date(now.getTime() - earlierMs), notAfter: isWritable(notAfter) ? notAfter : lastTime };
}

/** 16 bytes, positive and never shorter: RFC 5280, 4.1.2.2 allows 20. */
function serialOf({ random }: Pick<CertificateOptions, "random">): Uint8Array {
  const serial = Uint8Array.from(random(16));
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

/** A common name has at most 64 characters (RFC 5280, appendix A); clients look at the alternative names alone. */
function commonNameOf([first]: readonly CertificateName[]): string {
  return first !== undefined && first.text.length <= 64 ? first.text : "cacheauth emulate";
}

/** RFC 7468: lines of 64 characters. */
function pem(label: string, der: Uint8Array): string {
  const lines = btoa(String.fromCharCode(...der)).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
