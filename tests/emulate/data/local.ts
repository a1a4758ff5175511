import { createHub } from "../../../src/emulate/data/hub.ts";
import type { ClusterNode, ConnectionFacts, ServerFacts } from "../../../src/emulate/data/server-facts.ts";
import { createDataSession, type DataSession, type DataSessionOptions } from "../../../src/emulate/data/session.ts";
import { createStore, type Store } from "../../../src/emulate/data/store.ts";
import type { Permissions } from "../../../src/judge/access-string.ts";
import { encodeFor } from "../../../src/resp/encode.ts";
import { splitInline } from "../../../src/resp/inline.ts";
import { bytesOf } from "../../resp/vectors.ts";

/** The built-in data by itself, with clients that have names, a clock that stands still, and no sockets. */
export interface Local {
  /** Sends a command as it would be typed; gives what this client got, one character a byte. */
  say(client: string, line: string): string;
  send(client: string, words: readonly Uint8Array[]): void;
  /** What each client got since it was last asked. */
  take(client: string): string;
  session(client: string): DataSession;
  facts(client: string): ConnectionFacts;
  readonly clock: { nowMs: number };
  /** One a node. */
  readonly stores: readonly Store[];
}

export interface LocalOptions extends Partial<Pick<DataSessionOptions, "mostKeptBytes" | "mostReplyBytes">> {
  readonly resp?: 2 | 3;
  readonly mostBytes?: number;
  /** Nodes that share the slots: client a is connected to the first, b to the second. */
  readonly nodes?: number;
  /** Of every client; all is allowed, if absent. */
  readonly permissions?: readonly Permissions[];
}

export function createLocal({ resp = 2, mostBytes, nodes = 0, permissions, ...limits }: LocalOptions = {}): Local {
  const clock = { nowMs: Date.UTC(2026, 0, 1) };
  const hub = createHub();
  const stores = Array.from({ length: Math.max(1, nodes) }, () => createStore(() => clock.nowMs, mostBytes));
  const clients = new Map<string, { session: DataSession; facts: ConnectionFacts; got: string }>();
  const all = Array.from({ length: nodes }, (_, index) => nodeOf(index, nodes));

  function factsOf(self: number): ServerFacts {
    return {
      version: "7.1.0",
      port: 6379,
      isTls: false,
      runId: "f".repeat(40),
      startedAtMs: Date.UTC(2025, 11, 31),
      cluster: nodes > 0 ? { self, nodes: all } : null,
      connections: () => [...clients.values()].map(({ facts }) => facts),
    };
  }

  function clientOf(name: string) {
    const known = clients.get(name);
    if (known) return known;
    const node = nodes > 0 ? name.charCodeAt(0) - 97 : 0;
    const facts: ConnectionFacts = {
      id: clients.size + 1,
      address: `127.0.0.1:${50_001 + clients.size}`,
      localAddress: "127.0.0.1:6379",
      connectedAtMs: clock.nowMs,
      name: "",
      libraryName: "",
      libraryVersion: "",
      user: () => "default",
      resp: () => resp,
    };
    const store = stores[node];
    if (!store) throw new Error(`no node ${node}`);
    const session = createDataSession({
      store,
      hub,
      server: factsOf(node),
      connection: facts,
      send: (message) => add(encodeFor(resp, message)),
      permissions: () => permissions ?? null,
      ...limits,
    });
    const client = { session, facts, got: "" };
    const add = (bytes: Uint8Array) => {
      for (const byte of bytes) client.got += String.fromCharCode(byte);
    };
    clients.set(name, client);
    return Object.assign(client, { add });
  }

  function take(name: string): string {
    const client = clientOf(name);
    const { got } = client;
    client.got = "";
    return got;
  }

  function send(name: string, words: readonly Uint8Array[]): void {
    const client = clientOf(name);
    for (const reply of client.session.run(words))
      for (const byte of encodeFor(resp, reply)) client.got += String.fromCharCode(byte);
  }

  return {
    clock,
    stores,
    take,
    send,
    say(name, line) {
      const words = splitInline(bytesOf(line));
      if (!words) throw new Error(line);
      send(name, words);
      return take(name);
    },
    session: (name) => clientOf(name).session,
    facts: (name) => clientOf(name).facts,
  };
}

/** As `redis-cli --cluster create` shares the slots out. */
function nodeOf(index: number, count: number): ClusterNode {
  const slots = [Math.round((index * 16_384) / count), Math.round(((index + 1) * 16_384) / count) - 1] as const;
  return { id: `${index}`.repeat(40), host: "127.0.0.1", port: 7000 + index, slots };
}
