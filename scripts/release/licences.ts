/** One text with the licences of all that is in an executable. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../../src/version.ts";
import type { Package } from "./packages.ts";
import { lockedPackage } from "./runtimes.ts";

const root = dirname(dirname(import.meta.dirname));
const rule = `\n${"=".repeat(80)}\n`;

export function licences(packages: readonly Package[], runtime: "bun" | "deno"): string {
  const own = readFileSync(join(root, "LICENSE"), "utf8").trim();
  return `${[
    `What is inside cacheauth ${version}, and under which licences.`,
    `cacheauth ${version}\n\n${own}`,
    ...(runtime === "bun" ? [bunsOwn(), lesserLicence()] : [denosOwn()]),
    ...textsOf(packages).map(([text, whose]) => `${whose.map(nameOf).join("\n")}\n\n${text}`),
  ].join(`\n${rule}\n`)}\n`;
}

/** Bun's npm package has no licence file; the documentation that its types come with has the page. */
function bunsOwn(): string {
  const page = readFileSync(join(root, "node_modules/bun-types/docs/project/license.mdx"), "utf8");
  const text = page.replace(/^---\n.*?\n---\n/s, "").trim();
  return `Bun ${lockedPackage("bun").version}, which runs it, as its makers put it (https://bun.com/docs/project/license)\n\n${text}`;
}

/** "You must supply a copy of this License" (section 6); JavaScriptCore's version 2 lets it be this later one. */
function lesserLicence(): string {
  const text = readFileSync(join(root, "scripts/release/lgpl-2.1.txt"), "utf8").trimEnd();
  return `JavaScriptCore, WebKit and \`tinycc\`, which Bun links: they and their use are covered by this licence\n\n${text}`;
}

function denosOwn(): string {
  const text = readFileSync(join(root, "node_modules/deno/LICENSE"), "utf8").trim();
  return `Deno ${lockedPackage("deno").version}, which runs it (what it links: https://github.com/denoland/deno)\n\n${text}`;
}

/** Each text once, with the packages that it stands for, in the order of the first. */
function textsOf(packages: readonly Package[]): readonly (readonly [text: string, packages: readonly Package[]])[] {
  const texts = new Map<string, Package[]>();
  for (const one of packages) {
    const text = ownText(one) ?? borrowedText(one, packages);
    texts.set(text, [...(texts.get(text) ?? []), one]);
  }
  return [...texts];
}

function ownText({ folder }: Package): string | null {
  const found = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|notice|copying)(\.|$)/i.test(file));
  const texts = found.sort().map((file) =>
    readFileSync(join(root, folder, file), "utf8")
      .replaceAll("\r\n", "\n")
      .trim(),
  );
  return texts.length === 0 ? null : texts.join("\n\n");
}

/** Some of AWS's packages come without the file. Apache's text names no holder, so that another's is the same. */
function borrowedText(one: Package, packages: readonly Package[]): string {
  const lender = packages.find(({ license, folder }) => license === "Apache-2.0" && hasText(folder));
  const text = one.license === "Apache-2.0" && lender ? ownText(lender) : null;
  if (text === null) throw new Error(`${nameOf(one)} is ${one.license} but comes without the text of it`);
  return text;
}

function hasText(folder: string): boolean {
  return existsSync(join(root, folder, "LICENSE"));
}

function nameOf({ name, version, license }: Package): string {
  return `${name} ${version} (${license})`;
}
