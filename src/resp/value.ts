/** Name and value pairs that a server may put before any value (RESP3). */
export type RespPairs = readonly (readonly [RespValue, RespValue])[];

/**
 * A value of RESP2 or RESP3, whichever way it was sent: streamed strings and aggregates are plain ones here. A null keeps
 * the form it came in: `_` of RESP3, `$-1` and `*-1` of RESP2.
 *
 * https://github.com/redis/redis-specifications/blob/master/protocol/RESP3.md
 */
export type RespValue = { readonly attributes?: RespPairs } & (
  | { readonly type: "simple-string" | "simple-error" | "bulk-string" | "bulk-error"; readonly bytes: Uint8Array }
  /** `format` is three bytes, one a character: `txt`, `mkd`. */
  | { readonly type: "verbatim-string"; readonly format: string; readonly bytes: Uint8Array }
  | { readonly type: "integer" | "big-number"; readonly value: bigint }
  | { readonly type: "double"; readonly value: number }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "null"; readonly form: "null" | "bulk" | "array" }
  | { readonly type: "array" | "set" | "push"; readonly items: readonly RespValue[] }
  | { readonly type: "map"; readonly entries: RespPairs }
);

/** `+OK`. Text is sent as UTF-8. */
export function simple(text: string): RespValue {
  return { type: "simple-string", bytes: utf8(text) };
}

/** `-ERR what is wrong`. */
export function error(text: string): RespValue {
  return { type: "simple-error", bytes: utf8(text) };
}

export function bulk(content: string | Uint8Array): RespValue {
  return { type: "bulk-string", bytes: utf8(content) };
}

export function integer(value: number | bigint): RespValue {
  return { type: "integer", value: BigInt(value) };
}

export function array(items: readonly RespValue[]): RespValue {
  return { type: "array", items };
}

export function map(entries: RespPairs): RespValue {
  return { type: "map", entries };
}

/** No value: `_` to a client of RESP3, `$-1` to one of RESP2, and `*-1` to that one where a list was asked for. */
export const nothing: RespValue = { type: "null", form: "bulk" };
export const nothingOfMany: RespValue = { type: "null", form: "array" };

export function isError(value: RespValue): boolean {
  return value.type === "simple-error" || value.type === "bulk-error";
}

/** What a string, an error or a number says; null for what is no single word. Bytes that are not UTF-8 become U+FFFD. */
export function text(value: RespValue): string | null {
  switch (value.type) {
    case "simple-string":
    case "simple-error":
    case "bulk-string":
    case "bulk-error":
    case "verbatim-string":
      return new TextDecoder("utf-8", { ignoreBOM: true }).decode(value.bytes);
    case "integer":
    case "big-number":
    case "double":
      return String(value.value);
    default:
      return null;
  }
}

function utf8(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
