import type { Connection } from "../runtime.ts";
import { toHex } from "../token/hex.ts";
import type { ClusterNode, ConnectionFacts, ServerFacts } from "./data/server-facts.ts";
import { createStore } from "./data/store.ts";
import type { EmulatorPorts, ServingNode } from "./serving.ts";

export interface NodeOptions {
  /** How many nodes share the slots; null for one that stands alone. */
  readonly cluster: number | null;
  /** Where programs on this machine reach them. */
  readonly host: string;
  readonly isTls: boolean;
  /** What the certificate names: a client that asked for one of these is told that one. */
  readonly names: readonly string[];
  /** The ports that the nodes listen on, in their order; known only when they listen. */
  readonly listening: readonly number[];
  /** What all data of the emulator may take. */
  readonly mostBytes: number;
}

/** The engine that ElastiCache calls Redis OSS 7.1 says this of itself. */
const version = "7.1.0";
const slots = 16_384;

/** The nodes of an emulator, each with data of its own. */
export function createNodes(options: NodeOptions, ports: Pick<EmulatorPorts, "now" | "random">): ServingNode[] {
  const { cluster, host, isTls, names, listening, mostBytes } = options;
  const count = cluster ?? 1;
  const ids = Array.from({ length: count }, () => toHex(ports.random(20)));
  const startedAtMs = ports.now().getTime();
  return ids.map((runId, self): ServingNode => {
    const connections = new Set<ConnectionFacts>();
    return {
      address: () => ({ host, port: listening[self] ?? 0 }),
      store: createStore(() => ports.now().getTime(), Math.floor(mostBytes / count)),
      connections,
      factsFor(connection): ServerFacts {
        const host = reachedHost(connection, names);
        return {
          ...{ version, isTls, runId, startedAtMs },
          port: listening[self] ?? 0,
          cluster: cluster === null ? null : { self, nodes: announced(ids, listening, host) },
          connections: () => connections,
        };
      },
    };
  });
}

/** How the client got here: the name that it asked for, where the certificate has it, else the address. */
function reachedHost({ serverName, local }: Connection, names: readonly string[]): string {
  if (serverName !== null && names.includes(serverName.toLowerCase())) return serverName;
  return local.address.replace(/^::ffff:(?=\d+\.)/i, "");
}

/** All slots, as evenly as whole slots go. */
function announced(ids: readonly string[], listening: readonly number[], host: string): ClusterNode[] {
  const first = (index: number) => Math.floor((index * slots) / ids.length);
  return ids.map((id, index) => ({
    id,
    host,
    port: listening[index] ?? 0,
    slots: [first(index), first(index + 1) - 1],
  }));
}
