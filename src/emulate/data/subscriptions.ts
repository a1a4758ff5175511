import type { Hub, Subscriber, SubscriptionKind } from "./hub.ts";
import { Refused } from "./refused.ts";

/** What one connection listens to. */
export interface Subscriptions {
  names(kind: SubscriptionKind): readonly string[];
  count(kind: SubscriptionKind): number;
  /** Throws Refused where the connection has as many as it may. */
  add(kind: SubscriptionKind, name: string): void;
  remove(kind: SubscriptionKind, name: string): void;
  clear(): void;
}

const kinds = ["channel", "pattern", "shard"] as const;

/** A name counts as its bytes and so many more. */
const overhead = 64;

export function createSubscriptions(hub: Hub, subscriber: Subscriber, mostBytes: number): Subscriptions {
  const byKind = { channel: new Set<string>(), pattern: new Set<string>(), shard: new Set<string>() };
  let bytes = 0;

  function remove(kind: SubscriptionKind, name: string): void {
    if (!byKind[kind].delete(name)) return;
    bytes -= overhead + name.length;
    hub.unsubscribe(kind, name, subscriber);
  }

  return {
    names: (kind) => [...byKind[kind]],
    count: (kind) => byKind[kind].size,
    add(kind, name) {
      if (byKind[kind].has(name)) return;
      if (bytes + overhead + name.length > mostBytes) {
        throw new Refused("ERR this connection has as many subscriptions as cacheauth emulate keeps for one");
      }
      bytes += overhead + name.length;
      byKind[kind].add(name);
      hub.subscribe(kind, name, subscriber);
    },
    remove,
    clear() {
      for (const kind of kinds) for (const name of [...byKind[kind]]) remove(kind, name);
    },
  };
}
