import type { Decision } from "./decision.ts";

/** Decisions in their order, kept until they are asked for. */
export interface DecisionQueue extends AsyncIterable<Decision> {
  push(decision: Decision): void;
  /** What is there is still given; then it ends. */
  end(): void;
}

/** How many wait at most: a test that asks for none must not fill the memory. The oldest go first. */
const mostWaiting = 10_000;

/** Whoever asks gets the next one: of two loops over it, each decision reaches one. */
export function createDecisionQueue(): DecisionQueue {
  const waiting: Decision[] = [];
  const asking: ((result: IteratorResult<Decision>) => void)[] = [];
  let ended = false;
  const done: IteratorResult<Decision> = { done: true, value: undefined };
  return {
    push(decision) {
      if (ended) return;
      const ask = asking.shift();
      if (ask) return ask({ done: false, value: decision });
      if (waiting.push(decision) > mostWaiting) waiting.shift();
    },
    end() {
      ended = true;
      for (const ask of asking.splice(0)) ask(done);
    },
    [Symbol.asyncIterator]: () => ({
      next() {
        const value = waiting.shift();
        if (value) return Promise.resolve({ done: false, value });
        if (ended) return Promise.resolve(done);
        return new Promise((resolve) => asking.push(resolve));
      },
      return: () => Promise.resolve(done),
    }),
  };
}
