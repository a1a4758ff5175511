import type { RespValue } from "./value.ts";

type Piece = string | Uint8Array;

/** The value in its own form, with its attributes. Throws a RangeError for an integer of more than 64 bits. */
export function encode(value: RespValue): Uint8Array {
  return encodeAll(value, (inner) => inner);
}

/** What a server sends of the value to a client of this version: RESP2 has neither maps nor sets nor attributes. */
export function encodeFor(version: 2 | 3, value: RespValue): Uint8Array {
  return encodeAll(value, version === 2 ? asResp2 : asResp3);
}

/** A command as clients send it: an array of bulk strings. Text is sent as UTF-8. */
export function encodeCommand(...words: readonly (string | Uint8Array)[]): Uint8Array {
  const pieces: Piece[] = [`*${words.length}\r\n`];
  for (const word of words) {
    const bytes = typeof word === "string" ? new TextEncoder().encode(word) : word;
    pieces.push(`$${bytes.length}\r\n`, bytes, "\r\n");
  }
  return joined(pieces);
}

/** By a stack of its own: how deep a value goes is the caller's affair. */
function encodeAll(value: RespValue, form: (value: RespValue) => RespValue): Uint8Array {
  const pieces: Piece[] = [];
  const waiting: RespValue[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const value = form(next);
    let inner: readonly RespValue[];
    if (value.attributes) {
      pieces.push(`|${value.attributes.length}\r\n`);
      inner = [...value.attributes.flat(), withoutAttributes(value)];
    } else inner = encodeOne(value, pieces);
    for (let index = inner.length - 1; index >= 0; index -= 1) waiting.push(inner[index] as RespValue);
  }
  return joined(pieces);
}

/** Adds the value, or the head of it; returns what is inside of it. */
function encodeOne(value: RespValue, pieces: Piece[]): readonly RespValue[] {
  switch (value.type) {
    case "simple-string":
    case "simple-error":
      pieces.push(value.type === "simple-string" ? "+" : "-", oneLine(value.bytes), "\r\n");
      return [];
    case "bulk-string":
    case "bulk-error":
      pieces.push(`${value.type === "bulk-string" ? "$" : "!"}${value.bytes.length}\r\n`, value.bytes, "\r\n");
      return [];
    case "verbatim-string":
      pieces.push(`=${value.bytes.length + 4}\r\n${formatOf(value.format)}:`, value.bytes, "\r\n");
      return [];
    case "integer":
      if (BigInt.asIntN(64, value.value) !== value.value) throw new RangeError("a RESP integer has 64 bits");
      pieces.push(`:${value.value}\r\n`);
      return [];
    case "big-number":
      pieces.push(`(${value.value}\r\n`);
      return [];
    case "double":
      pieces.push(`,${doubleText(value.value)}\r\n`);
      return [];
    case "boolean":
      pieces.push(value.value ? "#t\r\n" : "#f\r\n");
      return [];
    case "null":
      pieces.push({ null: "_\r\n", bulk: "$-1\r\n", array: "*-1\r\n" }[value.form]);
      return [];
    case "map":
      pieces.push(`%${value.entries.length}\r\n`);
      return value.entries.flat();
    default:
      pieces.push(`${{ array: "*", set: "~", push: ">" }[value.type]}${value.items.length}\r\n`);
      return value.items;
  }
}

function asResp2(value: RespValue): RespValue {
  switch (value.type) {
    case "bulk-error":
      return { type: "simple-error", bytes: value.bytes };
    case "verbatim-string":
      return { type: "bulk-string", bytes: value.bytes };
    case "big-number":
      return { type: "bulk-string", bytes: new TextEncoder().encode(String(value.value)) };
    case "double":
      return { type: "bulk-string", bytes: new TextEncoder().encode(doubleText(value.value)) };
    case "boolean":
      return { type: "integer", value: value.value ? 1n : 0n };
    case "null":
      return { type: "null", form: value.form === "array" ? "array" : "bulk" };
    case "set":
    case "push":
      return { type: "array", items: value.items };
    case "map":
      return { type: "array", items: value.entries.flat() };
    default:
      return value.attributes ? withoutAttributes(value) : value;
  }
}

function asResp3(value: RespValue): RespValue {
  return value.type === "null" ? { ...value, form: "null" } : value;
}

function withoutAttributes(value: RespValue): RespValue {
  const { attributes: _, ...plain } = value;
  return plain;
}

function doubleText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? String(value) : value > 0 ? "inf" : "-inf";
}

/** A line ending inside of a line would begin another value: redis-server writes spaces there too. */
function oneLine(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(13) && !bytes.includes(10)) return bytes;
  return bytes.map((byte) => (byte === 13 || byte === 10 ? 32 : byte));
}

/** The length was said before: three bytes and no more. */
function formatOf(format: string): string {
  return /^[\0-\xff]{3}$/.test(format) ? format : "txt";
}

/** The text pieces have one byte a character. */
function joined(pieces: readonly Piece[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let end = 0;
  for (const piece of pieces) {
    if (typeof piece === "string")
      for (let index = 0; index < piece.length; index += 1) all[end + index] = piece.charCodeAt(index);
    else all.set(piece, end);
    end += piece.length;
  }
  return all;
}
