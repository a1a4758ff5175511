/**
 * What the pages show is typed here, and said what they show. A block of `console` is a session: behind each `$ ` a command
 * of bash, and what it prints on a terminal of 80 columns; a line that is only `…` stands for any number of lines, `…` inside
 * of one for anything, and where nothing is shown nothing is compared. A block of `sh` is a script, which must go well. A
 * comment right above says what must be there: `<!-- run: cache, exit 5 -->` (stages.ts has the stages), with the exit code of the
 * last command, and `background` where that runs until it is stopped; or `<!-- not run: REASON -->`.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { programs } from "../program.ts";
import { blocksOf } from "./blocks.ts";
import { pages } from "./page.ts";
import { play } from "./play.ts";
import { howToRun } from "./run-mark.ts";
import { stages } from "./stages.ts";

for (const page of pages) {
  for (const block of blocksOf(page).filter(({ language }) => language === "console" || language === "sh")) {
    const at = `${block.page}:${block.line}`;
    if (block.mark?.kind === "not run") {
      test(`${at}: is not run, for a reason that counts`, () => assert.equal(howToRun(block), null));
      continue;
    }
    // What needs no server goes the same way whatever cacheauth was built with.
    const isPlain = block.mark === null || /^(plain|exit \d+|, )+$/.test(block.mark.what);
    for (const program of isPlain ? programs : programs.slice(0, 1)) {
      test(`${at} with ${program.name}`, () => play(block, program));
    }
  }
}

test("pages: what is typed stands in a block that is carried out", () => {
  const others = pages.flatMap(blocksOf).filter(({ language, text }) => language !== "console" && /^\$ /m.test(text));
  assert.deepEqual(
    others.map(({ page, line }) => `${page}:${line}`),
    [],
  );
});

test("pages: each stage is one that a page names", () => {
  const named = pages.flatMap(blocksOf).flatMap(({ mark }) => (mark?.kind === "run" ? mark.what.split(", ") : []));
  assert.deepEqual(
    Object.keys(stages).filter((name) => !named.includes(name)),
    [],
  );
});
