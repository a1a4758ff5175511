import { bitString, explicit, objectIdentifier, sequence, set, time, unsignedInteger, utf8String } from "./der.ts";

/** Bytes in memory of their own, as WebCrypto takes them. */
type Bytes = Uint8Array<ArrayBuffer>;

/** What a certificate says of itself and of whom it names. */
export interface CertificateContent {
  readonly serial: Uint8Array;
  /** Common names. */
  readonly issuer: string;
  readonly subject: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo, in DER. */
  readonly publicKey: Uint8Array;
  /** In DER, with their tag. */
  readonly extensions: Uint8Array;
}

/** A certificate of X.509 version 3 in DER (RFC 5280, 4.1), signed by a key on P-256 with SHA-256. */
export async function signedCertificate(content: CertificateContent, signer: CryptoKey): Promise<Uint8Array> {
  const { serial, issuer, subject, notBefore, notAfter, publicKey, extensions } = content;
  const toBeSigned = sequence(
    explicit(0, unsignedInteger(Uint8Array.of(2))),
    unsignedInteger(serial),
    ecdsaWithSha256(),
    commonName(issuer),
    sequence(time(notBefore), time(notAfter)),
    commonName(subject),
    publicKey,
    extensions,
  );
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, signer, toBeSigned as Bytes);
  return sequence(toBeSigned, ecdsaWithSha256(), bitString(asDer(new Uint8Array(signature))));
}

/** RFC 5758, 3.2: no parameters, not even NULL. */
function ecdsaWithSha256(): Uint8Array {
  return sequence(objectIdentifier("1.2.840.10045.4.3.2"));
}

function commonName(text: string): Uint8Array {
  return sequence(set(sequence(objectIdentifier("2.5.4.3"), utf8String(text))));
}

/** WebCrypto gives r and s side by side; a certificate has them as two numbers (RFC 3279, 2.2.3). */
function asDer(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2;
  return sequence(unsignedInteger(signature.subarray(0, half)), unsignedInteger(signature.subarray(half)));
}
