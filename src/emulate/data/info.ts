import type { SessionState } from "./command.ts";

/** The sections of INFO in the server's order, each with what is true of this server. */
const sections: readonly (readonly [string, (session: SessionState) => Readonly<Record<string, string | number>>])[] = [
  [
    "Server",
    ({ server, store }) => {
      const uptime = Math.max(0, Math.floor((store.nowMs() - server.startedAtMs) / 1000));
      return {
        redis_version: server.version,
        redis_mode: server.cluster ? "cluster" : "standalone",
        os: "cacheauth emulate",
        run_id: server.runId,
        tcp_port: server.port,
        uptime_in_seconds: uptime,
        uptime_in_days: Math.floor(uptime / 86_400),
      };
    },
  ],
  ["Clients", ({ server }) => ({ connected_clients: [...server.connections()].length })],
  [
    "Memory",
    ({ store }) => ({ used_memory: store.usedBytes, maxmemory: store.mostBytes, maxmemory_policy: "noeviction" }),
  ],
  ["Persistence", () => ({ loading: 0, async_loading: 0, aof_enabled: 0 })],
  ["Replication", () => ({ role: "master", connected_slaves: 0 })],
  ["Cluster", ({ server }) => ({ cluster_enabled: server.cluster ? 1 : 0 })],
  [
    "Keyspace",
    ({ store }) =>
      Object.fromEntries(
        store.keyspaces.flatMap((keyspace, number) => {
          const { keys, expires } = keyspace.count();
          return keys > 0 ? [[`db${number}`, `keys=${keys},expires=${expires},avg_ttl=0`]] : [];
        }),
      ),
  ],
];

/** What INFO says of the sections with these lower-case names; of all where there is none. */
export function infoText(names: readonly string[], session: SessionState): string {
  const isAll = names.length === 0 || names.some((name) => ["all", "default", "everything"].includes(name));
  return sections
    .filter(([name]) => isAll || names.includes(name.toLowerCase()))
    .map(([name, facts]) => {
      const lines = Object.entries(facts(session)).map(([field, value]) => `${field}:${value}\r\n`);
      return `# ${name}\r\n${lines.join("")}`;
    })
    .join("\r\n");
}
