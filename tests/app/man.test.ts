/** The manual page as the programs that show it read it. scripts/check.ts holds it in step with the commands. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { commands } from "../../src/cli-commands.ts";
import type { Command } from "../../src/commands/command.ts";
import { notRun, withDirectory } from "./program.ts";

const root = dirname(dirname(import.meta.dirname));
const page = join(root, "scripts/release/cacheauth.1");
const env = { ...process.env, LC_ALL: "C.UTF-8", MANWIDTH: "300" };

const every: Command[] = [];
for (const entry of Object.values(commands)) {
  if (!("verbs" in entry)) every.push(await entry.load());
  else for (const verb of Object.values(await entry.verbs())) every.push(await verb.load());
}

/** What shows it, what it warns of and how it looks on a terminal as wide as this. */
const readers = [
  { name: "man", warnings: ["--warnings", "-l", page], text: () => ["-l", page] },
  {
    name: "mandoc",
    warnings: ["-T", "lint", "-W", "warning", page],
    text: (columns: number) => ["-T", "utf8", "-O", `width=${columns}`, page],
  },
];
for (const { name, warnings, text } of readers) {
  const isHere = spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
  if (!isHere) notRun(`the manual page in ${name}, which is not here`);
  else {
    for (const columns of [300, 80])
      test(`man: ${name} warns of nothing at ${columns} columns`, () => {
        const its = { ...env, MANWIDTH: String(columns) };
        const { status, stderr, stdout } = spawnSync(name, warnings, { env: its, encoding: "utf8" });
        assert.deepEqual([status, stderr, name === "mandoc" ? stdout : ""], [0, "", ""]);
      });

    for (const columns of [80, 40])
      test(`man: ${name} breaks no word and stretches no line at ${columns} columns`, () => {
        const its = { ...env, MANWIDTH: String(columns) };
        const { stdout } = spawnSync(name, text(columns), { env: its, encoding: "utf8" });
        const shown = stdout.replace(/.\u0008/gu, "");
        assert.equal(/.*[\u2010\u00ad]$/m.exec(shown)?.[0], undefined);
        // The first line and the last are in three parts, and a short term stands beside what it means.
        const lines = shown.trimEnd().split("\n").slice(1, -1);
        for (const line of lines) assert.doesNotMatch(line.replace(/^ *\S+ {2,}/, ""), /\S {2,}\S/, line);
        for (const text of ["rediss://USER:TOKEN@HOST:PORT", "2025-01-31T12:00:00Z"])
          assert.ok(shown.includes(text), text);
      });

    test(`man: ${name} shows every command, every flag, and examples as they are copied`, () => {
      const { stdout } = spawnSync(name, text(300), { env, encoding: "utf8" });
      // Bold is a letter, a backspace and the letter again.
      const shown = stdout.replace(/.\u0008/gu, "");
      for (const { name, flags, examples } of every) {
        assert.match(shown, new RegExp(`^ +cacheauth ${name} `, "m"));
        for (const flag of Object.keys(flags)) assert.match(shown, new RegExp(`^ .*--${flag}\\b`, "m"));
        for (const [, line] of examples) assert.ok(shown.includes(`${line}\n`), line);
      }
    });
  }
}

test("man: a dash is one that can be copied, for readers that make a hyphen of a bare one", () => {
  const lines = readFileSync(page, "utf8").split("\n");
  // What begins with a point is a request, of which the heading alone has text.
  for (const line of lines.filter((one) => !one.startsWith(".") || one.startsWith(".SS")))
    assert.doesNotMatch(line, /(^|[^\\])-/, line);
});

if (spawnSync("npm", ["--version"]).status !== 0) notRun("installing the manual page, for want of npm");
else
  test("man: npm puts it where man looks, when the package is installed for the whole machine", () =>
    withDirectory(async (directory) => {
      // Without what it depends on, which would have to be fetched.
      const { dependencies, devDependencies, peerDependencies, ...about } = JSON.parse(
        readFileSync(join(root, "package.json"), "utf8"),
      );
      const folder = join(directory, "package");
      for (const file of [about.bin.cacheauth, "scripts/release/cacheauth.1"])
        cpSync(join(root, file), join(folder, file));
      writeFileSync(join(folder, "package.json"), JSON.stringify({ ...about, scripts: {}, peerDependenciesMeta: {} }));
      const npm = (...args: readonly string[]) => {
        const { status, stderr } = spawnSync("npm", [...args, "--offline", "--no-audit", "--no-fund"], {
          cwd: directory,
          env: { PATH: process.env["PATH"] ?? "", HOME: directory },
          encoding: "utf8",
        });
        assert.equal(status, 0, stderr);
      };
      npm("pack", folder);
      const prefix = join(directory, "prefix");
      npm("install", "--global", "--prefix", prefix, join(directory, `cacheauth-${about.version}.tgz`));
      assert.equal(readFileSync(join(prefix, "share/man/man1/cacheauth.1"), "utf8"), readFileSync(page, "utf8"));
    }));

test("man: a flag that is told otherwise than the page does is seen", () =>
  withDirectory(async (directory) => {
    for (const folder of ["src", "scripts"]) cpSync(join(root, folder), join(directory, folder), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
    const check = () =>
      spawnSync(join(root, "node_modules/.bin/bun"), [join(directory, "scripts/make-man.ts"), "--check"]).status;
    assert.equal(check(), 0);
    const flags = join(directory, "src/commands/token/flags.ts");
    writeFileSync(flags, readFileSync(flags, "utf8").replace("how long it lives", "how long it may live"));
    assert.equal(check(), 1);
  }));
