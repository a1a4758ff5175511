/** The recipes that their page quotes are those that tests/long runs. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const root = dirname(dirname(import.meta.dirname));

test("recipes: each that is quoted is the core of a source that the tests run", () => {
  const page = readFileSync(join(root, "tests/recipes/README.md"), "utf8");
  const quotes = [...page.matchAll(/^<!-- recipe: (\S+) -->\n+```\w+\n([\s\S]*?)^```$/gm)];
  assert.equal(quotes.length, page.match(/<!-- recipe:/g)?.length ?? 0, "a mark without a block after it");
  for (const [, path = "", quoted = ""] of quotes) assert.equal(quoted, core(path), path);
});

test("recipes: each source has one core, short enough to be quoted", () => {
  const sources = readdirSync(join(root, "tests/recipes"), { recursive: true, encoding: "utf8" })
    .map((name) => join("tests/recipes", name))
    .filter((path) => /\/python\/\w+\.py$|\/go\/[^/]+\/main\.go$|\/java\/\w+Recipe\.java$/.test(path));
  assert.equal(sources.length, 9);
  for (const path of sources) {
    const lines = core(path).trimEnd().split("\n").length;
    assert.ok(lines >= 10 && lines <= 27, `${path} has ${lines}`);
  }
});

/** The lines between the marks, as far to the left as they go. */
function core(path: string): string {
  const source = readFileSync(join(root, path), "utf8");
  const [whole, ...others] = source.matchAll(/^[^\S\n]*\S+ recipe:begin\n([\s\S]*?)^[^\S\n]*\S+ recipe:end$/gm);
  assert.ok(whole && others.length === 0, `${path} has not one core`);
  const lines = (whole[1] ?? "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const least = Math.min(...indents);
  return `${lines
    .map((line) => line.slice(least))
    .join("\n")
    .trimEnd()}\n`;
}
