import { array, bulk, integer, type RespValue, simple } from "../../resp/value.ts";
import type { Command } from "./command.ts";

/**
 * A command as COMMAND and COMMAND INFO describe it: https://redis.io/docs/latest/commands/command/. Cluster clients find by it where
 * the keys of a command are; the specifications of keys, which say it once more, are left empty.
 */
export function describe(command: Command): RespValue {
  const known = described.get(command) ?? describeOnce(command);
  described.set(command, known);
  return known;
}

/** Whoever asks a million times gets the same one. */
const described = new WeakMap<Command, RespValue>();

function describeOnce(command: Command): RespValue {
  const [first, last, step] = command.keys ?? [0, 0, 0];
  return array([
    bulk(command.name),
    integer(command.arity),
    setOf(wordsOf(command.flags).map(simple)),
    integer(first),
    integer(last),
    integer(step),
    setOf(categoriesOf(command).map((category) => simple(`@${category}`))),
    setOf(wordsOf(command.tips ?? "").map((tip) => bulk(tip))),
    setOf([]),
    array((command.subcommands ?? []).map(describe)),
  ]);
}

/** The categories of ACLs that it is in, without `@`. */
export function categoriesOf({ flags: flagWords, categories }: Command): string[] {
  const flags = wordsOf(flagWords);
  const found = new Set(wordsOf(categories));
  if (flags.includes("write")) found.add("write");
  if (flags.includes("readonly")) found.add("read");
  if (flags.includes("admin")) found.add("admin").add("dangerous");
  if (flags.includes("pubsub")) found.add("pubsub");
  return [...found.add(flags.includes("fast") ? "fast" : "slow")];
}

function wordsOf(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}

function setOf(items: readonly RespValue[]): RespValue {
  return { type: "set", items };
}
