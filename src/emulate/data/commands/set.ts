import { bulk, nothing, type RespValue, simple } from "../../../resp/value.ts";
import { lowerCase } from "../byte-string.ts";
import { type Run, type Words, word } from "../command.ts";
import { int64Max, needInteger } from "../numbers.ts";
import { Refused, syntaxError } from "../refused.ts";
import { keyAt, storedAt } from "../values.ts";

/** SET, SETEX, PSETEX and GETEX: what they share is the time at which a key expires, said in four ways. */

/** Milliseconds in the unit, and whether it is counted from now. */
const units = {
  ex: [1000n, true],
  px: [1n, true],
  exat: [1000n, false],
  pxat: [1n, false],
} as const;

interface Options {
  readonly words: ReadonlySet<string>;
  readonly expiry: { readonly unit: keyof typeof units; readonly amount: Uint8Array } | null;
}

export const set: Run = (words, session) => {
  const { words: options, expiry } = optionsFrom(words, 3, ["nx", "xx", "get", "keepttl"]);
  if (options.has("nx") && options.has("xx")) throw new Refused(syntaxError);
  if (options.has("keepttl") && expiry) throw new Refused(syntaxError);
  const key = keyAt(words, 1);
  const expiresAt = expiry ? timeOf(expiry, "set", session.store.nowMs()) : null;
  const before = session.keyspace.get(key);
  const asked = options.has("get") ? storedAt(session, key, "string") : null;
  const isDone = !(options.has("nx") && before) && !(options.has("xx") && !before);
  if (isDone) {
    const kept = options.has("keepttl") ? (before?.expiresAt ?? null) : expiresAt;
    session.keyspace.put(key, { type: "string", bytes: word(words, 2).slice() }, kept);
  }
  if (options.has("get")) return asked ? bulk(asked.value.bytes) : nothing;
  return isDone ? simple("OK") : nothing;
};

export const setex: Run = (words, session) => setFor("ex", "setex", words, session);
export const psetex: Run = (words, session) => setFor("px", "psetex", words, session);

function setFor(unit: "ex" | "px", name: string, words: Words, { keyspace, store }: Parameters<Run>[1]): RespValue {
  const expiresAt = timeOf({ unit, amount: word(words, 2) }, name, store.nowMs());
  keyspace.put(keyAt(words, 1), { type: "string", bytes: word(words, 3).slice() }, expiresAt);
  return simple("OK");
}

export const getex: Run = (words, session) => {
  const { words: options, expiry } = optionsFrom(words, 2, ["persist"]);
  if (options.has("persist") && expiry) throw new Refused(syntaxError);
  const key = keyAt(words, 1);
  const found = storedAt(session, key, "string");
  const expiresAt = expiry && found ? timeOf(expiry, "getex", session.store.nowMs()) : null;
  if (!found) return nothing;
  if (expiresAt !== null || options.has("persist")) session.keyspace.put(key, found.value, expiresAt);
  return bulk(found.value.bytes);
};

function optionsFrom(words: Words, from: number, allowed: readonly string[]): Options {
  const found = new Set<string>();
  let expiry: Options["expiry"] = null;
  for (let place = from; place < words.length; place += 1) {
    const option = lowerCase(word(words, place));
    const amount = words[place + 1];
    if (option in units && amount && !expiry) {
      expiry = { unit: option as keyof typeof units, amount };
      place += 1;
    } else if (allowed.includes(option)) found.add(option);
    else throw new Refused(syntaxError);
  }
  return { words: found, expiry };
}

/** Milliseconds since 1970. A time that has gone by is one: the key is set, and is not there. */
function timeOf({ unit, amount }: NonNullable<Options["expiry"]>, name: string, nowMs: number): number {
  const [ms, isFromNow] = units[unit];
  const value = needInteger(amount);
  const now = isFromNow ? BigInt(Math.floor(nowMs)) : 0n;
  if (value <= 0n || value * ms + now > int64Max) throw new Refused(`ERR invalid expire time in '${name}' command`);
  return Number(value * ms + now);
}
