import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Certificates } from "../../src/emulate/certificates/create-certificates.ts";
import { notRun, withDirectory } from "../app/program.ts";
import { make, names } from "../emulate/certificates/authority.ts";
import { venv } from "./witness.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
if (!hasOpenssl) notRun("openssl as the witness of certificates, which is not installed");

/** The certificates as files, in a folder of their own. */
function withFiles<T>(made: Certificates, use: (path: (name: string) => string) => Promise<T>): Promise<T> {
  return withDirectory((directory) => {
    const path = (name: string) => join(directory, name);
    writeFileSync(path("ca.pem"), made.ca);
    writeFileSync(path("cert.pem"), made.certificate);
    writeFileSync(path("key.pem"), made.privateKey);
    return use(path);
  });
}

const openssl = (...args: string[]) => execFileSync("openssl", args, { encoding: "utf8", stdio: "pipe" });

test("certificates: openssl verifies the chain, strictly and for each name", { skip: !hasOpenssl }, async () => {
  await withFiles(await make(), async (path) => {
    const verify = (...args: string[]) =>
      openssl("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", path("ca.pem"), ...args, path("cert.pem"));
    for (const name of names) {
      const isAddress = name.includes(":") || /^\d/.test(name);
      const asked = name.replace("*", "node-1");
      assert.match(verify(isAddress ? "-verify_ip" : "-verify_hostname", asked), /: OK$/m, name);
    }
    assert.throws(() => verify("-verify_hostname", "other.example"), /hostname mismatch/i);
    assert.throws(() => verify("-verify_ip", "127.0.0.2"), /IP address mismatch/i);
    openssl("verify", "-x509_strict", "-check_ss_sig", "-CAfile", path("ca.pem"), path("ca.pem"));
  });
});

test("certificates: openssl reads the extensions as they were meant, and the key as the leaf's", {
  skip: !hasOpenssl,
}, async () => {
  await withFiles(await make({ now: new Date("2049-12-31T23:58:00Z") }), async (path) => {
    const leaf = openssl("x509", "-in", path("cert.pem"), "-noout", "-text");
    const ca = openssl("x509", "-in", path("ca.pem"), "-noout", "-text");
    for (const part of [
      /Version: 3 \(0x2\)/,
      /Signature Algorithm: ecdsa-with-SHA256/,
      /X509v3 Basic Constraints: critical\s+CA:FALSE/,
      /X509v3 Key Usage: critical\s+Digital Signature\n/,
      /X509v3 Extended Key Usage: \s+TLS Web Server Authentication\n/,
      /IP Address:2001:DB8:0:0:0:0:0:7/,
      /Not Before: Dec 31 23:53:00 2049 GMT/,
      /Not After : Jan 30 23:58:00 2050 GMT/,
    ]) {
      assert.match(leaf, part);
    }
    for (const part of [
      /X509v3 Basic Constraints: critical\s+CA:TRUE, pathlen:0/,
      /X509v3 Key Usage: critical\s+Certificate Sign, CRL Sign\n/,
    ]) {
      assert.match(ca, part);
    }
    const keyId = (text: string, which: string) =>
      new RegExp(`X509v3 ${which} Key Identifier: \\s+(?:keyid:)?([0-9A-F:]{59})`).exec(text)?.[1];
    assert.equal(keyId(leaf, "Authority"), keyId(ca, "Subject"));
    assert.notEqual(keyId(leaf, "Subject"), undefined);
    const key = openssl("pkey", "-in", path("key.pem"), "-pubout");
    assert.equal(key, openssl("x509", "-in", path("cert.pem"), "-noout", "-pubkey"));
    assert.match(openssl("asn1parse", "-in", path("cert.pem")), /UTCTIME.*GENERALIZEDTIME/s);
  });
});

/** Rejects what is not DER in the whole structure, and every rule of the CA/Browser Forum's that it knows. */
const witness = `
import sys, ipaddress, datetime
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store
ca = x509.load_pem_x509_certificate(open(sys.argv[1], "rb").read())
leaf = x509.load_pem_x509_certificate(open(sys.argv[2], "rb").read())
verifier = PolicyBuilder().store(Store([ca])).build_server_verifier(x509.DNSName("localhost"))
print(len(verifier.verify(leaf, [])))
verifier = PolicyBuilder().store(Store([ca])).build_server_verifier(x509.IPAddress(ipaddress.ip_address("::1")))
print(len(verifier.verify(leaf, [])))
`;

test("certificates: Python's cryptography verifies the chain by its strict policy", async () => {
  const python = venv("cryptography", ["cryptography"]);
  if (python === null) return;
  await withFiles(await make({ names: ["localhost", "127.0.0.1", "::1"] }), async (path) => {
    writeFileSync(path("witness.py"), witness);
    const out = execFileSync(python, [path("witness.py"), path("ca.pem"), path("cert.pem")], { encoding: "utf8" });
    assert.deepEqual(out.trim().split("\n"), ["2", "2"]);
  });
});
