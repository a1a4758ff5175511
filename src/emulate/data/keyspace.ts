import { createScanOrder } from "./scan-order.ts";
import { bytesIn, type Entry, isEmpty, overhead, type Stored } from "./stored.ts";

/** One numbered database: keys with what they hold. What has expired is not there. */
export interface Keyspace {
  get(key: string): Entry | null;
  /** Puts a value in the place of whatever was there. */
  put(key: string, value: Stored, expiresAt?: number | null): void;
  /** After a value was changed in its place, by so many bytes. What has become empty is gone. */
  changed(key: string, entry: Entry, bytes: number): void;
  remove(key: string): boolean;
  /** How many keys there are, and how many of them will expire. */
  count(): { readonly keys: number; readonly expires: number };
  keys(): Iterable<string>;
  scan(from: number, count: number): { readonly keys: readonly string[]; readonly next: number };
  clear(): void;
  /** Calls `touched` when the key's value is changed or it goes. What it returns calls that off. */
  watch(key: string, touched: () => void): () => void;
}

/** `grow` is told of every byte more or less. */
export function createKeyspace(nowMs: () => number, grow: (bytes: number) => void): Keyspace {
  const entries = new Map<string, Entry>();
  const order = createScanOrder();
  const watchers = new Map<string, Set<() => void>>();

  function touch(key: string): void {
    for (const touched of watchers.get(key) ?? []) touched();
  }

  function drop(key: string, entry: Entry): void {
    entries.delete(key);
    order.remove(entry.id);
    grow(-entry.bytes);
    touch(key);
  }

  function get(key: string): Entry | null {
    const entry = entries.get(key);
    if (!entry) return null;
    if (entry.expiresAt === null || entry.expiresAt > nowMs()) return entry;
    drop(key, entry);
    return null;
  }

  function dropExpired(): void {
    const now = nowMs();
    for (const [key, entry] of entries) if (entry.expiresAt !== null && entry.expiresAt <= now) drop(key, entry);
  }

  return {
    get,
    put(key, value, expiresAt = null) {
      const before = get(key);
      const bytes = overhead + key.length + bytesIn(value);
      grow(bytes - (before?.bytes ?? 0));
      entries.set(key, { id: before?.id ?? order.add(key), value, expiresAt, bytes });
      touch(key);
    },
    changed(key, entry, bytes) {
      if (isEmpty(entry.value)) {
        drop(key, entry);
        return;
      }
      grow(bytes);
      entries.set(key, { ...entry, bytes: entry.bytes + bytes });
      touch(key);
    },
    remove(key) {
      const entry = get(key);
      if (entry) drop(key, entry);
      return entry !== null;
    },
    count() {
      dropExpired();
      let expires = 0;
      for (const { expiresAt } of entries.values()) if (expiresAt !== null) expires += 1;
      return { keys: entries.size, expires };
    },
    keys() {
      dropExpired();
      return entries.keys();
    },
    scan: order.after,
    clear() {
      for (const [key, entry] of entries) {
        grow(-entry.bytes);
        touch(key);
      }
      entries.clear();
      order.clear();
    },
    watch(key, touched) {
      const watching = watchers.get(key) ?? new Set();
      watchers.set(key, watching.add(touched));
      return () => {
        watching.delete(touched);
        if (watching.size === 0) watchers.delete(key);
      };
    },
  };
}
