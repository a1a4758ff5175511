/**
 * What the pages show is typed here, and said what they show. A block of `console` is a session: behind each `$ ` a command
 * of bash, and what it prints on a terminal of 80 columns; a line that is only `…` stands for any number of lines, `…` inside
 * of one for anything, and where nothing is shown nothing is compared. A block of `sh` is a script, which must go well. A
 * comment right above says what must be there: `<!-- run: cache, exit 5 -->` (stages.ts has the stages), with the exit code of the
 * last command, and `background` where that runs until it is stopped; or `<!-- not run: REASON -->`. A block that is marked
 * `<!-- file: NAME -->` lies beside the sessions of its page.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { programs } from "../program.ts";
import { blocksOf } from "./blocks.ts";
import { pages } from "./page.ts";
import { play } from "./play.ts";
import { howToRun } from "./run-mark.ts";
import { scriptIn, sessionIn } from "./typed.ts";

for (const page of pages) {
  const blocks = blocksOf(page);
  const files = Object.fromEntries(
    blocks.filter(({ mark }) => mark?.kind === "file").map(({ mark, text }) => [mark?.what ?? "", text]),
  );
  for (const block of blocks.filter(({ language }) => language === "console" || language === "sh")) {
    const session = block.language === "sh" ? scriptIn(block.text) : sessionIn(block.text);
    const how = howToRun(block);
    if (how === null) continue;
    // What needs no server goes the same way whatever cacheauth was built with.
    const isPlain = how.stages.length === 0 && !how.isStopped;
    for (const program of isPlain ? programs : programs.slice(0, 1)) {
      test(`${block.page}:${block.line} with ${program.name}`, () => play({ block, session, how, files }, program));
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
