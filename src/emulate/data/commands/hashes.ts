import { array, bulk, integer, map, nothing } from "../../../resp/value.ts";
import { fromByteString, toByteString } from "../byte-string.ts";
import { type Command, type Run, word } from "../command.ts";
import { Refused, wrongNumber } from "../refused.ts";
import { overhead } from "../stored.ts";
import { keyAt, storedAt } from "../values.ts";

const one = [1, 1, 1] as const;

const hset: Run = (words, session) => {
  if (words.length % 2 === 1) throw new Refused(wrongNumber("hset"));
  const key = keyAt(words, 1);
  if (!storedAt(session, key, "hash")) session.keyspace.put(key, { type: "hash", fields: new Map() });
  const found = storedAt(session, key, "hash");
  if (!found) return integer(0);
  const { entry, value } = found;
  let [added, bytes] = [0, 0];
  for (let place = 2; place < words.length; place += 2) {
    const [field, content] = [toByteString(word(words, place)), word(words, place + 1)];
    const before = value.fields.get(field);
    if (before === undefined) added += 1;
    bytes += content.length - (before?.length ?? -overhead - field.length);
    value.fields.set(field, content.slice());
  }
  session.keyspace.changed(key, entry, bytes);
  return integer(added);
};

const hget: Run = (words, session) => {
  const content = storedAt(session, keyAt(words, 1), "hash")?.value.fields.get(keyAt(words, 2));
  return content ? bulk(content) : nothing;
};

const hmget: Run = (words, session) => {
  const fields = storedAt(session, keyAt(words, 1), "hash")?.value.fields;
  return array(
    words.slice(2).map((field) => {
      const content = fields?.get(toByteString(field));
      return content ? bulk(content) : nothing;
    }),
  );
};

const hgetall: Run = (words, session) => {
  const fields = storedAt(session, keyAt(words, 1), "hash")?.value.fields ?? [];
  return map([...fields].map(([field, content]) => [bulk(fromByteString(field)), bulk(content)]));
};

const hdel: Run = (words, session) => {
  const key = keyAt(words, 1);
  const found = storedAt(session, key, "hash");
  if (!found) return integer(0);
  let [removed, bytes] = [0, 0];
  for (const word of words.slice(2)) {
    const field = toByteString(word);
    const content = found.value.fields.get(field);
    if (!content) continue;
    found.value.fields.delete(field);
    removed += 1;
    bytes -= overhead + field.length + content.length;
  }
  if (removed > 0) session.keyspace.changed(key, found.entry, bytes);
  return integer(removed);
};

const hexists: Run = (words, session) =>
  integer(storedAt(session, keyAt(words, 1), "hash")?.value.fields.has(keyAt(words, 2)) ? 1 : 0);

const hlen: Run = (words, session) => integer(storedAt(session, keyAt(words, 1), "hash")?.value.fields.size ?? 0);

export const hashes: readonly Command[] = [
  { name: "hset", arity: -4, flags: "write denyoom fast", categories: "hash", keys: one, run: hset },
  { name: "hget", arity: 3, flags: "readonly fast", categories: "hash", keys: one, run: hget },
  { name: "hmget", arity: -3, flags: "readonly fast", categories: "hash", keys: one, run: hmget },
  {
    name: "hgetall",
    arity: 2,
    flags: "readonly",
    categories: "hash",
    keys: one,
    tips: "nondeterministic_output_order",
    run: hgetall,
  },
  { name: "hdel", arity: -3, flags: "write fast", categories: "hash", keys: one, run: hdel },
  { name: "hexists", arity: 3, flags: "readonly fast", categories: "hash", keys: one, run: hexists },
  { name: "hlen", arity: 2, flags: "readonly fast", categories: "hash", keys: one, run: hlen },
];
