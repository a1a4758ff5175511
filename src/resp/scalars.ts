import type { Malformed } from "./malformed.ts";
import type { RespValue } from "./value.ts";

/** How long a line of each type may be; what is not named here is as long as a value may be. */
export const longestLines: Readonly<Record<string, number>> = {
  // 20 characters hold every 64-bit number.
  "*": 24,
  $: 24,
  "!": 24,
  "=": 24,
  "~": 24,
  "%": 24,
  "|": 24,
  ">": 24,
  ";": 24,
  ":": 24,
  "#": 1,
  _: 0,
  ".": 0,
  // The largest double written out has 309 digits.
  ",": 512,
  // What a number of more digits costs grows faster than its length.
  "(": 8_192,
};

/** What a whole line says by itself; a reason where it says nothing, and null where more belongs to it. */
export function scalarOf(type: string, line: string): RespValue | Malformed | null {
  switch (type) {
    case ":":
      return integerOf(line);
    case "(":
      return bigNumberOf(line);
    case ",":
      return doubleOf(line);
    case "#":
      return line === "t" || line === "f" ? { type: "boolean", value: line === "t" } : "bad-boolean";
    case "_":
      return { type: "null", form: "null" };
    case "$":
    case "*":
      return line === "-1" ? { type: "null", form: type === "$" ? "bulk" : "array" } : null;
    default:
      return null;
  }
}

/** A length: digits alone, without a sign and without zeros before it. Null where it is none. */
export function lengthOf(line: string): number | null {
  return /^(0|[1-9]\d{0,14})$/.test(line) ? Number(line) : null;
}

/** The three bytes of its format, a colon, and the text. */
export function verbatimOf(bytes: Uint8Array): RespValue | Malformed {
  if (bytes[3] !== 58) return "bad-verbatim";
  return { type: "verbatim-string", format: String.fromCharCode(...bytes.subarray(0, 3)), bytes: bytes.slice(4) };
}

function integerOf(line: string): RespValue | Malformed {
  if (!/^[+-]?\d+$/.test(line)) return "bad-integer";
  const value = BigInt(line.replace("+", ""));
  return BigInt.asIntN(64, value) === value ? { type: "integer", value } : "bad-integer";
}

function bigNumberOf(line: string): RespValue | Malformed {
  return /^[+-]?\d+$/.test(line) ? { type: "big-number", value: BigInt(line.replace("+", "")) } : "bad-big-number";
}

/** redis-server before 7.2 sends nan as the C library writes it: `-nan`, `NAN`, `nan(chars)`. */
function doubleOf(line: string): RespValue | Malformed {
  if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(line)) return { type: "double", value: Number(line) };
  const infinite = /^([+-]?)inf$/i.exec(line);
  if (infinite) return { type: "double", value: infinite[1] === "-" ? -Infinity : Infinity };
  return /^[+-]?nan(\(\w*\))?$/i.test(line) ? { type: "double", value: Number.NaN } : "bad-double";
}
