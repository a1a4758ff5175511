/** Who is told of what, by the name of the event. */
export interface Listeners<Events> {
  /** What it returns ends that. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void;
  tell<Name extends keyof Events>(name: Name, event: Events[Name]): void;
}

/** A listener that throws stops neither the others nor whoever tells: what it throws is an uncaught error of its own. */
export function createListeners<Events>(): Listeners<Events> {
  const all = new Map<keyof Events, Set<(event: never) => void>>();
  return {
    on(name, listener) {
      const listeners = all.get(name) ?? new Set();
      all.set(name, listeners);
      // Its own: the same function may listen twice.
      const own = (event: Parameters<typeof listener>[0]) => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    tell(name, event) {
      for (const listener of [...(all.get(name) ?? [])]) {
        try {
          (listener as (event: unknown) => void)(event);
        } catch (error) {
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
