/** What is said of the licences of what is inside an executable. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { licences } from "../../scripts/release/licences.ts";
import type { Package } from "../../scripts/release/packages.ts";

const arg: Package = { name: "arg", version: "5.0.2", license: "MIT", bytes: 1, folder: "node_modules/arg" };

test("licences: what Bun links under the LGPL has the text of it, and how to link it anew", () => {
  const text = licences([], "bun");
  assert.match(text, /statically links JavaScriptCore \(and WebKit\), which is LGPL-2 licensed/);
  assert.match(text, /To relink Bun with changes/);
  assert.match(text, /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1[\s\S]+END OF TERMS AND CONDITIONS/);
  const [bun = "", lgpl = ""] = text.split(/={80}/).slice(2);
  assert.match(bun, /^\n\nBun \d/);
  for (const [, library = ""] of bun.matchAll(/^\| \[`([^`]+)`\].*LGPL/gm)) assert.ok(lgpl.includes(library), library);
});

test("licences: Deno has its own, and none of Bun's", () => {
  const text = licences([], "deno");
  assert.match(text, /\nDeno \d[^\n]+\n\nMIT License\n\nCopyright/);
  assert.doesNotMatch(text, /LGPL|LESSER GENERAL|Bun /);
});

test("licences: a package has its name, its version and its own text", () => {
  const text = licences([arg], "bun");
  assert.match(text, /\narg 5\.0\.2 \(MIT\)\n\nThe MIT License \(MIT\)\n\nCopyright \(c\)[^\n]*Vercel/);
});

test("licences: a package without a text of its licence is refused", () => {
  const bare: Package = { ...arg, name: "bare", license: "ISC", folder: "src" };
  assert.throws(() => licences([bare], "bun"), /bare 5\.0\.2 \(ISC\) is ISC but comes without the text of it/);
});
