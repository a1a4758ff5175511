/** What a command is refused for before it is run, in the order in which redis-server 7.0 looks. Each throws Refused. */
import type { Permissions } from "../../judge/access-string.ts";
import type { Command, SessionState, Words } from "./command.ts";
import { findCommand, hasArity } from "./find-command.ts";
import { refusedTo } from "./permission.ts";
import { redirection } from "./redirection.ts";
import { outOfMemory, Refused, wrongNumber } from "./refused.ts";
import type { Store } from "./store.ts";

/** Finds the command that may run now; `permissions` are those of whoever is at it, null for all. */
export function allowedCommand(
  words: Words,
  session: SessionState,
  permissions: readonly Permissions[] | null,
): Command {
  const { server, transaction, store, connection } = session;
  const command = knownCommand(words, session);
  refuseWithoutPermission(command, words, session, permissions);
  const elsewhere = redirection(server, command, words, transaction.queue);
  if (elsewhere) {
    if (command.name === "exec") transaction.close();
    throw new Refused(elsewhere);
  }
  refuseWithoutMemory(command, words, store);
  if (connection.resp() === 2 && isSubscribed(session) && !inSubscribedMode.has(command.name)) {
    throw new Refused(
      `ERR Can't execute '${command.name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
    );
  }
  return command;
}

/** Finds the command, with as many words as it takes. */
export function knownCommand(words: Words, { commands, transaction }: SessionState): Command {
  const command = findCommand(commands, words);
  if (hasArity(command, words.length)) return command;
  if (command.name !== "exec") throw new Refused(wrongNumber(command.name));
  transaction.close();
  throw new Refused(`EXECABORT Transaction discarded because of: ${wrongNumber("exec").replace("ERR ", "")}`);
}

/** The server looks at what is used; here what the command brings counts as well, so that one can not go far over it. */
export function refuseWithoutMemory({ flags }: Command, words: Words, store: Store): void {
  if (!flags.includes("denyoom")) return;
  const brought = words.reduce((sum, { length }) => sum + length, 0);
  if (store.usedBytes + brought <= store.mostBytes) return;
  // What has expired unseen is no longer there.
  for (const keyspace of store.keyspaces) keyspace.count();
  if (store.usedBytes + brought > store.mostBytes) throw new Refused(outOfMemory);
}

/** Whether it listens to anything. */
export function isSubscribed({ subscriptions }: SessionState): boolean {
  return (["channel", "pattern", "shard"] as const).some((kind) => subscriptions.count(kind) > 0);
}

function refuseWithoutPermission(
  command: Command,
  words: Words,
  { commands, transaction }: SessionState,
  permissions: readonly Permissions[] | null,
): void {
  if (permissions === null) return;
  const [container = "", subcommand] = command.name.split("|");
  const parent = subcommand === undefined ? null : (commands.get(container) ?? null);
  const refusal = refusedTo(permissions, { command, parent, words });
  if (refusal === null) return;
  if (command.name !== "exec") throw new Refused(refusal);
  transaction.close();
  throw new Refused(`EXECABORT Transaction discarded because of: ${refusal}`);
}

const inSubscribedMode: ReadonlySet<string> = new Set([
  ..."subscribe psubscribe ssubscribe unsubscribe punsubscribe sunsubscribe ping quit reset".split(" "),
]);
