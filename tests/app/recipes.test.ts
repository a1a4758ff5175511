/** The recipes that the pages quote are those that tests/long runs. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { blocksOf } from "./pages/blocks.ts";
import { pages, root } from "./pages/page.ts";

test("recipes: each that a page quotes is the core of a source that the tests run", () => {
  const quotes = pages.flatMap(blocksOf).filter(({ mark }) => mark?.kind === "recipe");
  const marks = pages.flatMap(({ text }) => text.match(/<!-- recipe:/g) ?? []);
  assert.equal(quotes.length, marks.length, "a mark without a block after it");
  for (const { mark, text } of quotes) assert.equal(text, core(mark?.what ?? ""), mark?.what);
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
