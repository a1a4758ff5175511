import assert from "node:assert/strict";
import { isIP } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { parseIpAddress } from "../../src/target/ip-address.ts";
import { toHex } from "../../src/token/hex.ts";
import { runs } from "../runs.ts";

test("ip-address: the forms of RFC 4291, section 2.2", () => {
  for (const [text, hex] of [
    ["ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcdef0123456789abcdef0123456789"],
    ["2001:DB8:0:0:8:800:200C:417A", "20010db80000000000080800200c417a"],
    ["2001:DB8::8:800:200C:417A", "20010db80000000000080800200c417a"],
    ["FF01::101", "ff010000000000000000000000000101"],
    ["::1", "00000000000000000000000000000001"],
    ["::", "00000000000000000000000000000000"],
    ["0:0:0:0:0:0:13.1.68.3", "0000000000000000000000000d014403"],
    ["::FFFF:129.144.52.38", "00000000000000000000ffff81903426"],
    ["1::", "00010000000000000000000000000000"],
    ["127.0.0.1", "7f000001"],
    ["255.255.255.255", "ffffffff"],
  ] as const) {
    assert.equal(toHex(parseIpAddress(text) ?? new Uint8Array()), hex, text);
  }
});

test("ip-address: what is none", () => {
  for (const text of [
    "",
    "localhost",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "01.2.3.4",
    "1.2.3.4 ",
    "0x7f.0.0.1",
    ":",
    ":::",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "::1::",
    "12345::",
    "g::",
    "fe80::1%eth0",
    "1.2.3.4::",
    "::1.2.3.4:5",
    "::1.2.3",
    "[::1]",
  ]) {
    assert.equal(parseIpAddress(text), null, text);
  }
});

/** Every way to write sixteen bytes: groups with or without zeros in front, in either case, one :: or none, IPv4 at the end. */
const written = fc
  .tuple(
    fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 }),
    fc.boolean(),
    fc.boolean(),
    fc.boolean(),
    fc.nat(7),
    fc.nat(7),
  )
  .map(([groups, padded, upper, dotted, from, to]) => {
    const digits = (group: number) => group.toString(16).padStart(padded ? 4 : 1, "0");
    const [high = 0, low = 0] = groups.slice(6);
    const last = dotted ? [`${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`] : [digits(high), digits(low)];
    const all = [...groups.slice(0, 6).map(digits), ...last];
    const zeros = groups.slice(from, to + 1).every((group) => group === 0) && from <= to && (to < 6 || !dotted);
    const text = zeros ? `${all.slice(0, from).join(":")}::${all.slice(to + 1).join(":")}` : all.join(":");
    const bytes = Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
    return { text: upper ? text.toUpperCase() : text, bytes };
  });

test("ip-address: every way to write an IPv6 address reads as its bytes", () => {
  fc.assert(
    fc.property(written, ({ text, bytes }) => {
      assert.deepEqual(parseIpAddress(text), bytes, text);
    }),
    runs(2000),
  );
});

test("ip-address: an address is what the runtime takes for one", () => {
  const piece = fc.constantFrom("0", "1", "ff", "12345", ":", "::", ".", "255", "256", "1.2.3.4", "01", "g");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 17 }), (pieces) => {
      const text = pieces.join("");
      const length = parseIpAddress(text)?.length;
      assert.equal(length === 4 ? 4 : length === 16 ? 6 : 0, isIP(text), text);
    }),
    runs(2000),
  );
});
