/** How AWS's answers word what the judge words in its own way. */
import type { CacheRecord, User } from "../../judge/world.ts";

interface UserTold {
  readonly Status?: string | undefined;
  readonly AccessString?: string | undefined;
  readonly Authentication?: { readonly Type?: string | undefined } | undefined;
}

/** ElastiCache and MemoryDB tell the same of a user, but for its names. */
export function userOf(id: string, name: string, { Status, AccessString, Authentication }: UserTold): User {
  return {
    id,
    name,
    authentication: authenticationOf(Authentication?.Type),
    enabled: true,
    status: lower(Status) ?? undefined,
    access: AccessString,
  };
}

/** AWS's words for it are `password`, `no-password` or `no-password-required`, and `iam`. */
function authenticationOf(type: string | undefined): User["authentication"] {
  return type === "iam" || type === "password" ? type : "no-password";
}

export function lower(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text.toLowerCase();
}

export function endpointsOf(
  given: readonly ({ readonly Address?: string | undefined; readonly Port?: number | undefined } | undefined)[],
): CacheRecord["endpoints"] {
  return given.flatMap((one) => (one?.Address ? [{ host: one.Address, port: one.Port ?? 6379 }] : []));
}
