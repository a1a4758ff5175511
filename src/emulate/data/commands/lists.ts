import { array, bulk, integer, nothing, nothingOfMany } from "../../../resp/value.ts";
import { type Command, type Run, word } from "../command.ts";
import { int64Of, needInteger } from "../numbers.ts";
import { Refused, wrongNumber } from "../refused.ts";
import { overhead } from "../stored.ts";
import { keyAt, storedAt } from "../values.ts";

const one = [1, 1, 1] as const;

type End = "left" | "right";

function pushing(end: End): Run {
  return (words, session) => {
    const key = keyAt(words, 1);
    if (!storedAt(session, key, "list")) session.keyspace.put(key, { type: "list", items: [] });
    const found = storedAt(session, key, "list");
    if (!found) return integer(0);
    const { items } = found.value;
    const added = words.slice(2).map((item) => item.slice());
    for (let place = 0; place < added.length; place += 1_000) {
      const some = added.slice(place, place + 1_000);
      // Many at once: each time, what is there already has to move. The last of them comes to stand first.
      if (end === "left") items.unshift(...some.reverse());
      else items.push(...some);
    }
    const bytes = added.reduce((sum, { length }) => sum + overhead + length, 0);
    session.keyspace.changed(key, found.entry, bytes);
    return integer(items.length);
  };
}

function popping(end: End): Run {
  return (words, session) => {
    const key = keyAt(words, 1);
    const asked = words[2];
    if (words.length > 3) throw new Refused(wrongNumber(end === "left" ? "lpop" : "rpop"));
    const count = asked ? countFrom(asked) : 1;
    const found = storedAt(session, key, "list");
    if (!found) return asked ? nothingOfMany : nothing;
    const { items } = found.value;
    const most = Math.min(count, items.length);
    const popped = end === "left" ? items.splice(0, most) : items.splice(items.length - most, most).reverse();
    const bytes = popped.reduce((sum, { length }) => sum + overhead + length, 0);
    if (most > 0) session.keyspace.changed(key, found.entry, -bytes);
    const replies = popped.map(bulk);
    return asked ? array(replies) : (replies[0] ?? nothing);
  };
}

function countFrom(word: Uint8Array): number {
  const count = int64Of(word);
  if (count === null || count < 0n) throw new Refused("ERR value is out of range, must be positive");
  return Number(count);
}

const llen: Run = (words, session) => integer(storedAt(session, keyAt(words, 1), "list")?.value.items.length ?? 0);

const lrange: Run = (words, session) => {
  const [first, last] = [needInteger(word(words, 2)), needInteger(word(words, 3))].map(Number) as [number, number];
  const items = storedAt(session, keyAt(words, 1), "list")?.value.items ?? [];
  const from = Math.max(0, first < 0 ? first + items.length : first);
  const to = last < 0 ? last + items.length : last;
  return array(items.slice(from, Math.max(from, to + 1)).map(bulk));
};

export const lists: readonly Command[] = [
  { name: "lpush", arity: -3, flags: "write denyoom fast", categories: "list", keys: one, run: pushing("left") },
  { name: "rpush", arity: -3, flags: "write denyoom fast", categories: "list", keys: one, run: pushing("right") },
  { name: "lpop", arity: -2, flags: "write fast", categories: "list", keys: one, run: popping("left") },
  { name: "rpop", arity: -2, flags: "write fast", categories: "list", keys: one, run: popping("right") },
  { name: "llen", arity: 2, flags: "readonly fast", categories: "list", keys: one, run: llen },
  { name: "lrange", arity: 4, flags: "readonly", categories: "list", keys: one, run: lrange },
];
