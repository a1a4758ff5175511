import type { Command, Words } from "./command.ts";
import type { Keyspace } from "./keyspace.ts";
import { Refused } from "./refused.ts";

export interface Queued {
  readonly command: Command;
  readonly words: Words;
}

/** MULTI to EXEC, and the keys that are watched for it. */
export interface Transaction {
  readonly isOpen: boolean;
  /** Whether something was refused while it was open: then EXEC runs nothing. */
  readonly hasFailed: boolean;
  readonly queue: readonly Queued[];
  open(): void;
  /** Keeps a copy of the words. Throws Refused where it has as much as it may. */
  add(command: Command, words: Words): void;
  fail(): void;
  /** Ends it and what was watched for it. */
  close(): void;
  watch(keyspace: Keyspace, key: string): void;
  /** Whether a watched key was changed, or has gone. */
  isTouched(): boolean;
  unwatch(): void;
}

/** A command, a word and a watched key count as their bytes and so many more. */
const overhead = 64;

export function createTransaction(mostBytes: number): Transaction {
  let isOpen = false;
  let hasFailed = false;
  let queue: Queued[] = [];
  let queuedBytes = 0;
  let watched: { readonly keyspace: Keyspace; readonly key: string; readonly release: () => void }[] = [];
  let watchedBytes = 0;
  let touched = false;

  function unwatch(): void {
    for (const { release } of watched) release();
    watched = [];
    watchedBytes = 0;
    touched = false;
  }

  return {
    get isOpen() {
      return isOpen;
    },
    get hasFailed() {
      return hasFailed;
    },
    get queue() {
      return queue;
    },
    open() {
      isOpen = true;
    },
    add(command, words) {
      queuedBytes += words.reduce((sum, { length }) => sum + overhead + length, overhead);
      if (queuedBytes > mostBytes) {
        throw new Refused("ERR the transaction is longer than cacheauth emulate keeps for a connection");
      }
      queue.push({ command, words: words.map((word) => word.slice()) });
    },
    fail() {
      if (isOpen) hasFailed = true;
    },
    close() {
      isOpen = false;
      hasFailed = false;
      queue = [];
      queuedBytes = 0;
      unwatch();
    },
    watch(keyspace, key) {
      if (watched.some((one) => one.keyspace === keyspace && one.key === key)) return;
      watchedBytes += overhead + key.length;
      if (watchedBytes > mostBytes) {
        throw new Refused("ERR this connection watches as many keys as cacheauth emulate keeps for one");
      }
      const release = keyspace.watch(key, () => {
        touched = true;
      });
      watched.push({ keyspace, key, release });
    },
    isTouched() {
      // A key that has expired is seen to be gone when it is looked for.
      for (const { keyspace, key } of watched) keyspace.get(key);
      return touched;
    },
    unwatch,
  };
}
