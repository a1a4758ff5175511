import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { tokenParameters } from "../../src/token/fields.ts";
import { nearName } from "../../src/token/near-name.ts";
import { runs } from "../runs.ts";

const near: readonly (readonly [written: string, meant: string | null])[] = [
  ["user", "User"],
  ["x_amz_date", "X-Amz-Date"],
  ["X-Amz-SecurityToken", "X-Amz-Security-Token"],
  ["X-Amz-Signatrue", "X-Amz-Signature"],
  ["Users", "User"],
  ["Uzer", "User"],
  ["User", null],
  ["Usr1x", null],
  ["Sure", null],
  ["Version", null],
  ["X-Amz-Dtae2", null],
  ["", null],
];
for (const [written, meant] of near) {
  test(`near name: ${JSON.stringify(written)} is ${meant ?? "none"}`, () => assert.equal(nearName(written), meant));
}

test("property: one letter put in, taken out or changed is one slip; three put in are none", () => {
  const letter = fc.stringMatching(/^[a-z]$/);
  fc.assert(
    fc.property(fc.constantFrom(...tokenParameters), fc.nat(30), letter, fc.nat(2), (known, at, char, kind) => {
      const place = at % known.length;
      const put = known.slice(0, place) + char + known.slice(kind === 0 ? place : place + 1);
      const written = kind === 2 ? known.slice(0, place) + known.slice(place + 1) : put;
      if (!(tokenParameters as readonly string[]).includes(written)) assert.equal(nearName(written), known);
      assert.equal(nearName(`${known}${char}${char}${char}`), null);
    }),
    runs(500),
  );
});
