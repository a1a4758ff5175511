/** One connection to a hostile endpoint, as its script sees it. Runs on Node alone, inside hostile-server.ts. */
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

export interface Connection {
  /** What the client speaks through: the socket, or TLS on it. */
  readonly stream: Duplex;
  /** Resolves when the test says `release(stage)`. */
  gate(stage: string): Promise<void>;
  /** Tells the test what was seen; `saw` waits for it. */
  tell(event: string): void;
  write(text: string): void;
  /** A FIN, after what was written. */
  close(): void;
  /** A RST: whatever was written before and not read yet may be lost. */
  reset(): void;
}

export function connect(
  stream: Duplex,
  socket: Socket,
  gate: Connection["gate"],
  tell: Connection["tell"],
): Connection {
  return {
    stream,
    gate,
    tell,
    write: (text) => {
      if (stream.writable) stream.write(text, "latin1");
    },
    close: () => stream.end(),
    reset: () => socket.resetAndDestroy(),
  };
}

/** The commands of a client in the order sent, in arrays of bulk strings or in lines, as text of single bytes. */
export function onCommand(stream: Duplex, use: (words: readonly string[]) => void): void {
  let rest = "";
  stream.on("data", (bytes: Buffer) => {
    rest += bytes.toString("latin1");
    for (let found = firstCommand(rest); found; found = firstCommand(rest)) {
      rest = rest.slice(found.end);
      if (found.words.length > 0) use(found.words);
    }
  });
}

/** Null while it is not there as a whole. What is no command at all counts as a line. */
function firstCommand(text: string): { words: string[]; end: number } | null {
  const head = /^\*(\d+)\r\n/.exec(text);
  if (!head) {
    // The real one looks no further than a NUL, which is why TLS spoken to it gets no answer at all.
    const end = (/^[^\0\n]*\n/.exec(text)?.[0].length ?? 0) - 1;
    return end < 0 ? null : { words: text.slice(0, end).trim().split(/\s+/).filter(Boolean), end: end + 1 };
  }
  const words: string[] = [];
  let end = head[0].length;
  for (let count = Number(head[1]); count > 0; count -= 1) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(end, end + 20));
    if (!size) return null;
    const start = end + size[0].length;
    const length = Number(size[1]);
    if (text.length < start + length + 2) return null;
    words.push(text.slice(start, start + length));
    end = start + length + 2;
  }
  return { words, end };
}
