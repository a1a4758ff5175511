import { CacheauthError, shown } from "../errors.ts";
import { parseIpAddress } from "../target/ip-address.ts";
import type { Kind } from "../target/kinds.ts";
import { formatTime } from "../token/time.ts";
import { supportOf } from "./condition-keys.ts";
import { type ConditionWord, conditionWords, flagInstead } from "./condition-words.ts";
import { type ConditionContext, contextOf } from "./context.ts";
import { aKind } from "./kind-words.ts";
import type { WantedConditions } from "./wanted-condition.ts";

/**
 * What is known of a login: what the flags for conditions say of it, what is said of other keys as `KEY=VALUE`, and the
 * time. Nothing is known of any other key.
 */
export function requestContext(
  kind: Kind,
  given: WantedConditions,
  others: readonly string[],
  at: Date,
): ConditionContext {
  const values: Record<string, string[]> = {
    "aws:currenttime": [formatTime(at)],
    "aws:epochtime": [`${Math.floor(at.getTime() / 1000)}`],
  };
  const said = new Set<string>();
  const add = (key: string, value: string, what: string) => {
    if (supportOf(kind, key) === "unsupported") throw notThere(kind, key, what);
    const lower = key.toLowerCase();
    if (said.has(lower)) values[lower]?.push(value);
    else values[lower] = [value];
    said.add(lower);
  };
  for (const word of conditionWords) {
    for (const text of given[word.flag] ?? []) {
      const read: ReturnType<ConditionWord["read"]> = word.read(text);
      const isWhole = word.operator !== "IpAddress" || parseIpAddress(text) !== null;
      if (read === null || !isWhole)
        throw invalid(word.flag, text, isWhole ? word.is : "the address of a client", word.hint);
      add(word.key.replace("…", read.tag ?? ""), read.value, `--${word.flag}`);
    }
  }
  for (const text of others) {
    const [, key = "", value = ""] = /^([A-Za-z][\w.-]*:[^=\s]+)=(.*)$/s.exec(text) ?? [];
    if (key === "") throw invalid("context", text, "a condition key with its value", "Write it as aws:username=me.");
    add(key, value, `--context ${key}`);
  }
  return contextOf(values, "unknown");
}

function invalid(flag: string, text: string, is: string, hint: string): CacheauthError {
  return new CacheauthError("flag-value-invalid", `--${flag} ${shown(text)} is not ${is}.`, hint);
}

function notThere(kind: Kind, key: string, what: string): CacheauthError {
  const instead = flagInstead(kind, key);
  return new CacheauthError(
    "condition-unsupported",
    `${what} says what ${key} is, which is not there when somebody connects to ${aKind(kind)}.`,
    instead === null
      ? "Drop it: a condition that asks for it never holds."
      : `Use --${instead} in its place: a condition that asks for ${key} never holds.`,
  );
}
