import { array, nothingOfMany, type RespValue, simple } from "../../../resp/value.ts";
import { toByteString } from "../byte-string.ts";
import type { Command, Run, SessionState } from "../command.ts";
import { Refused } from "../refused.ts";
import { replyBytes } from "../reply-bytes.ts";
import type { Queued } from "../transaction.ts";

const multi: Run = (_, { transaction }) => {
  if (transaction.isOpen) throw new Refused("ERR MULTI calls can not be nested");
  transaction.open();
  return simple("OK");
};

const exec: Run = (_, session) => {
  const { transaction } = session;
  if (!transaction.isOpen) throw new Refused("ERR EXEC without MULTI");
  const { hasFailed, queue } = transaction;
  const isTouched = !hasFailed && transaction.isTouched();
  transaction.close();
  if (hasFailed) throw new Refused("EXECABORT Transaction discarded because of previous errors.");
  if (isTouched) return nothingOfMany;
  return array(runAll(queue, session));
};

/** All are run, but what can not be sent in the end is not kept. */
function runAll(queue: readonly Queued[], session: SessionState): RespValue[] {
  const replies: RespValue[] = [];
  let bytes = 0;
  for (const { command, words } of queue) {
    const said = [session.execute(command, words)].flat();
    if (bytes > session.mostReplyBytes) continue;
    for (const reply of said) bytes += replyBytes(reply);
    replies.push(...said);
  }
  return replies;
}

const discard: Run = (_, { transaction }) => {
  if (!transaction.isOpen) throw new Refused("ERR DISCARD without MULTI");
  transaction.close();
  return simple("OK");
};

const watch: Run = (words, { transaction, keyspace }) => {
  if (transaction.isOpen) throw new Refused("ERR WATCH inside MULTI is not allowed");
  for (const key of words.slice(1)) transaction.watch(keyspace, toByteString(key));
  return simple("OK");
};

const unwatch: Run = (_, { transaction }) => {
  transaction.unwatch();
  return simple("OK");
};

const quick = "noscript loading stale fast allow_busy";

export const transactions: readonly Command[] = [
  { name: "multi", arity: 1, flags: quick, categories: "transaction", run: multi },
  { name: "exec", arity: 1, flags: "noscript loading stale skip_slowlog", categories: "transaction", run: exec },
  { name: "discard", arity: 1, flags: quick, categories: "transaction", run: discard },
  { name: "watch", arity: -2, flags: quick, categories: "transaction", keys: [1, -1, 1], run: watch },
  { name: "unwatch", arity: 1, flags: quick, categories: "transaction", run: unwatch },
];
