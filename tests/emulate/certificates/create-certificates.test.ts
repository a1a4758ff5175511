import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { test } from "node:test";
import { createCertificates } from "../../../src/emulate/certificates/create-certificates.ts";
import { CacheauthError } from "../../../src/errors.ts";
import { make, namesOf, read } from "./authority.ts";

test("certificates: the leaf is the authority's, has its key and names whom it should", async () => {
  const made = await make();
  const { ca, leaf } = read(made);
  assert.equal(leaf.subject, "CN=emulate.example");
  assert.match(ca.subject, /^CN=cacheauth emulate CA \(throwaway\) [0-9a-f]{8}$/);
  assert.equal(leaf.issuer, ca.subject);
  assert.equal(ca.issuer, ca.subject);
  assert.ok(ca.ca);
  assert.ok(!leaf.ca);
  assert.ok(ca.verify(ca.publicKey));
  assert.ok(leaf.verify(ca.publicKey));
  assert.ok(!leaf.verify(leaf.publicKey));
  assert.ok(leaf.checkPrivateKey(createPrivateKey(made.privateKey)));
  assert.deepEqual(namesOf(leaf), [
    "DNS:emulate.example",
    "DNS:localhost",
    "7f000001",
    "00000000000000000000000000000001",
    "DNS:*.cluster.example",
    "20010db8000000000000000000000007",
  ]);
  // The name with the asterisk is tried by a handshake: one runtime's checkHost knows none.
  for (const host of ["emulate.example", "localhost"]) assert.ok(leaf.checkHost(host), host);
  for (const address of ["127.0.0.1", "::1", "2001:db8::7"]) assert.ok(leaf.checkIP(address), address);
  for (const host of ["other.example", "a.b.cluster.example"]) assert.equal(leaf.checkHost(host), undefined, host);
  assert.equal(leaf.checkIP("127.0.0.2"), undefined);
  assert.equal(leaf.publicKey.asymmetricKeyDetails?.namedCurve, "prime256v1");
});

test("certificates: they are good from a little before now for as many days as asked, across 2050 too", async () => {
  for (const [now, days, from, to] of [
    ["2025-01-31T12:00:00.750Z", 30, "2025-01-31T11:55:00Z", "2025-03-02T12:00:00Z"],
    ["2049-12-31T23:58:00Z", 2, "2049-12-31T23:53:00Z", "2050-01-02T23:58:00Z"],
    ["2050-01-01T00:01:00Z", 1, "2049-12-31T23:56:00Z", "2050-01-02T00:01:00Z"],
    ["2025-01-31T12:00:00Z", 1e9, "2025-01-31T11:55:00Z", "9999-12-31T23:59:59Z"],
  ] as const) {
    const { ca, leaf } = read(await make({ now: new Date(now), days }));
    for (const certificate of [ca, leaf]) {
      assert.equal(new Date(certificate.validFrom).getTime(), new Date(from).getTime());
      assert.equal(new Date(certificate.validTo).getTime(), new Date(to).getTime());
    }
  }
});

test("certificates: serial numbers and keys are new each time, and serials are positive", async () => {
  const [one, other] = [await make(), await make()];
  const serials = [one, other].flatMap((made) => {
    const { ca, leaf } = read(made);
    return [ca.serialNumber, leaf.serialNumber];
  });
  assert.equal(new Set(serials).size, 4);
  for (const serial of serials) assert.match(serial, /^[4-7][0-9A-F]{31}$/);
  assert.notEqual(one.privateKey, other.privateKey);
  assert.notEqual(read(one).ca.subject, read(other).ca.subject);
});

test("certificates: serials stay positive and whole whatever chance gives", async () => {
  for (const byte of [0x00, 0x80, 0xff]) {
    const random = (length: number) => new Uint8Array(length).fill(byte);
    const { leaf } = read(await createCertificates({ names: ["localhost"], now: new Date(), random }));
    assert.equal(leaf.serialNumber.length, 32);
    assert.match(leaf.serialNumber, /^[4-7]/);
  }
});

test("certificates: each name once, tidied, and a common name that fits", async () => {
  const names = ["Redis.Example.", "redis.example", "[::1]", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"];
  const { leaf } = read(await make({ names }));
  assert.deepEqual(namesOf(leaf), [
    "DNS:redis.example",
    "00000000000000000000000000000001",
    "00000000000000000000ffff7f000001",
  ]);
  const long = `${"a".repeat(60)}.${"b".repeat(60)}.example`;
  const { leaf: other } = read(await make({ names: [long] }));
  assert.equal(other.subject, "CN=cacheauth emulate");
  assert.ok(other.checkHost(long));
});

test("certificates: what cannot be named is refused, with what to write instead", async () => {
  for (const name of [
    "",
    ".",
    "a..b",
    "-a.example",
    "a-.example",
    "bücher.example",
    "host:6379",
    "[::1]:6379",
    "1.2.3",
    "1.2.3.256",
    "01.2.3.4",
    "fe80::1%eth0",
    "::1::",
    "a.*.example",
    "*",
    "a b",
    "a\u0000.example",
    "a".repeat(64),
    `${"a.".repeat(127)}example`,
  ]) {
    await assert.rejects(make({ names: ["localhost", name] }), (error) => {
      assert.ok(error instanceof CacheauthError, name);
      assert.equal(error.code, "name-invalid");
      assert.match(error.hint, /\.$/);
      return true;
    });
  }
  await assert.rejects(make({ names: [] }), { code: "name-invalid" });
});
