/** The commands and flags that the pages name in a sentence, a table or a manifest are there. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { beginnings, unknownIn } from "./known-words.ts";
import { pages, root } from "./page.ts";
import { listedCommands, saidCommands, wordsOf } from "./said-commands.ts";

/** What a page names alone, begins with a dash, and is no flag of cacheauth: of test.sh, of Bun. */
const foreign: readonly string[] = ["--long", "--preload"];

for (const page of pages) {
  test(`commands that are named: ${page.path}`, () => {
    const wrong = [...saidCommands(page, beginnings), ...listedCommands(page)]
      .filter(({ words }) => !foreign.includes(words[0] ?? ""))
      .flatMap(({ line, code, words }) => {
        const unknown = unknownIn(words);
        return unknown === null ? [] : [`${page.path}:${line}: ${code}: ${unknown}`];
      });
    assert.deepEqual(wrong, []);
  });
}

test("commands that are named: those of npm are in package.json", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const named = pages.flatMap(({ text }) => [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = ""]) => name));
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((name) => !Object.hasOwn(scripts, name)),
    [],
  );
});

const page = (text: string) => ({ path: "page.md", text });

test("commands that are named: what is not there is seen, wherever it stands", () => {
  const named: readonly (readonly [text: string, unknown: string])[] = [
    ["`cacheauth tokn`", "there is no command tokn"],
    ["`cacheauth token ENDPOINT\n--outputt FILE`", "token has no flag --outputt"],
    ["| `echo LINE \\| cacheauth lint --fixed` |", "lint has no flag --fixed"],
    ['`eval "$(cacheauth session exports dev)"`', "session has no verb exports"],
    ["`lint --at TIME --nothing`", "lint has no flag --nothing"],
    ["`session gen PROFILE --codes N`", "session gen has no flag --codes"],
    ["`set --of`, `set -a; . FILE`, `gen --code N`", "session set has no flag --of"],
    ["`--existin cache`", "no command has the flag --existin"],
    ["`cacheauth token ONE TWO -u USER`", "token takes fewer words than 2"],
    [
      "`cacheauth exec … -- PROGRAM --its-own`, `doctor ENDPOINT -u USER`, `--for docker`",
      "no command has the flag --for",
    ],
  ];
  for (const [text, unknown] of named) {
    const seen = saidCommands(page(text), beginnings).map(({ words }) => unknownIn(words));
    assert.deepEqual(
      seen.filter((one) => one !== null),
      [unknown],
      text,
    );
  }
});

test("commands that are named: those of a manifest's lists", () => {
  const text =
    '```yaml\nargs: [token, "HOST", -u, my-user, --watched]\ncommand: [cacheauth, lint, --token-file, F]\n```\n';
  const seen = listedCommands(page(text)).map(({ line, words }) => [line, unknownIn(words)]);
  assert.deepEqual(seen, [
    [2, "token has no flag --watched"],
    [3, null],
  ]);
});

test("commands that are named: words are split as a shell does it", () => {
  assert.deepEqual(wordsOf(`a 'b c' --d="e f" g`), ["a", "b c", "--d=e f", "g"]);
});
