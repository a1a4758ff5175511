import { joinBytes } from "../resp/join-bytes.ts";
import type { Connection } from "../runtime.ts";

/** What is on its way to one client. It is sent in order, and a client that does not read is not waited for by others. */
export interface Outbox {
  send(bytes: Uint8Array): void;
  /** Resolves when little is left to be sent, or the client is gone: whoever makes more should wait for it. */
  room(): Promise<void>;
  /** Resolves when all is sent, or the client is gone. */
  flushed(): Promise<void>;
  readonly gone: boolean;
}

/** What may wait before whoever makes more is held back. */
const little = 65_536;

/** `onOverflow` is called once, when more than `most` bytes wait: the client does not read what it gets unasked. */
export function createOutbox(connection: Connection, most: number, onOverflow: () => void): Outbox {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let sending = false;
  let gone = false;
  let sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  function wake(): void {
    const left = gone ? 0 : waitingBytes;
    const ready = sleepers.filter(({ until }) => left <= until);
    sleepers = sleepers.filter(({ until }) => left > until);
    for (const sleeper of ready) sleeper.wake();
  }

  async function sendAll(): Promise<void> {
    sending = true;
    try {
      while (waiting.length > 0 && !gone) {
        const bytes = joinBytes(waiting);
        waiting = [];
        await connection.write(bytes);
        waitingBytes -= bytes.length;
        wake();
      }
    } catch {
      gone = true;
      wake();
    }
    sending = false;
  }

  function until(most: number): Promise<void> {
    if (gone || waitingBytes <= most) return Promise.resolve();
    return new Promise((resolve) => sleepers.push({ until: most, wake: resolve }));
  }

  return {
    send(bytes) {
      if (gone || bytes.length === 0) return;
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes > most) {
        gone = true;
        waiting = [];
        onOverflow();
        wake();
        return;
      }
      // Not at once: the replies to a pipeline go in one piece.
      if (!sending) {
        sending = true;
        queueMicrotask(sendAll);
      }
    },
    room: () => until(little),
    flushed: () => until(0),
    get gone() {
      return gone;
    },
  };
}
