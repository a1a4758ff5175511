import type { Target } from "../target/kinds.ts";

/** A login as far as variables can say it. */
export interface Login {
  readonly token: string;
  readonly user: string;
  readonly endpoint: Target["endpoint"];
}

/**
 * The variables that hand a login on. redis-cli reads its password from REDISCLI_AUTH, valkey-cli from VALKEYCLI_AUTH (valkey
 * 8.0, src/valkey-cli.c); host and port are absent where only a name is known.
 */
export function loginVariables({ token, user, endpoint }: Login): Readonly<Record<string, string>> {
  return {
    REDISCLI_AUTH: token,
    VALKEYCLI_AUTH: token,
    CACHEAUTH_TOKEN: token,
    CACHEAUTH_USER: user,
    ...(endpoint && { CACHEAUTH_HOST: endpoint.host, CACHEAUTH_PORT: String(endpoint.port) }),
  };
}
