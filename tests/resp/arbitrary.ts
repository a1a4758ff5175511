import fc from "fast-check";
import type { RespPairs, RespValue } from "../../src/resp/value.ts";

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.constantFrom("\r\n", "$3\r\n", "é").map((text) => new TextEncoder().encode(text)),
);
const line = bytes.map((found) => found.filter((byte) => byte !== 13 && byte !== 10));

/** Objects as literals are, so that they compare equal to them. */
function record<T>(parts: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(parts, { noNullPrototype: true }) as fc.Arbitrary<T>;
}

/** Any value that has a form of its own on the wire: lines without line endings, and attributes that are not empty. */
export const anyValue: fc.Arbitrary<RespValue> = fc.letrec<{ plain: RespValue; value: RespValue; pairs: RespPairs }>(
  (tie) => ({
    plain: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      record({ type: fc.constantFrom("simple-string" as const, "simple-error" as const), bytes: line }),
      record({ type: fc.constantFrom("bulk-string" as const, "bulk-error" as const), bytes }),
      record({
        type: fc.constant("verbatim-string" as const),
        format: fc.constantFrom("txt", "mkd", "\xff\r\n"),
        bytes,
      }),
      record({
        type: fc.constant("integer" as const),
        value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      }),
      record({ type: fc.constant("big-number" as const), value: fc.bigInt() }),
      record({ type: fc.constant("double" as const), value: fc.double() }),
      record({ type: fc.constant("boolean" as const), value: fc.boolean() }),
      record({ type: fc.constant("null" as const), form: fc.constantFrom("null", "bulk", "array") }),
      record({
        type: fc.constantFrom("array" as const, "set" as const, "push" as const),
        items: fc.array(tie("value"), { maxLength: 4 }),
      }),
      record({ type: fc.constant("map" as const), entries: tie("pairs") }),
    ) as fc.Arbitrary<RespValue>,
    pairs: fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }),
    value: fc
      .tuple(tie("plain"), fc.option(tie("pairs"), { freq: 8 }))
      .map(([plain, attributes]) => (attributes?.length ? { ...plain, attributes } : plain)),
  }),
).value;
