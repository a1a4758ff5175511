import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bitString,
  namedBits,
  objectIdentifier,
  octetString,
  sequence,
  time,
  unsignedInteger,
  utf8String,
} from "../../../src/emulate/certificates/der.ts";
import { fromHex, toHex } from "../../../src/token/hex.ts";

const hex = (value: Uint8Array) => toHex(value);

test("der: integers as in A Layman's Guide to a Subset of ASN.1, BER, and DER, section 5.7", () => {
  for (const [bytes, der] of [
    ["00", "020100"],
    ["7f", "02017f"],
    ["80", "02020080"],
    ["0100", "02020100"],
    // Zeros in front, and what would be read as negative.
    ["0000007f", "02017f"],
    ["00ff", "020200ff"],
    ["ffffffffffffffff", "020900ffffffffffffffff"],
  ] as const) {
    assert.equal(hex(unsignedInteger(fromHex(bytes))), der);
  }
  assert.equal(hex(unsignedInteger(new Uint8Array(0))), "020100");
});

test("der: lengths take their shortest form (X.690, 8.1.3 and 10.1)", () => {
  for (const [length, start] of [
    [0, "0400"],
    [127, "047f"],
    [128, "048180"],
    // 201 bytes: the example of X.690, 8.1.3.5.
    [201, "0481c9"],
    [255, "0481ff"],
    [256, "04820100"],
    [65_536, "0483010000"],
  ] as const) {
    const der = octetString(new Uint8Array(length));
    assert.equal(hex(der.subarray(0, start.length / 2)), start);
    assert.equal(der.length, start.length / 2 + length);
  }
});

test("der: object identifiers as published", () => {
  for (const [dotted, der] of [
    // X.690, 8.19.5; RSA Data Security's of the Layman's Guide, 5.9; secp256r1 and ecdsa-with-SHA256 (RFC 5480, RFC 5758).
    ["2.999.3", "0603883703"],
    ["1.2.840.113549", "06062a864886f70d"],
    ["1.2.840.10045.3.1.7", "06082a8648ce3d030107"],
    ["1.2.840.10045.4.3.2", "06082a8648ce3d040302"],
    ["1.3.6.1.5.5.7.3.1", "06082b06010505070301"],
    ["2.5.4.3", "0603550403"],
  ] as const) {
    assert.equal(hex(objectIdentifier(dotted)), der);
  }
});

test("der: bits that are named lose the zeros at their end (RFC 5280, 4.2.1.3)", () => {
  assert.equal(hex(namedBits(0)), "03020780");
  assert.equal(hex(namedBits(5, 6)), "03020106");
  assert.equal(hex(namedBits(8)), "0303070080");
  assert.equal(hex(bitString(Uint8Array.of(0xf0))), "030200f0");
});

test("der: times have two digits for the year until 2049, then four (RFC 5280, 4.1.2.5)", () => {
  const text = (at: string) => new TextDecoder().decode(time(new Date(at)).subarray(2));
  const tag = (at: string) => time(new Date(at))[0];
  assert.equal(text("1991-05-06T23:45:40Z"), "910506234540Z");
  assert.equal(text("2049-12-31T23:59:59.999Z"), "491231235959Z");
  assert.equal(text("2050-01-01T00:00:00Z"), "20500101000000Z");
  assert.equal(text("1949-12-31T23:59:59Z"), "19491231235959Z");
  assert.equal(text("9999-12-31T23:59:59Z"), "99991231235959Z");
  assert.equal(tag("2049-12-31T23:59:59Z"), 0x17);
  assert.equal(tag("2050-01-01T00:00:00Z"), 0x18);
});

test("der: a sequence holds its parts, and nothing is a sequence too", () => {
  assert.equal(hex(sequence()), "3000");
  assert.equal(hex(sequence(utf8String("é"), unsignedInteger(Uint8Array.of(1)))), "30070c02c3a9020101");
});
