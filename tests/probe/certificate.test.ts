/** What keeps a certificate from being trusted, by what a second look saw and by each runtime's code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { explainCertificate, notAmazon } from "../../src/probe/diagnose/certificate.ts";
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

const aws = "master.my-cache.abc123.use1.cache.amazonaws.com";

interface Asked {
  readonly host: string;
  /** What --sni says. */
  readonly name: string;
  readonly ca: typeof ca | null;
}

function requestFor({ host = "localhost", name = host, ca = null }: Partial<Asked>): ProbeRequest {
  const expected = { kind: "replication-group", name: "my-cache", region: "us-east-1" };
  return { endpoint: { host, port: 6379 }, tls: { name, ca, verify: true }, expected, now } as unknown as ProbeRequest;
}

function explained(
  code: string,
  changed: Partial<PeerCertificate> | null,
  authorities: typeof ca | null = null,
  asked: Partial<Asked> = {},
) {
  const request = requestFor({ ...asked, ca: authorities });
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

function fixFor(names: readonly string[], asked?: Partial<Asked>) {
  const changed = { nameMatches: false, names };
  const [finding, ...others] = explained("ERR_TLS_CERT_ALTNAME_INVALID", changed, null, asked);
  assert.deepEqual([finding?.rule, others], ["certificate-name-mismatch", []]);
  return finding?.fix ?? "";
}

test("certificate: another name, and if it is a cache's, the one to say", () => {
  assert.match(fixFor(good.names), /--sni master\.my-cache\.abc123\.use1\.cache\.amazonaws\.com\./);
  const memoryDb = "clustercfg.my-cache.abc123.memorydb.cn-north-1.amazonaws.com.cn";
  assert.match(fixFor(["example.com", memoryDb], { host: aws }), new RegExp(`--sni ${memoryDb}\\.`));
  // One certificate for all caches of a region tells none of them.
  assert.match(fixFor(["*.serverless.use1.cache.amazonaws.com"]), /--sni ENDPOINT, the cache's own\. In the program/);
});

test("certificate: of no cache, a server of one's own or something in between", () => {
  const other = /^This is not the certificate of a cache of AWS: something else answers, .* stands between\./;
  for (const names of [["localhost", "cache.test"], ["10.0.0.7"], [], ["*.elb.amazonaws.com"], ["$(reboot).test"]])
    for (const asked of [{ host: aws }, { host: "localhost", name: aws }, { host: aws, name: "proxy.test" }]) {
      assert.match(fixFor(names, asked), other);
      const isOwn = names.includes(asked.host);
      assert.match(
        fixFor(names, asked),
        isOwn
          ? /a stand-in of your own, as cacheauth emulate is, or a tunnel .*, say --replication-group-id my-cache -r us-east-1 in place of --sni\.$/
          : /Find out what, and take a way past it\.$/,
      );
    }
  assert.match(fixFor(["localhost", "cache.test"]), other);
  assert.match(fixFor(["localhost", "cache.test"]), /If the server is yours, say whom it names: --sni cache\.test\.$/);
  assert.match(fixFor(["10.0.0.7"]), /--sni 10\.0\.0\.7\.$/);
  assert.match(fixFor([]), /Connect to the cache's own endpoint\.$/);
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

function amazonOr(issuer: string, asked: Partial<Asked>, authorized = true) {
  return notAmazon(requestFor(asked), { certificate: { ...good, issuer }, authorized } as Peer);
}

test("certificate: of a cache, trusted and not Amazon's: whoever opens TLS reads the token", () => {
  const proxy = "C=DE, O=Example AG, CN=Corporate Proxy CA";
  for (const asked of [{ host: aws }, { host: "localhost", name: aws }]) {
    const found = amazonOr(proxy, asked);
    assert.deepEqual(
      [found?.rule, found?.severity, found?.likelihood],
      ["certificate-not-amazon", "warning", "likely"],
    );
    assert.match(found?.message ?? "", /signed by "C=DE, .* Proxy CA", .* can read the token/);
  }
  assert.equal(amazonOr("CN=other", { host: `${aws}.cn` })?.likelihood, "possible");
  assert.ok(amazonOr("", { host: "clustercfg.c.x.memorydb.us-east-1.amazonaws.com" }));
  for (const no of ["CN=O=Amazon", "O=Amazonia, CN=x", "CN=Amazon"]) assert.ok(amazonOr(no, { host: aws }), no);
});

test("certificate: nothing is said of Amazon's own, of other hosts, of --ca, and of what is not verified", () => {
  for (const issuer of [good.issuer, "C=US, O=Amazon, CN=Amazon RSA 2048 M01", "C=US, CN=x, O=Amazon"])
    assert.equal(amazonOr(issuer, { host: aws }), null);
  for (const host of ["localhost", "redis.example.com", "x.elb.amazonaws.com", `${aws}.example.com`])
    assert.equal(amazonOr("CN=other", { host }), null);
  assert.equal(amazonOr("CN=other", { host: aws, ca }), null);
  assert.equal(amazonOr("CN=other", { host: aws }, false), null);
  assert.equal(notAmazon(requestFor({ host: aws }), { certificate: null, authorized: true } as Peer), null);
});
