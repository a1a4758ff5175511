import {
  booleanTrue,
  explicit,
  implicit,
  namedBits,
  objectIdentifier,
  octetString,
  sequence,
  unsignedInteger,
} from "./der.ts";
import type { CertificateName } from "./names.ts";

/** The extensions of an authority that signs servers' certificates and no other authority. */
export function authorityExtensions(subjectKeyId: Uint8Array): Uint8Array {
  return extensions(
    extension(oids.basicConstraints, sequence(booleanTrue(), unsignedInteger(Uint8Array.of(0))), "critical"),
    extension(oids.keyUsage, namedBits(bits.keyCertSign, bits.cRLSign), "critical"),
    extension(oids.subjectKeyIdentifier, octetString(subjectKeyId)),
  );
}

/** The extensions of a server's certificate. */
export function serverExtensions(
  names: readonly CertificateName[],
  subjectKeyId: Uint8Array,
  authorityKeyId: Uint8Array,
): Uint8Array {
  return extensions(
    extension(oids.basicConstraints, sequence(), "critical"),
    extension(oids.keyUsage, namedBits(bits.digitalSignature), "critical"),
    extension(oids.extendedKeyUsage, sequence(objectIdentifier(oids.serverAuth))),
    extension(oids.subjectAlternativeName, sequence(...names.map(generalName))),
    extension(oids.subjectKeyIdentifier, octetString(subjectKeyId)),
    extension(oids.authorityKeyIdentifier, sequence(implicit(0, authorityKeyId))),
  );
}

/** RFC 5280, 4.2.1 and its appendix A. */
const oids = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAlternativeName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
} as const;

const bits = { digitalSignature: 0, keyCertSign: 5, cRLSign: 6 } as const;

function extensions(...all: readonly Uint8Array[]): Uint8Array {
  return explicit(3, sequence(...all));
}

function extension(oid: string, content: Uint8Array, critical?: "critical"): Uint8Array {
  return sequence(objectIdentifier(oid), ...(critical ? [booleanTrue()] : []), octetString(content));
}

/** dNSName is the second choice of GeneralName, iPAddress the seventh. */
function generalName(name: CertificateName): Uint8Array {
  return name.kind === "dns" ? implicit(2, new TextEncoder().encode(name.text)) : implicit(7, name.bytes);
}
