import { CacheauthError, shown } from "../../errors.ts";
import { parseIpAddress } from "../../target/ip-address.ts";
import { lowerCase } from "../../target/names.ts";

/** Whom a certificate names: a host by its name, or by the bytes of its address. */
export type CertificateName =
  | { readonly kind: "dns"; readonly text: string }
  | { readonly kind: "ip"; readonly text: string; readonly bytes: Uint8Array };

const label = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
const hostName = new RegExp(`^(\\*\\.)?${label}(\\.${label})*$`);

/**
 * Reads the names that a certificate shall have, each once, in their order.
 *
 * @throws CacheauthError with code `name-invalid`
 */
export function readNames(names: readonly string[]): readonly CertificateName[] {
  const read = new Map<string, CertificateName>();
  for (const given of names) {
    const name = readName(given);
    const identity = name.kind === "dns" ? name.text : name.bytes.join(".");
    if (!read.has(identity)) read.set(identity, name);
  }
  if (read.size === 0) throw invalid("A certificate needs a name.", "Give the host name or address that clients use.");
  return [...read.values()];
}

function readName(given: string): CertificateName {
  const text = lowerCase(given.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, ""));
  const bytes = parseIpAddress(text);
  if (bytes) return { kind: "ip", text, bytes };
  if (text.includes("%")) {
    throw invalid(`${shown(given)} has a zone, which no certificate can name.`, "Leave out the % and what follows it.");
  }
  // Clients take a name that ends in a number for an address (URL standard, host parsing), and so never compare it.
  if (/(^|\.)\d+$/.test(text) || text.includes(":")) {
    throw invalid(
      `${shown(given)} is neither a host name nor an IP address.`,
      "Write an address as 192.0.2.1 or 2001:db8::1, and without a port.",
    );
  }
  if (text.length <= 253 && hostName.test(text)) return { kind: "dns", text };
  throw invalid(
    `${shown(given)} cannot be the name of a host.`,
    "Letters, digits and hyphens between dots, at most 63 in each part; other letters in their xn-- form.",
  );
}

function invalid(message: string, hint: string): CacheauthError {
  return new CacheauthError("name-invalid", message, hint);
}
