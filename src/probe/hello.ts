import { type RespValue, text } from "../resp/value.ts";

/** What a server tells of itself, in HELLO or INFO; null is not told. */
export interface HelloFacts {
  readonly server: string | null;
  readonly version: string | null;
  readonly mode: string | null;
  readonly role: string | null;
}

export const nothingTold: HelloFacts = { server: null, version: null, mode: null, role: null };

/** The reply to HELLO: a map, or with RESP2 a flat array of names and values. */
export function readHello(value: RespValue): HelloFacts {
  const pairs =
    value.type === "map"
      ? value.entries
      : value.type === "array"
        ? value.items.flatMap((name, index) => {
            const inner = value.items[index + 1];
            return index % 2 === 0 && inner ? [[name, inner] as const] : [];
          })
        : [];
  const told = new Map(pairs.map(([name, inner]) => [text(name) ?? "", text(inner)]));
  const of = (name: string) => told.get(name) ?? null;
  return { server: of("server"), version: of("version"), mode: of("mode"), role: roleOf(of("role")) };
}

/** INFO's text: a `name:value` a line. */
export function readInfo(info: string): HelloFacts {
  const told = new Map(
    info.split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(":");
      return colon < 1 || line.startsWith("#") ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()] as const];
    }),
  );
  const of = (name: string) => told.get(name) || null;
  // Valkey says redis_version too, for old clients: 7.2.4 whatever its own is.
  const server = of("server_name") ?? (of("valkey_version") ? "valkey" : of("redis_version") ? "redis" : null);
  return {
    server,
    version: of("valkey_version") ?? of("redis_version"),
    mode: of("server_mode") ?? of("redis_mode"),
    role: roleOf(of("role")),
  };
}

/** The one of the two that tells. */
export function merged(first: HelloFacts, second: HelloFacts): HelloFacts {
  return {
    server: first.server ?? second.server,
    version: first.version ?? second.version,
    mode: first.mode ?? second.mode,
    role: first.role ?? second.role,
  };
}

function roleOf(role: string | null): string | null {
  return role === "master" ? "primary" : role === "slave" ? "replica" : role;
}
