import { array, bulk, integer, nothing, type RespValue, simple } from "../../../resp/value.ts";
import { fromByteString } from "../byte-string.ts";
import { type Command, type Run, type SessionState, type Words, word } from "../command.ts";
import { int64Min, isInt64, needInteger } from "../numbers.ts";
import { Refused, wrongNumber } from "../refused.ts";
import { keyAt, storedAt } from "../values.ts";
import { getex, psetex, set, setex } from "./set.ts";

const one = [1, 1, 1] as const;
const text = (bytes: Uint8Array) => ({ type: "string", bytes: bytes.slice() }) as const;

function bytesAt(session: SessionState, key: string): Uint8Array | null {
  return storedAt(session, key, "string")?.value.bytes ?? null;
}

const get: Run = (words, session) => {
  const bytes = bytesAt(session, keyAt(words, 1));
  return bytes ? bulk(bytes) : nothing;
};

const getdel: Run = (words, session) => {
  const reply = get(words, session);
  session.keyspace.remove(keyAt(words, 1));
  return reply as RespValue;
};

const getset: Run = (words, session) => {
  const reply = get(words, session);
  session.keyspace.put(keyAt(words, 1), text(word(words, 2)));
  return reply;
};

const setnx: Run = (words, { keyspace }) => {
  if (keyspace.get(keyAt(words, 1))) return integer(0);
  keyspace.put(keyAt(words, 1), text(word(words, 2)));
  return integer(1);
};

const mget: Run = (words, { keyspace }) =>
  // What is no string is as if it were not there.
  array(
    words.slice(1).map((_, place) => {
      const value = keyspace.get(keyAt(words, place + 1))?.value;
      return value?.type === "string" ? bulk(value.bytes) : nothing;
    }),
  );

function pairs(words: Words, name: string): [string, Uint8Array][] {
  if (words.length % 2 === 0) throw new Refused(wrongNumber(name));
  const found: [string, Uint8Array][] = [];
  for (let place = 1; place < words.length; place += 2) found.push([keyAt(words, place), word(words, place + 1)]);
  return found;
}

const mset: Run = (words, { keyspace }) => {
  for (const [key, value] of pairs(words, "mset")) keyspace.put(key, text(value));
  return simple("OK");
};

const msetnx: Run = (words, { keyspace }) => {
  const all = pairs(words, "msetnx");
  if (all.some(([key]) => keyspace.get(key))) return integer(0);
  for (const [key, value] of all) keyspace.put(key, text(value));
  return integer(1);
};

/** As long as the server lets a string become. */
const longest = 512 << 20;

const append: Run = (words, session) => {
  const key = keyAt(words, 1);
  const found = storedAt(session, key, "string");
  const added = word(words, 2);
  const before = found?.value.bytes ?? new Uint8Array();
  if (before.length + added.length > longest) {
    throw new Refused("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
  }
  const bytes = new Uint8Array(before.length + added.length);
  bytes.set(before);
  bytes.set(added, before.length);
  session.keyspace.put(key, { type: "string", bytes }, found?.entry.expiresAt ?? null);
  return integer(bytes.length);
};

const strlen: Run = (words, session) => integer(bytesAt(session, keyAt(words, 1))?.length ?? 0);

const getrange: Run = (words, session) => {
  const [start, end] = [needInteger(word(words, 2)), needInteger(word(words, 3))];
  const bytes = bytesAt(session, keyAt(words, 1)) ?? new Uint8Array();
  const from = placeFromEnd(start, bytes.length);
  return bulk(bytes.subarray(from, Math.max(from, placeFromEnd(end, bytes.length) + 1)));
};

/** A place that counts from the end where it is negative, and not before the beginning. */
function placeFromEnd(place: bigint, length: number): number {
  return Math.max(0, Number(place < 0n ? place + BigInt(length) : place));
}

function add(words: Words, session: SessionState, change: bigint): RespValue {
  const key = keyAt(words, 1);
  const found = storedAt(session, key, "string");
  const value = (found ? needInteger(found.value.bytes) : 0n) + change;
  if (!isInt64(value)) throw new Refused("ERR increment or decrement would overflow");
  session.keyspace.put(key, { type: "string", bytes: fromByteString(String(value)) }, found?.entry.expiresAt ?? null);
  return integer(value);
}

const incrby: Run = (words, session) => add(words, session, needInteger(word(words, 2)));

const decrby: Run = (words, session) => {
  const change = needInteger(word(words, 2));
  if (change === int64Min) throw new Refused("ERR decrement would overflow");
  return add(words, session, -change);
};

export const strings: readonly Command[] = [
  { name: "get", arity: 2, flags: "readonly fast", categories: "string", keys: one, run: get },
  { name: "set", arity: -3, flags: "write denyoom", categories: "string", keys: one, run: set },
  { name: "setex", arity: 4, flags: "write denyoom", categories: "string", keys: one, run: setex },
  { name: "psetex", arity: 4, flags: "write denyoom", categories: "string", keys: one, run: psetex },
  { name: "setnx", arity: 3, flags: "write denyoom fast", categories: "string", keys: one, run: setnx },
  { name: "getset", arity: 3, flags: "write denyoom fast", categories: "string", keys: one, run: getset },
  { name: "getdel", arity: 2, flags: "write fast", categories: "string", keys: one, run: getdel },
  { name: "getex", arity: -2, flags: "write fast", categories: "string", keys: one, run: getex },
  {
    name: "mget",
    arity: -2,
    flags: "readonly fast",
    categories: "string",
    keys: [1, -1, 1],
    tips: "request_policy:multi_shard",
    run: mget,
  },
  {
    name: "mset",
    arity: -3,
    flags: "write denyoom",
    categories: "string",
    keys: [1, -1, 2],
    tips: "request_policy:multi_shard response_policy:all_succeeded",
    run: mset,
  },
  {
    name: "msetnx",
    arity: -3,
    flags: "write denyoom",
    categories: "string",
    keys: [1, -1, 2],
    tips: "request_policy:multi_shard response_policy:agg_min",
    run: msetnx,
  },
  { name: "append", arity: 3, flags: "write denyoom fast", categories: "string", keys: one, run: append },
  { name: "strlen", arity: 2, flags: "readonly fast", categories: "string", keys: one, run: strlen },
  { name: "getrange", arity: 4, flags: "readonly", categories: "string", keys: one, run: getrange },
  {
    name: "incr",
    arity: 2,
    flags: "write denyoom fast",
    categories: "string",
    keys: one,
    run: (words, session) => add(words, session, 1n),
  },
  {
    name: "decr",
    arity: 2,
    flags: "write denyoom fast",
    categories: "string",
    keys: one,
    run: (words, session) => add(words, session, -1n),
  },
  { name: "incrby", arity: 3, flags: "write denyoom fast", categories: "string", keys: one, run: incrby },
  { name: "decrby", arity: 3, flags: "write denyoom fast", categories: "string", keys: one, run: decrby },
];
