import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromHex, toHex } from "../../src/token/hex.ts";

test("property: hexadecimal digits are those of Buffer, and give back the bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.equal(toHex(bytes), Buffer.from(bytes).toString("hex"));
      assert.deepEqual(fromHex(toHex(bytes).toUpperCase()), bytes);
    }),
  );
});

test("what are no pairs of digits is refused", () => {
  for (const digits of ["0", "0g", " 00", "00\n"]) assert.throws(() => fromHex(digits), RangeError);
});
