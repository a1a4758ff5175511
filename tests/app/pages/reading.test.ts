/** How pages are read and compared: what a test of theirs would not see, they could show for ever. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf, proseOf } from "./blocks.ts";
import { howToRun } from "./run-mark.ts";
import { isAsShown } from "./shown.ts";
import { allOf } from "./stages.ts";
import { sessionIn } from "./typed.ts";

const text = `# A page

<!-- run: cache, exit 5 -->
\`\`\`console
$ first
\`\`\`

- in a list:

  <!-- not run: needs the npm registry -->

  \`\`\`sh
  npm install
  \`\`\`

<!-- run: aws -->
A sentence between.
\`\`\`text
$ nothing
\`\`\`
`;
const page = { path: "page.md", text };

test("pages: a block has the mark that is right above it, and no other", () => {
  const blocks = blocksOf(page).map(({ line, language, text: inside, mark }) => [line, language, inside, mark]);
  assert.deepEqual(blocks, [
    [4, "console", "$ first\n", { kind: "run", what: "cache, exit 5" }],
    [12, "sh", "npm install\n", { kind: "not run", what: "needs the npm registry" }],
    [18, "text", "$ nothing\n", null],
  ]);
  assert.equal(proseOf(page).split("\n")[16], "A sentence between.");
  assert.doesNotMatch(proseOf(page), /npm|first|nothing|run:/);
});

test("pages: a mark says how to run, and only a reason that counts keeps from it", () => {
  const [first, second, third] = blocksOf(page);
  assert.ok(first && second && third);
  assert.deepEqual(howToRun(first), { stages: ["cache"], exit: 5, isStopped: false });
  assert.equal(howToRun(second), null);
  assert.deepEqual(howToRun(third), { stages: [], exit: 0, isStopped: false });
  const marked = (kind: string, what: string) => howToRun({ ...first, mark: { kind, what } });
  assert.deepEqual(marked("run", "aws, token, background"), { stages: ["aws", "token"], exit: 0, isStopped: true });
  assert.throws(() => marked("not run", "waits until it is stopped"), /page\.md:4: .* is no reason/);
  assert.throws(() => marked("runs", "cache"), /marked with run, not with runs/);
  assert.throws(() => allOf(["cache", "cash"]), /no stage is called cash; .*cache \(/);
});

test("pages: what is typed goes on behind a backslash, and what is shown ends at the next", () => {
  assert.deepEqual(sessionIn("$ one \\\n  two\nsaid\n\n  more\n\n$ three\n"), [
    { typed: "one \\\n  two", shown: "said\n\n  more" },
    { typed: "three", shown: null },
  ]);
  assert.throws(() => sessionIn("said\n$ one\n"), /not with: said/);
});

test("pages: what is shown is what was said, but for what is another at each run", () => {
  const same: readonly (readonly [said: string, shown: string])[] = [
    ["a\nb\n", "a\nb"],
    ["a\nb\nc\n", "…\nc"],
    ["c\n", "…\nc"],
    ["a\nb\n", "a\n…"],
    ["it is like that\n", "it … that"],
    ["until 2026-01-02T03:04:05Z, 11 h 59 min left\n", "until 2026-11-26T18:02:56Z, 12 h 0 min left"],
    ["issued 2025-01-02 03:04:05 UTC, 20250102/us-east-1\n", "issued 2026-11-26 17:35:16 UTC, 20261126/us-east-1"],
    ["127.0.0.1:40001, process 17\n", "127.0.0.1:PORT, process 4381"],
    ["  ok  tls   12.1 ms  ====\n", "  ok  tls    3.4 ms   =="],
  ];
  for (const [said, shown] of same) assert.ok(isAsShown(said, shown), shown);
  const others: readonly (readonly [said: string, shown: string])[] = [
    ["a\nb\n", "a"],
    ["a\nb\n", "b"],
    ["a\nb\n", "a\nc"],
    ["a\nb\n", "a … b"],
    ["a.c\n", "abc"],
    ["x\ny\n", "…\nx"],
    ["  a\n", "a"],
  ];
  for (const [said, shown] of others) assert.ok(!isAsShown(said, shown), shown);
});
