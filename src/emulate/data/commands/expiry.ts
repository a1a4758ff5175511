import { integer } from "../../../resp/value.ts";
import { lowerCase, toByteString } from "../byte-string.ts";
import { type Command, type Run, type Words, word } from "../command.ts";
import { int64Max, int64Min, needInteger } from "../numbers.ts";
import { Refused } from "../refused.ts";
import type { Entry } from "../stored.ts";
import { keyAt } from "../values.ts";

const one = [1, 1, 1] as const;

/** `ms` in the unit; counted from now, or from 1970. */
function expiring(name: string, ms: bigint, isFromNow: boolean): Run {
  return (words, { keyspace, store }) => {
    const conditions = conditionsFrom(words);
    const amount = needInteger(word(words, 2));
    const now = BigInt(Math.floor(store.nowMs()));
    const at = amount * ms + (isFromNow ? now : 0n);
    if (amount * ms < int64Min || amount * ms > int64Max || at > int64Max) {
      throw new Refused(`ERR invalid expire time in '${name}' command`);
    }
    const key = keyAt(words, 1);
    const entry = keyspace.get(key);
    if (!entry || !holds(conditions, entry, Number(at))) return integer(0);
    if (at <= now) keyspace.remove(key);
    else keyspace.put(key, entry.value, Number(at));
    return integer(1);
  };
}

function conditionsFrom(words: Words): ReadonlySet<string> {
  const found = new Set<string>();
  for (const option of words.slice(3)) {
    const name = lowerCase(option);
    if (!["nx", "xx", "gt", "lt"].includes(name)) throw new Refused(`ERR Unsupported option ${toByteString(option)}`);
    found.add(name);
  }
  if (found.has("nx") && found.size > 1) {
    throw new Refused("ERR NX and XX, GT or LT options at the same time are not compatible");
  }
  if (found.has("gt") && found.has("lt")) {
    throw new Refused("ERR GT and LT options at the same time are not compatible");
  }
  return found;
}

/** What never expires counts as later than every time. */
function holds(conditions: ReadonlySet<string>, { expiresAt }: Entry, at: number): boolean {
  if (conditions.has("nx") && expiresAt !== null) return false;
  if (conditions.has("xx") && expiresAt === null) return false;
  if (conditions.has("gt") && at <= (expiresAt ?? Number.POSITIVE_INFINITY)) return false;
  return !(conditions.has("lt") && at >= (expiresAt ?? Number.POSITIVE_INFINITY));
}

/** -2 where there is no key, -1 where it does not expire. */
function expiryOf(read: (expiresAt: number, nowMs: number) => number): Run {
  return (words, { keyspace, store }) => {
    const entry = keyspace.get(keyAt(words, 1));
    if (!entry) return integer(-2);
    return integer(entry.expiresAt === null ? -1 : Math.floor(read(entry.expiresAt, store.nowMs())));
  };
}

const persist: Run = (words, { keyspace }) => {
  const key = keyAt(words, 1);
  const entry = keyspace.get(key);
  if (!entry || entry.expiresAt === null) return integer(0);
  keyspace.put(key, entry.value);
  return integer(1);
};

function setting(name: string, run: Run): Command {
  return { name, arity: -3, flags: "write fast", categories: "keyspace", keys: one, run };
}

function reading(name: string, run: Run, tips?: string): Command {
  return { name, arity: 2, flags: "readonly fast", categories: "keyspace", keys: one, run, ...(tips && { tips }) };
}

export const expiry: readonly Command[] = [
  setting("expire", expiring("expire", 1000n, true)),
  setting("pexpire", expiring("pexpire", 1n, true)),
  setting("expireat", expiring("expireat", 1000n, false)),
  setting("pexpireat", expiring("pexpireat", 1n, false)),
  // The server rounds to the nearest second.
  reading(
    "ttl",
    expiryOf((at, now) => (at - now + 500) / 1000),
    "nondeterministic_output",
  ),
  reading(
    "pttl",
    expiryOf((at, now) => at - now),
    "nondeterministic_output",
  ),
  reading(
    "expiretime",
    expiryOf((at) => (at + 500) / 1000),
  ),
  reading(
    "pexpiretime",
    expiryOf((at) => at),
  ),
  { name: "persist", arity: 2, flags: "write fast", categories: "keyspace", keys: one, run: persist },
];
