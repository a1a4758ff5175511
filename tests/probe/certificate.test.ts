/** What keeps a certificate from being trusted, by what a second look saw and by each runtime's code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { explainCertificate } from "../../src/probe/diagnose/certificate.ts";
import type { ProbeRequest } from "../../src/probe/request.ts";
import type { Peer, PeerCertificate } from "../../src/runtime.ts";

const now = new Date("2025-06-01T00:00:00Z");
const good: PeerCertificate = {
  subject: "CN=*.my-cache.abc123.use1.cache.amazonaws.com",
  issuer: "CN=Amazon RSA 2048 M01, O=Amazon, C=US",
  names: ["*.my-cache.abc123.use1.cache.amazonaws.com"],
  validFrom: new Date("2025-01-01T00:00:00Z"),
  validTo: new Date("2026-01-01T00:00:00Z"),
  nameMatches: true,
  selfSigned: false,
};
const ca = { file: "/etc/ca.pem", pem: "", subjects: ["CN=ours", "CN=theirs"] };

function explained(code: string, changed: Partial<PeerCertificate> | null, authorities: typeof ca | null = null) {
  const request = {
    endpoint: { host: "localhost", port: 6379 },
    tls: { name: "localhost", ca: authorities, verify: true },
    now,
  } as unknown as ProbeRequest;
  const peer = changed && ({ certificate: { ...good, ...changed } } as Peer);
  return explainCertificate(request, peer, code);
}
const rules = (...args: Parameters<typeof explained>) => explained(...args).map(({ rule }) => rule);

const over = { validTo: new Date("2025-05-30T22:00:00Z") };
const ahead = { validFrom: new Date("2025-06-03T03:00:00Z") };
const unverified = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";

test("certificate: one that is over, or not yet valid, is told so; on Deno too, which says of it that nobody signed it", () => {
  for (const code of ["CERT_HAS_EXPIRED", unverified]) {
    assert.deepEqual(rules(code, over), ["certificate-expired"]);
    assert.match(explained(code, over)[0]?.message ?? "", /ended at 2025-05-30T22:00:00Z, 1 d 2 h ago/);
  }
  for (const code of ["CERT_NOT_YET_VALID", unverified]) {
    assert.deepEqual(rules(code, ahead), ["certificate-expired"]);
    assert.match(explained(code, ahead)[0]?.message ?? "", /only from 2025-06-03T03:00:00Z on, in 2 d 3 h/);
  }
});

test("certificate: by whom it is signed, and whom --ca names", () => {
  for (const code of [unverified, "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"]) {
    const [bare, ...others] = explained(code, { issuer: "CN=Corporate Proxy CA" });
    assert.deepEqual([bare?.rule, others], ["certificate-untrusted", []]);
    assert.match(bare?.message ?? "", /signed by "CN=Corporate Proxy CA", whom this program does not trust \(/);
    assert.match(bare?.fix ?? "", /--ca FILE\. .* a proxy opens TLS/);
  }
  const [given] = explained(unverified, {}, ca);
  assert.match(given?.message ?? "", /; \/etc\/ca\.pem holds "CN=ours", "CN=theirs" \(/);
  assert.match(given?.fix ?? "", /--ca FILE instead/);
  const [itself] = explained("DEPTH_ZERO_SELF_SIGNED_CERT", { selfSigned: true, subject: "CN=localhost" });
  assert.match(itself?.message ?? "", /is signed by itself \("CN=localhost"\)/);
});

test("certificate: another name, with the one to say", () => {
  const fixFor = (names: readonly string[]) => {
    const [finding, ...others] = explained("ERR_TLS_CERT_ALTNAME_INVALID", { nameMatches: false, names });
    assert.deepEqual([finding?.rule, others], ["certificate-name-mismatch", []]);
    return finding?.fix ?? "";
  };
  assert.match(fixFor(good.names), /--sni master\.my-cache\.abc123\.use1\.cache\.amazonaws\.com\./);
  assert.match(fixFor(["localhost", "cache.test"]), /--sni cache\.test\./);
  assert.match(fixFor(["10.0.0.7"]), /--sni 10\.0\.0\.7\./);
  assert.equal(fixFor([]), "Connect to the cache's own endpoint.");
  // What is no name is not offered to be copied.
  assert.doesNotMatch(fixFor(["$(reboot).test", "a b"]), /\$|a b/);
  const many = explained("ERR_TLS_CERT_ALTNAME_INVALID", {
    nameMatches: false,
    names: ["a.b", "c.d", "e.f", "g.h", "i.j"],
  });
  assert.match(many[0]?.message ?? "", /"g\.h" and 1 more, not for "localhost"/);
});

test("certificate: all that is wrong is told, what is surest first", () => {
  const wrong = { ...over, nameMatches: false };
  assert.deepEqual(rules("CERT_HAS_EXPIRED", wrong), ["certificate-expired", "certificate-name-mismatch"]);
  assert.deepEqual(rules(unverified, { nameMatches: false }), ["certificate-untrusted", "certificate-name-mismatch"]);
});

test("certificate: where nothing of it was seen, or nothing is wrong with it, its code is all there is", () => {
  assert.deepEqual(rules("CERT_HAS_EXPIRED", null), ["certificate-expired"]);
  assert.deepEqual(rules("ERR_TLS_CERT_ALTNAME_INVALID", null), ["certificate-name-mismatch"]);
  assert.deepEqual(rules(unverified, null), ["certificate-untrusted"]);
  const [revoked, ...others] = explained("CERT_REVOKED", {});
  assert.deepEqual([revoked?.rule, others], ["certificate-untrusted", []]);
  assert.match(revoked?.message ?? "", /\(CERT_REVOKED\)/);
});
