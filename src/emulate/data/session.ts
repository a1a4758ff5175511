import type { Permissions } from "../../judge/access-string.ts";
import { error, type RespValue, simple } from "../../resp/value.ts";
import type { Command, SessionState, Words } from "./command.ts";
import { commands } from "./commands.ts";
import { findCommand, hasArity } from "./find-command.ts";
import type { Hub } from "./hub.ts";
import { refusedTo } from "./permission.ts";
import { redirection } from "./redirection.ts";
import { outOfMemory, Refused, wrongNumber } from "./refused.ts";
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
        findChecked(words);
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
      return connection.resp() === 2 && isSubscribed();
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
    const command = check(words);
    if (transaction.isOpen && !runsAtOnce.has(command.name)) {
      orFail(() => transaction.add(command, words));
      return [simple("QUEUED")];
    }
    const reply = execute(command, words);
    return Array.isArray(reply) ? reply : [reply as RespValue];
  }

  /** Finds the command and refuses it in the order in which redis-server 7.0 does: then nothing of a transaction will run. */
  function check(words: Words): Command {
    return orFail(() => {
      const command = findChecked(words);
      refuseWithoutPermission(command, words);
      const elsewhere = redirection(server, command, words, transaction.queue);
      if (elsewhere) {
        if (command.name === "exec") transaction.close();
        throw new Refused(elsewhere);
      }
      refuseWithoutMemory(command, words);
      if (connection.resp() === 2 && isSubscribed() && !inSubscribedMode.has(command.name)) {
        throw new Refused(
          `ERR Can't execute '${command.name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
        );
      }
      return command;
    });
  }

  function findChecked(words: Words): Command {
    const command = findCommand(commands, words);
    if (hasArity(command, words.length)) return command;
    if (command.name !== "exec") throw new Refused(wrongNumber(command.name));
    transaction.close();
    throw new Refused(`EXECABORT Transaction discarded because of: ${wrongNumber("exec").replace("ERR ", "")}`);
  }

  function refuseWithoutPermission(command: Command, words: Words): void {
    const permissions = options.permissions?.() ?? null;
    if (permissions === null) return;
    const [container = "", subcommand] = command.name.split("|");
    const parent = subcommand === undefined ? null : (commands.get(container) ?? null);
    const refusal = refusedTo(permissions, { command, parent, words });
    if (refusal === null) return;
    if (command.name !== "exec") throw new Refused(refusal);
    transaction.close();
    throw new Refused(`EXECABORT Transaction discarded because of: ${refusal}`);
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
      refuseWithoutMemory(command, words);
      if (!command.run) throw new Refused(wrongNumber(command.name));
      return command.run(words, state);
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      return refused.reply;
    }
  }

  /** The server looks at what is used; here what the command brings counts as well, so that one can not go far over it. */
  function refuseWithoutMemory({ flags }: Command, words: Words): void {
    if (!flags.includes("denyoom")) return;
    const brought = words.reduce((sum, { length }) => sum + length, 0);
    if (store.usedBytes + brought <= store.mostBytes) return;
    // What has expired unseen is no longer there.
    for (const keyspace of store.keyspaces) keyspace.count();
    if (store.usedBytes + brought > store.mostBytes) throw new Refused(outOfMemory);
  }

  function isSubscribed(): boolean {
    return (["channel", "pattern", "shard"] as const).some((kind) => subscriptions.count(kind) > 0);
  }
}

/** Not queued in a transaction. */
const runsAtOnce: ReadonlySet<string> = new Set(["multi", "exec", "discard", "watch", "quit", "reset"]);

const inSubscribedMode: ReadonlySet<string> = new Set([
  ..."subscribe psubscribe ssubscribe unsubscribe punsubscribe sunsubscribe ping quit reset".split(" "),
]);

const tooLong = error("ERR the reply is longer than cacheauth emulate sends; --upstream HOST:PORT has no such limit");

function fail(): never {
  throw new Error("a database was selected that is not there");
}
