import type { RespValue } from "../../resp/value.ts";
import { fromByteString } from "./byte-string.ts";
import { matchesGlob } from "./glob.ts";

/** Channels, patterns of channels, and channels that belong to the shard of their slot. */
export type SubscriptionKind = "channel" | "pattern" | "shard";

export interface Subscriber {
  /** The number of the node that it is connected to. */
  readonly node: number;
  receive(message: RespValue): void;
}

/** Who listens to what, on all nodes. Names are texts of one character a byte. */
export interface Hub {
  subscribe(kind: SubscriptionKind, name: string, subscriber: Subscriber): void;
  unsubscribe(kind: SubscriptionKind, name: string, subscriber: Subscriber): void;
  /** Gives the message to whoever listens; says how many of them are connected to this node. */
  publish(channel: string, message: Uint8Array, node: number): number;
  publishInShard(channel: string, message: Uint8Array, node: number): number;
  /** The names that somebody on this node listens to, with how many do. */
  listened(kind: SubscriptionKind, node: number): ReadonlyMap<string, number>;
}

export function createHub(): Hub {
  const byKind = { channel: new Map(), pattern: new Map(), shard: new Map() } as Readonly<
    Record<SubscriptionKind, Map<string, Set<Subscriber>>>
  >;

  function deliver(subscribers: Iterable<Subscriber>, message: RespValue, node: number): number {
    let here = 0;
    for (const subscriber of subscribers) {
      subscriber.receive(message);
      if (subscriber.node === node) here += 1;
    }
    return here;
  }

  return {
    subscribe(kind, name, subscriber) {
      const subscribers = byKind[kind].get(name) ?? new Set();
      byKind[kind].set(name, subscribers.add(subscriber));
    },
    unsubscribe(kind, name, subscriber) {
      const subscribers = byKind[kind].get(name);
      subscribers?.delete(subscriber);
      if (subscribers?.size === 0) byKind[kind].delete(name);
    },
    publish(channel, message, node) {
      let here = deliver(byKind.channel.get(channel) ?? [], pushed("message", channel, message), node);
      for (const [pattern, subscribers] of byKind.pattern) {
        if (!matchesGlob(pattern, channel)) continue;
        here += deliver(subscribers, pushed("pmessage", pattern, channel, message), node);
      }
      return here;
    },
    publishInShard(channel, message, node) {
      return deliver(byKind.shard.get(channel) ?? [], pushed("smessage", channel, message), node);
    },
    listened(kind, node) {
      const counts = new Map<string, number>();
      for (const [name, subscribers] of byKind[kind]) {
        const here = [...subscribers].filter((subscriber) => subscriber.node === node).length;
        if (here > 0) counts.set(name, here);
      }
      return counts;
    },
  };
}

function pushed(...parts: readonly (string | Uint8Array)[]): RespValue {
  const items = parts.map(
    (part): RespValue => ({ type: "bulk-string", bytes: typeof part === "string" ? fromByteString(part) : part }),
  );
  return { type: "push", items };
}
