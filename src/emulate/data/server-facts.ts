/** What the server says of itself. */
export interface ServerFacts {
  /** `7.1.0`. */
  readonly version: string;
  readonly port: number;
  /** Whether `port` speaks TLS. */
  readonly isTls: boolean;
  /** 40 hex digits. */
  readonly runId: string;
  readonly startedAtMs: number;
  /** Null for a server that stands alone. */
  readonly cluster: ClusterFacts | null;
  /** Every connection to this node, for INFO and CLIENT LIST. */
  connections(): Iterable<ConnectionFacts>;
}

export interface ClusterFacts {
  /** Which of the nodes this is. */
  readonly self: number;
  /** In the order of their slots, all of which are somebody's. */
  readonly nodes: readonly ClusterNode[];
}

export interface ClusterNode {
  /** 40 hex digits. */
  readonly id: string;
  /** What clients are told to connect to. */
  readonly host: string;
  readonly port: number;
  /** Its first slot and its last. */
  readonly slots: readonly [number, number];
}

/** One client's connection. The names are the client's own words, and commands change them. */
export interface ConnectionFacts {
  readonly id: number;
  /** `127.0.0.1:50000`, `[::1]:50000`. */
  readonly address: string;
  readonly localAddress: string;
  readonly connectedAtMs: number;
  name: string;
  libraryName: string;
  libraryVersion: string;
  /** Who it is authenticated as. */
  user(): string;
  /** The version of RESP that it speaks. */
  resp(): 2 | 3;
}

export function nodeNumber(server: ServerFacts): number {
  return server.cluster?.self ?? 0;
}

/** Which node has a slot. */
export function nodeOfSlot(cluster: ClusterFacts, slot: number): ClusterNode {
  const node = cluster.nodes.find(({ slots: [first, last] }) => first <= slot && slot <= last);
  if (!node) throw new Error(`slot ${slot} is nobody's`);
  return node;
}
