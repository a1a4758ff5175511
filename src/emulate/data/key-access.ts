import { lowerCase } from "./byte-string.ts";
import type { Command, Words } from "./command.ts";

/** What a command does to the value of a key. One that asks only what there is, as EXISTS, does neither. */
export interface KeyAccess {
  readonly reads: boolean;
  readonly writes: boolean;
}

/** As the specifications of keys in redis-server 7 have it; `place` counts the keys from 0. */
export function keyAccess({ name, flags }: Command, words: Words, place: number): KeyAccess {
  const writes = flags.split(" ").includes("write");
  if (!writes) return { reads: !onlyAsked.has(name), writes };
  const gets = name === "set" && words.slice(3).some((word) => lowerCase(word) === "get");
  const moves = name === "rename" && place === 0;
  return { reads: gets || moves || readsToo.has(name), writes };
}

const onlyAsked: ReadonlySet<string> = new Set(
  "exists touch type strlen hexists hlen llen sismember scard watch".split(" "),
);

const readsToo: ReadonlySet<string> = new Set("getset getdel getex incr decr incrby decrby lpop rpop".split(" "));
