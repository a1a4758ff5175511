import { bulk, integer } from "../../../resp/value.ts";
import { fromByteString, toByteString } from "../byte-string.ts";
import type { Command, Run } from "../command.ts";
import { overhead } from "../stored.ts";
import { keyAt, storedAt } from "../values.ts";

const one = [1, 1, 1] as const;

const sadd: Run = (words, session) => {
  const key = keyAt(words, 1);
  if (!storedAt(session, key, "set")) session.keyspace.put(key, { type: "set", members: new Set() });
  const found = storedAt(session, key, "set");
  if (!found) return integer(0);
  const { members } = found.value;
  const before = members.size;
  let bytes = 0;
  for (const word of words.slice(2)) {
    const member = toByteString(word);
    if (!members.has(member)) bytes += overhead + member.length;
    members.add(member);
  }
  if (bytes > 0) session.keyspace.changed(key, found.entry, bytes);
  return integer(members.size - before);
};

const srem: Run = (words, session) => {
  const key = keyAt(words, 1);
  const found = storedAt(session, key, "set");
  if (!found) return integer(0);
  const removed = words
    .slice(2)
    .map(toByteString)
    .filter((member) => found.value.members.delete(member));
  const bytes = removed.reduce((sum, { length }) => sum + overhead + length, 0);
  if (removed.length > 0) session.keyspace.changed(key, found.entry, -bytes);
  return integer(removed.length);
};

const smembers: Run = (words, session) => {
  const members = storedAt(session, keyAt(words, 1), "set")?.value.members ?? [];
  return { type: "set", items: [...members].map((member) => bulk(fromByteString(member))) };
};

const sismember: Run = (words, session) =>
  integer(storedAt(session, keyAt(words, 1), "set")?.value.members.has(keyAt(words, 2)) ? 1 : 0);

const scard: Run = (words, session) => integer(storedAt(session, keyAt(words, 1), "set")?.value.members.size ?? 0);

export const sets: readonly Command[] = [
  { name: "sadd", arity: -3, flags: "write denyoom fast", categories: "set", keys: one, run: sadd },
  { name: "srem", arity: -3, flags: "write fast", categories: "set", keys: one, run: srem },
  {
    name: "smembers",
    arity: 2,
    flags: "readonly",
    categories: "set",
    keys: one,
    tips: "nondeterministic_output_order",
    run: smembers,
  },
  { name: "sismember", arity: 3, flags: "readonly fast", categories: "set", keys: one, run: sismember },
  { name: "scard", arity: 2, flags: "readonly fast", categories: "set", keys: one, run: scard },
];
