import type { Permissions } from "../../judge/access-string.ts";
import { error, type RespValue, simple } from "../../resp/value.ts";
import type { Command, SessionState, Words } from "./command.ts";
import { commands } from "./commands.ts";
import type { Hub } from "./hub.ts";
import { allowedCommand, isSubscribed, knownCommand, refuseWithoutMemory } from "./refusals.ts";
import { Refused, wrongNumber } from "./refused.ts";
import { replyBytes } from "./reply-bytes.ts";
import { type ConnectionFacts, nodeNumber, type ServerFacts } from "./server-facts.ts";
import type { Store } from "./store.ts";
import { createSubscriptions } from "./subscriptions.ts";
import { createTransaction } from "./transaction.ts";

export interface DataSession {
  /**
   * Answers one command, mostly by one reply; SUBSCRIBE gives one a channel. The words may be views: what is kept of them is
   * copied. AUTH, HELLO, QUIT and RESET are the connection's own to answer before it comes to this; but what of AUTH and
   * HELLO comes while `inTransaction` belongs here, is queued, and is an error at EXEC.
   */
  run(words: Words): readonly RespValue[];
  /** What the server says before it looks at who asks: no such command, or another number of words. Null if nothing. */
  refusalBeforeLogin(words: Words): RespValue | null;
  readonly inTransaction: boolean;
  /** The client speaks RESP2 and listens to something: AUTH and HELLO are refused then, which is done here. */
  readonly isSubscribedOnly: boolean;
  /** All that RESET takes back but the login and the version of RESP. */
  reset(): void;
  /** The client has gone. */
  close(): void;
}

export interface DataSessionOptions {
  readonly store: Store;
  readonly hub: Hub;
  readonly server: ServerFacts;
  readonly connection: ConnectionFacts;
  /** What whoever is at it may do; null for all. */
  permissions?(): readonly Permissions[] | null;
  /** What is not a reply: messages of channels that the client listens to. */
  send(message: RespValue): void;
  /** What is kept of one connection's subscriptions, and of its transaction. */
  readonly mostKeptBytes?: number;
  /** What one reply may be: a list of a thousand times the same long value takes a thousand times its length. */
  readonly mostReplyBytes?: number;
}

export function createDataSession(options: DataSessionOptions): DataSession {
  const { store, hub, server, connection, send } = options;
  const { mostKeptBytes = 16 << 20, mostReplyBytes = 64 << 20 } = options;
  const transaction = createTransaction(mostKeptBytes);
  const subscriber = { node: nodeNumber(server), receive: send };
  const subscriptions = createSubscriptions(hub, subscriber, mostKeptBytes);
  const state: SessionState = {
    store,
    hub,
    server,
    connection,
    commands,
    transaction,
    subscriptions,
    mostReplyBytes,
    keyspaceNumber: 0,
    get keyspace() {
      return store.keyspaces[this.keyspaceNumber] ?? fail();
    },
    execute,
  };

  return {
    run(words) {
      try {
        const replies = answer(words);
        return replies.reduce((sum, reply) => sum + replyBytes(reply), 0) > mostReplyBytes ? [tooLong] : replies;
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        return [refused.reply];
      }
    },
    refusalBeforeLogin(words) {
      try {
        knownCommand(words, state);
        return null;
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        return refused.reply;
      }
    },
    get inTransaction() {
      return transaction.isOpen;
    },
    get isSubscribedOnly() {
      return connection.resp() === 2 && isSubscribed(state);
    },
    reset() {
      transaction.close();
      subscriptions.clear();
      state.keyspaceNumber = 0;
      connection.name = "";
    },
    close() {
      transaction.close();
      subscriptions.clear();
    },
  };

  function answer(words: Words): readonly RespValue[] {
    // What is refused while a transaction is open lets nothing of it run.
    const command = orFail(() => allowedCommand(words, state, options.permissions?.() ?? null));
    if (transaction.isOpen && !runsAtOnce.has(command.name)) {
      orFail(() => transaction.add(command, words));
      return [simple("QUEUED")];
    }
    const reply = execute(command, words);
    return Array.isArray(reply) ? reply : [reply as RespValue];
  }

  function orFail<T>(attempt: () => T): T {
    try {
      return attempt();
    } catch (refused) {
      transaction.fail();
      throw refused;
    }
  }

  function execute(command: Command, words: Words): RespValue | readonly RespValue[] {
    try {
      refuseWithoutMemory(command, words, store);
      if (!command.run) throw new Refused(wrongNumber(command.name));
      return command.run(words, state);
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      return refused.reply;
    }
  }
}

/** Not queued in a transaction. */
const runsAtOnce: ReadonlySet<string> = new Set(["multi", "exec", "discard", "watch", "quit", "reset"]);

const tooLong = error("ERR the reply is longer than cacheauth emulate sends; --upstream HOST:PORT has no such limit");

function fail(): never {
  throw new Error("a database was selected that is not there");
}
