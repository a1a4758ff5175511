import { createKeyspace, type Keyspace } from "./keyspace.ts";

/** What one node has: its numbered databases. */
export interface Store {
  nowMs(): number;
  readonly keyspaces: readonly Keyspace[];
  /** What all of it is counted as, and what it may be at most. */
  readonly usedBytes: number;
  readonly mostBytes: number;
}

/** As many as redis-server has, and a node of ElastiCache that is no cluster. */
const keyspaceCount = 16;

/** Each node of a cluster has a store of its own. `mostBytes` counts keys, values, and 64 bytes beside each of them. */
export function createStore(nowMs: () => number, mostBytes: number = 64 << 20): Store {
  let usedBytes = 0;
  const grow = (bytes: number) => {
    usedBytes += bytes;
  };
  const keyspaces = Array.from({ length: keyspaceCount }, () => createKeyspace(nowMs, grow));
  return {
    nowMs,
    keyspaces,
    mostBytes,
    get usedBytes() {
      return usedBytes;
    },
  };
}
