import type { RespValue } from "../../resp/value.ts";
import type { Hub } from "./hub.ts";
import type { Keyspace } from "./keyspace.ts";
import type { ConnectionFacts, ServerFacts } from "./server-facts.ts";
import type { Store } from "./store.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { Transaction } from "./transaction.ts";

/** A command as COMMAND INFO describes it, and what it does. */
export interface Command {
  /** In lower case. */
  readonly name: string;
  /** How many words, its own included; negative where that is the least. */
  readonly arity: number;
  /** The server's words: `readonly fast`. */
  readonly flags: string;
  /** Categories of ACLs that do not follow from the flags: `string`. */
  readonly categories: string;
  /** Where its keys are: the first, the last (counted from the end where negative), and the step between them. */
  readonly keys?: readonly [number, number, number];
  /** What proxies and cluster clients are advised: `request_policy:all_shards`. */
  readonly tips?: string;
  /** Its second word is one of these. */
  readonly subcommands?: readonly Command[];
  /** What has subcommands alone does nothing by itself. */
  readonly run?: Run;
}

/**
 * The words are the client's, as many as the arity says; they are not to be kept, for they may be views. A list of values
 * is as many replies. Throws Refused with an error for the client.
 */
export type Run = (words: Words, session: SessionState) => RespValue | readonly RespValue[];

/** The first is the command's name: it is never without one. */
export type Words = readonly Uint8Array[];

/** What commands know of the connection they run for. */
export interface SessionState {
  readonly store: Store;
  readonly hub: Hub;
  readonly server: ServerFacts;
  readonly connection: ConnectionFacts;
  /** The selected one. */
  readonly keyspace: Keyspace;
  keyspaceNumber: number;
  readonly subscriptions: Subscriptions;
  readonly transaction: Transaction;
  /** The commands there are, for COMMAND. */
  readonly commands: ReadonlyMap<string, Command>;
  /** What all that one command is answered may be at most, as replyBytes counts. */
  readonly mostReplyBytes: number;
  /** Runs a command that was queued; a list is as many replies. */
  execute(command: Command, words: Words): RespValue | readonly RespValue[];
}

/** A word that the arity promises. */
export function word(words: Words, place: number): Uint8Array {
  const found = words[place];
  if (!found) throw new Error(`a command was run without its word ${place}`);
  return found;
}
