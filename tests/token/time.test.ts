import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatTime, parseTime } from "../../src/token/time.ts";

for (const [text, iso] of [
  ["2025-01-31T12:00:00Z", "2025-01-31T12:00:00.000Z"],
  ["20250131T120000Z", "2025-01-31T12:00:00.000Z"],
  ["2025-01-31T12:00:00.25Z", "2025-01-31T12:00:00.250Z"],
  ["2025-01-31t12:00:00z", "2025-01-31T12:00:00.000Z"],
  ["2025-01-31 12:00:00Z", "2025-01-31T12:00:00.000Z"],
  ["2025-01-01T00:30:00+05:30", "2024-12-31T19:00:00.000Z"],
  ["2025-01-01T00:30:00-01:00", "2025-01-01T01:30:00.000Z"],
  ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"],
  ["0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"],
  ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
] as const) {
  test(`${text} is ${iso}`, () => assert.equal(parseTime(text).toISOString(), iso));
}

for (const text of [
  "",
  "now",
  "2025-01-31",
  "2025-01-31T12:00:00",
  "2025-02-30T00:00:00Z",
  "20250230T000000Z",
  "2025-01-31T24:00:00Z",
  "2025-01-31T12:60:00Z",
  "2025-13-01T00:00:00Z",
  "1735689600",
  "2025-01-31T12:00:00Z\n",
  "2025-01-31T12:00:00+25:00",
  "9999-12-31T23:59:59-00:01",
  "0000-01-01T00:00:00+01:00",
]) {
  test(`${JSON.stringify(text)} is no time`, () => {
    assert.throws(() => parseTime(text), { code: "time-invalid" });
  });
}

test("a time beyond the year 9999 is written whole", () => {
  assert.equal(formatTime(new Date(Date.parse("9999-12-31T23:59:59Z") + 1000)), "+010000-01-01T00:00:00Z");
});

test("property: what is written is read back, to the second", () => {
  const from = new Date("1970-01-01T00:00:00Z");
  const to = new Date("9999-12-31T23:59:59Z");
  fc.assert(
    fc.property(fc.date({ min: from, max: to, noInvalidDate: true }), (date) => {
      const text = formatTime(date);
      assert.equal(parseTime(text).getTime(), Math.floor(date.getTime() / 1000) * 1000);
      assert.equal(parseTime(text.replace(/[-:]/g, "")).getTime(), parseTime(text).getTime());
    }),
  );
});
