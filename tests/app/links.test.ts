/**
 * Every link from one page of the project to another leads somewhere, to a heading too; every page is led to from the
 * README; every file that a page names is there.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { proseOf } from "./pages/blocks.ts";
import { type Page, pages, root } from "./pages/page.ts";

/** As a code host makes them of headings; of two that are alike the second has -1 behind it. */
function anchorsOf(page: Page): Set<string> {
  const anchors = new Set<string>();
  for (const [, text = ""] of proseOf(page).matchAll(/^#+ (.*)$/gm)) {
    const anchor = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
    let number = 0;
    while (anchors.has(number === 0 ? anchor : `${anchor}-${number}`)) number += 1;
    anchors.add(number === 0 ? anchor : `${anchor}-${number}`);
  }
  return anchors;
}

interface Link {
  readonly link: string;
  /** From the project's root; null for what is elsewhere. */
  readonly file: string | null;
  readonly anchor: string | undefined;
}

function linksOf(page: Page): readonly Link[] {
  // Code shows brackets that are no links.
  const text = proseOf(page).replace(/`[^`]*`/g, (code) => code.replace(/[^\n]/g, "x"));
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => {
    const [path = "", anchor] = link.split("#");
    const isElsewhere = /^[a-z]+:/.test(link);
    const file = path === "" ? page.path : normalize(join(dirname(page.path), path));
    return { link, file: isElsewhere ? null : file, anchor };
  });
}

/** Files of the tree, as a sentence names them; a word in capitals stands for any. */
function filesNamedIn(page: Page): readonly string[] {
  const code = [...proseOf(page).matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
  return code
    .flatMap((text) => [...text.matchAll(/(?:^|[\s'"(]|\.\/)((?:scripts|src|tests|man)\/[\w./-]*)/g)])
    .map(([, file = ""]) => file.replace(/\/[A-Z]+\b(?!\.md).*$/, ""));
}

test("links: there are pages", () => assert.ok(pages.length >= 20));

for (const page of pages) {
  test(`links: ${page.path}`, () => {
    for (const { link, file, anchor } of linksOf(page)) {
      const at = `${page.path}: ${link}`;
      if (file === null) {
        assert.match(link, /^https:\/\//, at);
        assert.ok(URL.canParse(link), at);
        continue;
      }
      assert.ok(!file.startsWith("..") && existsSync(join(root, file)), at);
      const to = pages.find(({ path }) => path === file);
      if (anchor !== undefined) assert.ok(to && anchorsOf(to).has(anchor), at);
    }
    for (const file of filesNamedIn(page)) assert.ok(existsSync(join(root, file)), `${page.path}: ${file}`);
  });
}

test("links: every page is led to from the README", () => {
  const reached = new Set(["README.md"]);
  // The set grows while it is walked.
  for (const path of reached) {
    const page = pages.find((one) => one.path === path);
    for (const { file } of page ? linksOf(page) : []) {
      // A folder shows its README.
      const shown = [file ?? "", join(file ?? "", "README.md")];
      for (const one of pages.filter((other) => shown.includes(other.path))) reached.add(one.path);
    }
  }
  assert.deepEqual(
    pages.map(({ path }) => path).filter((path) => !reached.has(path)),
    [],
  );
});

test("links: what a page of the npm package leads to is in the package", () => {
  const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--offline"], {
    cwd: root,
    encoding: "utf8",
  });
  const [{ files }] = JSON.parse(stdout) as [{ files: readonly { path: string }[] }];
  const packed = files.map(({ path }) => path);
  const lost = pages
    .filter(({ path }) => packed.includes(path))
    .flatMap((page) => linksOf(page).map(({ file, link }) => ({ file, at: `${page.path}: ${link}` })))
    .filter(({ file }) => file !== null && !packed.some((path) => path === file || path.startsWith(`${file}/`)));
  assert.deepEqual(
    lost.map(({ at }) => at),
    [],
  );
});
