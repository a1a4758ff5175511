/** Lines that are written one after the other, while whoever has them goes on. */
export interface Log {
  add(write: () => Promise<void>): void;
  /** Resolves when all is written. */
  written(): Promise<void>;
}

/**
 * At most so many lines wait for a reader that does not read; what is more is left out, and counted as soon as there is
 * room again.
 */
export function createLog(most: number, leftOut: (count: number) => Promise<void>): Log {
  const waiting: (() => Promise<void>)[] = [];
  let lost = 0;
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    for (let write = waiting.shift(); write; write = waiting.shift()) {
      await write();
      if (lost === 0) continue;
      const count = lost;
      lost = 0;
      await leftOut(count);
    }
    writing = null;
  }

  return {
    add(write) {
      if (waiting.length >= most) lost += 1;
      else waiting.push(write);
      writing ??= writeAll();
    },
    written: () => writing ?? Promise.resolve(),
  };
}
