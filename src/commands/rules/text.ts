import type { Explanation } from "../../findings/catalogue.ts";
import type { Paper } from "../../terminal/report.ts";
import { definitionList, wrap } from "../../terminal/wrap.ts";

type Rule = Explanation & { readonly severities: readonly string[] };

/** Every rule in a line, in groups. */
export function allText({ rules }: { readonly rules: readonly Rule[] }, { colour, width }: Paper): string {
  const groups = [...new Set(rules.map(({ group }) => group))];
  const parts = groups.map((group) => {
    const rows = rules
      .filter((rule) => rule.group === group)
      .map(({ id, severities, says }) => [id, `${severities.join(" or ")}: ${says}`] as const);
    return `${colour.bold(group)}\n${definitionList(rows, width)}`;
  });
  return `${parts.join("\n\n")}\n\n${wrap("cacheauth rules ID explains one.", width)}\n`;
}

/** One rule, whole. */
export function oneText({ rules: [rule] }: { readonly rules: readonly Rule[] }, { colour, width }: Paper): string {
  if (!rule) return "";
  const { id, group, severities, says, why, fix, reference, wrong, right, flags } = rule;
  const row = (label: string, value: string) =>
    `${colour.bold(label)}\n  ${value
      .split("\n")
      .map((line) => wrap(line, width - 2, 2))
      .join("\n  ")}`;
  return `${[
    wrap(`${colour.bold(id)} (${severities.join(" or ")}; ${group.toLowerCase()})`, width),
    wrap(says, width),
    row("Why", why),
    row("Fix", fix),
    row("Wrong", flags === null ? wrong : `${wrong}\nwith ${flags}`),
    row("Right", right),
    row("Reference", reference),
    ...(`${wrong}${right}`.includes("…")
      ? [wrap("In the examples … stands for what a good token has in that place.", width)]
      : []),
  ].join("\n\n")}\n`;
}
