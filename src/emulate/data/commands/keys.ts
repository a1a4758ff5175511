import { array, bulk, integer, type RespValue, simple } from "../../../resp/value.ts";
import { fromByteString, lowerCase, toByteString } from "../byte-string.ts";
import { type Command, type Run, type Words, word } from "../command.ts";
import { matchesGlob } from "../glob.ts";
import { needInteger } from "../numbers.ts";
import { Refused, syntaxError } from "../refused.ts";
import { keyAt, patternOf } from "../values.ts";

const one = [1, 1, 1] as const;
const all = [1, -1, 1] as const;
const summed = "request_policy:multi_shard response_policy:agg_sum";

/** How many of the keys that are named the test says yes to; one that is named twice counts twice. */
function countOf(words: Words, test: (key: string) => boolean): RespValue {
  return integer(words.slice(1).filter((key) => test(toByteString(key))).length);
}

const del: Run = (words, { keyspace }) => countOf(words, keyspace.remove);
const exists: Run = (words, { keyspace }) => countOf(words, (key) => keyspace.get(key) !== null);
const type: Run = (words, { keyspace }) => simple(keyspace.get(keyAt(words, 1))?.value.type ?? "none");

const keys: Run = (words, { keyspace }) => {
  const pattern = patternOf(word(words, 1));
  return array([...keyspace.keys()].filter((key) => matchesGlob(pattern, key)).map((key) => bulk(fromByteString(key))));
};

const scan: Run = (words, { keyspace }) => {
  const cursor = toByteString(word(words, 1));
  if (!/^\d{1,20}$/.test(cursor)) throw new Refused("ERR invalid cursor");
  let pattern = "*";
  let count = 10;
  let ofType: string | null = null;
  for (let place = 2; place < words.length; place += 2) {
    const value = words[place + 1];
    const option = lowerCase(word(words, place));
    if (option === "count" && value) count = countFrom(value);
    else if (option === "match" && value) pattern = patternOf(value);
    else if (option === "type" && value) ofType = lowerCase(value);
    else throw new Refused(syntaxError);
  }
  const { keys, next } = keyspace.scan(Number(cursor), count);
  const found = keys.filter((key) => {
    const entry = keyspace.get(key);
    return entry && matchesGlob(pattern, key) && (ofType === null || entry.value.type === ofType);
  });
  return array([bulk(String(next)), array(found.map((key) => bulk(fromByteString(key))))]);
};

function countFrom(value: Uint8Array): number {
  const count = needInteger(value);
  if (count < 1n) throw new Refused(syntaxError);
  return Number(count);
}

const dbsize: Run = (_, { keyspace }) => integer(keyspace.count().keys);

function checkFlush(words: Words): void {
  const option = words[1];
  if (!option) return;
  if (words.length > 2 || !["async", "sync"].includes(lowerCase(option))) throw new Refused(syntaxError);
}

const flushdb: Run = (words, { keyspace }) => {
  checkFlush(words);
  keyspace.clear();
  return simple("OK");
};

const flushall: Run = (words, { store }) => {
  checkFlush(words);
  for (const keyspace of store.keyspaces) keyspace.clear();
  return simple("OK");
};

const rename: Run = (words, { keyspace }) => {
  const [from, to] = [keyAt(words, 1), keyAt(words, 2)];
  const entry = keyspace.get(from);
  if (!entry) throw new Refused("ERR no such key");
  if (from === to) return simple("OK");
  keyspace.remove(from);
  keyspace.put(to, entry.value, entry.expiresAt);
  return simple("OK");
};

export const keyCommands: readonly Command[] = [
  { name: "del", arity: -2, flags: "write", categories: "keyspace", keys: all, tips: summed, run: del },
  { name: "unlink", arity: -2, flags: "write fast", categories: "keyspace", keys: all, tips: summed, run: del },
  { name: "exists", arity: -2, flags: "readonly fast", categories: "keyspace", keys: all, tips: summed, run: exists },
  { name: "touch", arity: -2, flags: "readonly fast", categories: "keyspace", keys: all, tips: summed, run: exists },
  { name: "type", arity: 2, flags: "readonly fast", categories: "keyspace", keys: one, run: type },
  { name: "rename", arity: 3, flags: "write", categories: "keyspace", keys: [1, 2, 1], run: rename },
  {
    name: "keys",
    arity: 2,
    flags: "readonly",
    categories: "keyspace dangerous",
    tips: "request_policy:all_shards nondeterministic_output_order",
    run: keys,
  },
  {
    name: "scan",
    arity: -2,
    flags: "readonly",
    categories: "keyspace",
    tips: "nondeterministic_output request_policy:special",
    run: scan,
  },
  {
    name: "dbsize",
    arity: 1,
    flags: "readonly fast",
    categories: "keyspace",
    tips: "request_policy:all_shards response_policy:agg_sum",
    run: dbsize,
  },
  {
    name: "flushdb",
    arity: -1,
    flags: "write",
    categories: "keyspace dangerous",
    tips: "request_policy:all_shards response_policy:all_succeeded",
    run: flushdb,
  },
  {
    name: "flushall",
    arity: -1,
    flags: "write",
    categories: "keyspace dangerous",
    tips: "request_policy:all_shards response_policy:all_succeeded",
    run: flushall,
  },
];
