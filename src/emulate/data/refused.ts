import type { RespValue } from "../../resp/value.ts";
import { fromByteString } from "./byte-string.ts";

/** Thrown by a command, caught by the session: what the client is told, in bytes of one character each. */
export class Refused extends Error {
  get reply(): RespValue {
    return { type: "simple-error", bytes: fromByteString(this.message) };
  }
}

/** The words of redis-server 7.0. */
export const wrongType = "WRONGTYPE Operation against a key holding the wrong kind of value";
export const notAnInteger = "ERR value is not an integer or out of range";
export const syntaxError = "ERR syntax error";
export const outOfMemory = "OOM command not allowed when used memory > 'maxmemory'.";

export function wrongNumber(command: string): string {
  return `ERR wrong number of arguments for '${command}' command`;
}

export function notBuiltIn(name: string): string {
  return `ERR '${name}' is not among the commands built into cacheauth emulate; --upstream HOST:PORT passes everything to a real redis-server or valkey-server`;
}
