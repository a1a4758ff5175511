import { toByteString } from "./byte-string.ts";
import { type Command, type Words, word } from "./command.ts";
import { nodeOfSlot, type ServerFacts } from "./server-facts.ts";
import { slotOf } from "./slots.ts";
import type { Queued } from "./transaction.ts";

/** The keys that a command's words name, as texts of one character a byte. */
export function keysOf({ keys }: Command, words: Words): string[] {
  if (!keys) return [];
  const [first, last, step] = keys;
  const end = last < 0 ? words.length + last : Math.min(last, words.length - 1);
  const found: string[] = [];
  for (let place = first; place <= end; place += step) found.push(toByteString(word(words, place)));
  return found;
}

/** In a cluster, what a client is told whose keys are another node's, or several nodes'; EXEC stands for all that is queued. */
export function redirection(
  { cluster }: ServerFacts,
  command: Command,
  words: Words,
  queue: readonly Queued[],
): string | null {
  if (!cluster) return null;
  const keys =
    command.name === "exec" ? queue.flatMap((one) => keysOf(one.command, one.words)) : keysOf(command, words);
  const [slot, ...others] = new Set(keys.map(slotOf));
  if (slot === undefined) return null;
  if (others.length > 0) return "CROSSSLOT Keys in request don't hash to the same slot";
  const node = nodeOfSlot(cluster, slot);
  return node === cluster.nodes[cluster.self] ? null : `MOVED ${slot} ${node.host}:${node.port}`;
}
