/**
 * Writes src/findings/README.md, the page of all findings, out of the catalogue. With --check it only compares.
 * Usage: bun scripts/make-rules-page.ts [--check]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { catalogue, type Explanation } from "../src/findings/catalogue.ts";
import { findingIds } from "../src/findings/ids.ts";

const file = join(dirname(import.meta.dirname), "src/findings/README.md");
const page = `# The findings of cacheauth

Made by scripts/make-rules-page.ts from the catalogue in this folder. \`cacheauth rules ID\` prints the same. In the
examples … stands for what a good token has in that place.

${[...new Set(catalogue.map(({ group }) => group))].map(groupText).join("\n\n")}
`;

if (process.argv.includes("--check")) {
  const same = readFileSync(file, "utf8") === page;
  console.log(same ? "rules page: in step" : "rules page: not in step; run bun scripts/make-rules-page.ts");
  process.exitCode = same ? 0 : 1;
} else {
  writeFileSync(file, page);
}

function groupText(group: string): string {
  return `## ${group}\n\n${catalogue
    .filter((row) => row.group === group)
    .map(ruleText)
    .join("\n\n")}`;
}

function ruleText({ id, says, why, fix, reference, wrong, right, flags }: Explanation): string {
  const short = (text: string) => (text.length > 400 ? `${text.slice(0, 120)}…` : text);
  const compared = flags === null ? "" : ` Compared with \`${flags}\`.`;
  return `### ${id}

${findingIds[id].join(" or ")}: ${says}.

${why}

**Fix.** ${fix}${compared}

\`\`\`text
wrong  ${short(wrong)}
right  ${short(right)}
\`\`\`

${reference}`;
}
