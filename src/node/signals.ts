import type { SignalName } from "../runtime.ts";

/** Those that the system lacks never come. */
export function listenTo<Name extends SignalName>(signals: readonly Name[], run: (signal: Name) => void): () => void {
  const ends: (() => void)[] = [];
  for (const signal of signals) {
    const listener = () => run(signal);
    try {
      process.on(signal, listener);
      ends.push(() => process.off(signal, listener));
    } catch {
      // This system has no such signal.
    }
  }
  return () => {
    for (const end of ends) end();
  };
}
