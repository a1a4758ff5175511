import { CacheauthError, shown } from "../../errors.ts";
import { catalogue, type Explanation } from "../../findings/catalogue.ts";
import { type FindingId, findingIds } from "../../findings/ids.ts";
import { defineCommand } from "../command.ts";
import { allText, oneText } from "./text.ts";

export const rules = defineCommand({
  name: "rules",
  summary: "every finding that cacheauth knows, or one explained",
  words: ["ID"],
  phrases: Object.keys(findingIds),
  flags: {},
  exits: [0, 2, 70],
  examples: [
    ["all of them, a line each", "cacheauth rules"],
    ["one explained, with an example and what to do", "cacheauth rules name-is-endpoint"],
  ],
  async run({ report, words }) {
    const [id] = words;
    if (id === undefined) {
      await report.tell({ rules: catalogue.map(ruleOf), notices: [] }, allText);
      return 0;
    }
    const found = catalogue.find((explanation) => explanation.id === id);
    if (!found) throw await unknownRule(id);
    await report.tell({ rules: [ruleOf(found)], notices: [] }, oneText);
    return 0;
  },
});

function ruleOf(explanation: Explanation): Explanation & { readonly severities: readonly string[] } {
  return { ...explanation, severities: findingIds[explanation.id] };
}

async function unknownRule(id: string): Promise<CacheauthError> {
  return new CacheauthError("rule-unknown", `There is no finding ${shown(id)}.`, await meant(id));
}

/** All that begin so, for whoever knows a part; else the nearest, if it is near. */
async function meant(id: string): Promise<string> {
  const ids = Object.keys(findingIds) as FindingId[];
  const short = id.slice(0, 40).toLowerCase();
  const beginning = short.length > 2 ? ids.filter((known) => known.startsWith(short)) : [];
  if (beginning.length > 0) return `Did you mean ${inWords(beginning)}?`;
  const { closest, distance } = await import("fastest-levenshtein");
  const near = closest(short, ids);
  const isNear = distance(short, near) <= Math.max(1, Math.floor(short.length / 3));
  return isNear ? `Did you mean ${near}?` : "cacheauth rules lists them all.";
}

function inWords(ids: readonly string[]): string {
  const [last, ...before] = ids.toReversed();
  return before.length === 0 ? `${last}` : `${before.toReversed().join(", ")} or ${last}`;
}
