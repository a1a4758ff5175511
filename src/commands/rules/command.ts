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
  const { closest, distance } = await import("fastest-levenshtein");
  const ids = Object.keys(findingIds) as FindingId[];
  const short = id.slice(0, 40).toLowerCase();
  const near = ids.find((known) => short.length > 2 && known.startsWith(short)) ?? closest(short, ids);
  return new CacheauthError(
    "rule-unknown",
    `There is no finding ${shown(id)}.`,
    distance(short, near) <= Math.max(1, Math.floor(short.length / 3)) || near.startsWith(short)
      ? `Did you mean ${near}?`
      : "cacheauth rules lists them all.",
  );
}
