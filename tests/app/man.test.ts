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

/** What shows it, what it warns of and how it looks. */
const readers = [
  { name: "man", warnings: ["--warnings", "-l", page], text: ["-l", page] },
  { name: "mandoc", warnings: ["-T", "lint", "-W", "warning", page], text: ["-T", "utf8", "-O", "width=300", page] },
];
for (const { name, warnings, text } of readers) {
  const isHere = spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
  if (!isHere) notRun(`the manual page in ${name}, which is not here`);
  else {
    test(`man: ${name} warns of nothing`, () => {
      const { status, stderr, stdout } = spawnSync(name, warnings, { env, encoding: "utf8" });
      assert.deepEqual([status, stderr, name === "mandoc" ? stdout : ""], [0, "", ""]);
    });

    test(`man: ${name} shows every command, every flag, and examples as they are copied`, () => {
      const { stdout } = spawnSync(name, text, { env, encoding: "utf8" });
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
