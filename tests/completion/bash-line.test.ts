/** A line as bash has it, and what readline is given for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type BashLine, readBashLine } from "../../src/completion/bash-line.ts";
import { bashReplies } from "../../src/completion/bash-replies.ts";
import { runs } from "../runs.ts";

const breaks = " \t\n\"'@><=;|&(:";

const lines: readonly (readonly [line: string, before: readonly string[], current: string, kept?: number])[] = [
  ["c", [], "c"],
  ["c ", ["c"], ""],
  ["c  a\tb", ["c", "a"], "b"],
  ["c --f=v", ["c"], "--f=v", 4],
  ["c --f='v w", ["c"], "--f=v w", 4],
  ["c --f='v w' x", ["c", "--f=v w"], "x"],
  ["c 'a b'c", ["c"], "a bc"],
  ["c a:b\\:c", ["c"], "a:b:c", 2],
  ['c "a\\"b\\c', ["c"], 'a"b\\c', 0],
  ["c a\\ b", ["c"], "a b"],
  ["c '' x", ["c", ""], "x"],
  ["c $(rm -rf) `x`", ["c", "$(rm", "-rf)"], "`x`"],
  ["VAR=x; c | d e", ["d"], "e"],
  ["c 2>err x > out a", ["c", "x"], "a"],
  ["c a\\", ["c"], "a"],
];
for (const [line, before, current, kept = 0] of lines)
  test(`bash: ${line}|`, () => {
    const read = readBashLine(line, breaks);
    assert.deepEqual([read.before, read.current, read.kept, read.isRedirection], [before, current, kept, false]);
  });

test("bash: behind a redirection a file is named", () => {
  for (const line of ["c a > ", "c a 2>>x", "c <in", "c a >| x", "c &> x"]) {
    const { isRedirection } = readBashLine(line, breaks);
    assert.ok(isRedirection, line);
  }
  assert.ok(!readBashLine("c '>", breaks).isRedirection);
});

test("bash: without a colon among its word breaks a reply is the whole word", () => {
  const { kept } = readBashLine("c a:b", breaks.replace(":", ""));
  assert.equal(kept, 0);
});

test("property: a reply, where the line has it, is read as the word that it stands for", () => {
  const word = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !/[\0\n]/.test(text));
  const opening = fc.constantFrom("", "'", '"', "--profile=", "--profile='", '--profile="');
  fc.assert(
    fc.property(word, opening, fc.nat(3), (word, opening, typed) => {
      const open = readBashLine(`cacheauth token ${opening}`, breaks);
      const prefix = opening.replace(/['"]$/, "");
      const [whole = ""] = bashReplies(suggestionOf(prefix, word), open);
      // As readline does, then with some of it typed, in the same quotes, and completed again.
      const closed = whole.endsWith(open.quote) ? whole : whole + open.quote;
      const line = readBashLine(`cacheauth token ${opening}${closed}`, breaks);
      assert.deepEqual([line.current, line.quote, line.before.length], [prefix + word, "", 2]);
      const some = [...whole].slice(0, typed).join("");
      const again: BashLine = readBashLine(`cacheauth token ${opening}${some}`, breaks);
      if (!(prefix + word).startsWith(again.current) || /\\$/.test(some)) return;
      const [rest = ""] = bashReplies(suggestionOf(prefix, word), again);
      const stays = prefix + word;
      assert.ok(stays.startsWith(again.current.slice(0, again.kept)));
      const end = again.quote !== "" && rest.endsWith(again.quote) ? "" : again.quote;
      assert.equal(readBashLine(`x ${again.quote}${rest}${end}`, breaks).current, stays.slice(again.kept));
    }),
    runs(2_000),
  );
});

function suggestionOf(prefix: string, word: string) {
  return { prefix, words: [{ word, about: "" }], shell: "nothing" } as const;
}
