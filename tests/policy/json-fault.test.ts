import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { jsonFault } from "../../src/policy/json-fault.ts";
import { runs } from "../runs.ts";

const words = (text: string) => {
  const fault = jsonFault(text);
  return fault && `${fault.line}:${fault.column} ${fault.what}`;
};

test("json: what is wrong, and where", () => {
  for (const [text, expected] of [
    ["", "1:1 an end too soon"],
    ["  \n", "2:1 an end too soon"],
    ['{"a": 1,}', "1:9 a comma before }"],
    ['{\n  "a": [1,\n  ]\n}', "3:3 a comma before ]"],
    ['{"a": 1 "b": 2}', "1:9 no comma and no }"],
    ["[1 2]", "1:4 no comma and no ]"],
    ["{'a': 1}", "1:2 ' where JSON has double quotes"],
    ["{“a”: 1}", "1:2 “ where JSON has double quotes"],
    ["{a: 1}", "1:2 a name without double quotes"],
    ['{"a" 1}', "1:6 no colon after a name"],
    ['{"a": }', "1:7 no value"],
    ['{"a": True}', "1:7 no value"],
    ['{"a": 01}', "1:7 no value"],
    ['{"a": 1 // one\n}', "1:9 a comment, which JSON does not have"],
    ["# policy\n{}", "1:1 a comment, which JSON does not have"],
    ['{"a": "b', "1:7 a string that does not end"],
    ['{"a": "b\n"}', "1:9 a line ending or a control character in a string"],
    ['{"a": "\\x"}', "1:8 a backslash that escapes nothing"],
    ['{"a": 1}}', "1:9 something after the end"],
    ['{"a": 1', "1:8 an end too soon"],
    ['{"a": 1, "\\u0061": 2}', '1:10 the name "a" for the second time in one object'],
    ["[".repeat(65), "1:65 more than 64 levels"],
    ["\ufeff{}", "1:1 no value"],
  ] as const) {
    assert.equal(words(text), expected, text);
  }
});

test("json: what JSON.parse reads has no fault, and what it refuses has one", () => {
  const refused = (text: string) => {
    try {
      JSON.parse(text);
      return false;
    } catch {
      return true;
    }
  };
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    '"a"',
    '"b\\n"',
    '"\\u00e9"',
    "1",
    "-0.5e+3",
    "01",
    "true",
    "nul",
    " ",
    "\n",
    '"',
    "\\",
    "é",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      const fault = jsonFault(text);
      if (fault?.what.includes("second time")) return;
      assert.equal(fault !== null, refused(text), text);
    }),
    runs(5000),
  );
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      assert.equal(jsonFault(text), null, text);
    }),
    runs(300),
  );
});

test("json: a place is inside the text, or right behind it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const fault = jsonFault(text);
      if (!fault) return;
      const line = text.split("\n")[fault.line - 1];
      assert.ok(line !== undefined && fault.column >= 1 && fault.column <= line.length + 1);
    }),
    runs(1000),
  );
});

test("json: a megabyte takes its time once", () => {
  assert.equal(jsonFault(`[${'"a",'.repeat(250_000)}"a"]`), null);
  assert.equal(jsonFault(`"${"a".repeat(1_000_000)}"`), null);
});
