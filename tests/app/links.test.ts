/** Every link from one page of the project to another leads somewhere, to a heading too. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pagePaths } from "./pages.ts";

const root = dirname(dirname(import.meta.dirname));
/** As a code host makes them of headings. */
function anchorsOf(page: string): Set<string> {
  const headings = withoutCode(readFileSync(page, "utf8")).matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, text = ""]) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```/gm, "");
}

test("links: there are pages", () => assert.ok(pagePaths.length >= 20));

for (const page of pagePaths) {
  test(`links: ${page}`, () => {
    const path = join(root, page);
    for (const [, link = ""] of withoutCode(readFileSync(path, "utf8")).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https:\/\//.test(link)) continue;
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : join(dirname(path), file);
      assert.ok(existsSync(target), `${page}: ${link}`);
      if (anchor !== undefined) assert.ok(anchorsOf(target).has(anchor), `${page}: ${link}`);
    }
  });
}
