import type { RespValue } from "../../resp/value.ts";

/** Text for people, which a client of RESP3 can show as it is. */
export function verbatim(text: string): RespValue {
  return { type: "verbatim-string", format: "txt", bytes: new TextEncoder().encode(text) };
}
