import assert from "node:assert/strict";
import { createDecoder } from "../../../src/resp/decode.ts";
import type { RespValue } from "../../../src/resp/value.ts";
import { bytesOf } from "../../resp/vectors.ts";
import type { Step } from "./transcript.ts";

/** Holds what a client got against what it should have got, as the step says it is to be compared. */
export function assertSame(found: string, expected: string, step: Step, where: string): void {
  if (found === expected) return;
  const [left, right] = [found, expected].map((bytes) => readAll(bytes).map((value) => loosened(value, step.compare)));
  if (step.compare !== "" && JSON.stringify(left) === JSON.stringify(right)) return;
  if (step.compare === "~" && areNear(found, expected)) return;
  assert.equal(found, expected, `${where}: ${step.line}`);
}

export function readAll(bytes: string): RespValue[] {
  const decoder = createDecoder();
  decoder.push(bytesOf(bytes));
  const values: RespValue[] = [];
  for (let decoded = decoder.next(); decoded.kind === "value"; decoded = decoder.next()) values.push(decoded.value);
  assert.equal(decoder.buffered, 0, `more than values: ${JSON.stringify(bytes)}`);
  return values;
}

function loosened(value: RespValue, compare: Step["compare"]): unknown {
  if (value.type === "map") {
    return [
      "map",
      ...arranged(
        value.entries.map((pair) => pair.map((one) => loosened(one, compare))),
        compare,
      ),
    ];
  }
  if ("items" in value) {
    const items = value.items.map((item) => loosened(item, compare));
    return [value.type, ...arranged(items, compare)];
  }
  if (compare === "?") return value.type;
  if ("bytes" in value) return [value.type, ...value.bytes];
  return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}` : part));
}

function arranged(items: unknown[], compare: Step["compare"]): unknown[] {
  return compare === "*" ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
}

function areNear(found: string, expected: string): boolean {
  const [left, right] = [readAll(found), readAll(expected)];
  return (
    left.length === right.length &&
    left.every((value, index) => {
      const other = right[index];
      return value.type === "integer" && other?.type === "integer" && Math.abs(Number(value.value - other.value)) <= 5;
    })
  );
}
