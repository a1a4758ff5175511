import type { Step } from "./step.ts";

/**
 * Users, groups and caches of one engine alone go together; else AWS refuses, after half of it was made. Older command lines do
 * not tell an engine.
 */
export function engineCheck(what: string, ask: string, engine: string): Step["checks"][number] {
  return {
    ask,
    good: [engine, "None"],
    changeable: [],
    change: null,
    otherwise: `${what} has the engine $answer: run cacheauth setup with --engine $answer`,
  };
}
