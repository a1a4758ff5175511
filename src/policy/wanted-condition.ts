import { CacheauthError, shown } from "../errors.ts";
import type { Kind } from "../target/kinds.ts";
import { parseTime } from "../token/time.ts";
import { supportOf } from "./condition-keys.ts";
import { type ConditionFlag, type ConditionWord, conditionWords, flagInstead } from "./condition-words.ts";
import { aKind } from "./kind-words.ts";
import type { ConditionBlock } from "./make-policy.ts";

/** What a person wants a policy to depend on, by the flag that says it. Of several values of a flag any will do. */
export type WantedConditions = Readonly<Partial<Record<ConditionFlag, readonly string[]>>>;

/**
 * The conditions of a policy; null where there are none. Refused is what would make it a policy that allows nobody: keys
 * that are not there when somebody connects to such a cache, times that are over.
 */
export function wantedCondition(kind: Kind, wanted: WantedConditions, now: Date): ConditionBlock | null {
  const all = conditionWords.flatMap((word) =>
    (wanted[word.flag] ?? []).map((given) => {
      checkSupport(kind, word);
      const { tag = "", value } = read(word, given);
      return { operator: word.operator, key: word.key.replace("…", tag), value };
    }),
  );
  checkTimes(wanted, now);
  if (all.length === 0) return null;
  const blocks = Map.groupBy(all, ({ operator }) => operator);
  return Object.fromEntries(
    [...blocks].map(([operator, block]) => {
      const keys = Map.groupBy(block, ({ key }) => key);
      return [operator, Object.fromEntries([...keys].map(([key, some]) => [key, oneOrAll(some)]))];
    }),
  );
}

/** The flags whose keys are there when somebody connects to such a cache. */
function conditionFlags(kind: Kind): readonly ConditionFlag[] {
  return conditionWords.filter(({ key }) => supportOf(kind, key) === "documented").map(({ flag }) => flag);
}

function checkSupport(kind: Kind, { flag, key }: ConditionWord): void {
  const support = supportOf(kind, key);
  if (support === "documented") return;
  const asks = `--${flag} asks for ${key}`;
  const there = conditionFlags(kind).map((one) => `--${one}`);
  const instead = flagInstead(kind, key);
  throw new CacheauthError(
    "condition-unsupported",
    support === "unsupported"
      ? `${asks}, which is not there when somebody connects to ${aKind(kind)}: such a policy allows nobody.`
      : `${asks}, and AWS does not document that it is there when somebody connects to ${aKind(kind)}: such a policy may allow nobody.`,
    `${instead === null ? "Drop it." : `Use --${instead} in its place.`} What ${aKind(kind)} takes: ${there.join(", ")}.`,
  );
}

function read(word: ConditionWord, given: string): NonNullable<ReturnType<ConditionWord["read"]>> {
  const found = word.read(given);
  if (found !== null) return found;
  throw new CacheauthError("flag-value-invalid", `--${word.flag} ${shown(given)} is not ${word.is}.`, word.hint);
}

function checkTimes({ from, until }: WantedConditions, now: Date): void {
  const [begin, end] = [from, until].map((times) => (times?.[0] === undefined ? null : parseTime(times[0])));
  if (!end) return;
  const fault = end <= now ? "--until is over" : begin && end <= begin ? "--until is not after --from" : null;
  if (fault === null) return;
  throw new CacheauthError("flag-value-invalid", `${fault}: such a policy allows nobody.`, "Give a later time.");
}

function oneOrAll(some: readonly { readonly value: string }[]): string | readonly string[] {
  const values = [...new Set(some.map(({ value }) => value))];
  return values.length === 1 ? values.join() : values;
}
