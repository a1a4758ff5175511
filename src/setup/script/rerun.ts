import type { Part } from "../choices.ts";

/** Why a script stops at what somebody else has made, and how it would be changed. */
export function rerunWith(what: string, ...existing: readonly Part[]): string {
  return `${what}: to change it, run cacheauth setup with --existing ${existing.join(",")} too`;
}
