/**
 * Whole stories, from what a person has to the cause: each file of stories/ is a session on a terminal. A line that begins
 * with $ is a command of bash; what follows it is all that it prints, and its exit code where that is not 0. Lines that
 * begin with # tell the story. With CACHEAUTH_WRITE_STORIES=1 the files are written anew, to be read before they are kept.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cleanEnv, type Program, programs, withDirectory } from "./program.ts";

const folder = join(import.meta.dirname, "stories");
const stories = readdirSync(folder).filter((name) => name.endsWith(".txt"));

/** The session as it goes here: the story's own lines, and after each command what it printed. */
function played(story: string, program: Program, directory: string): string {
  const bin = join(directory, "cacheauth");
  writeFileSync(bin, `#!/bin/sh\nexec ${program.command.map((word) => `'${word}'`).join(" ")} "$@"\n`);
  chmodSync(bin, 0o755);
  const lines = story.split("\n").filter((line) => /^[$#]/.test(line));
  const mark = "--- next ---";
  const commands = lines.filter((line) => line.startsWith("$")).map((line) => line.slice(2));
  // One shell for all, so that a variable lives on; each command's output ends in a mark.
  const script = commands
    .map((line) => `{ ${line}\n} 2>&1; s=$?; [ $s = 0 ] || echo "[exit $s]"; echo '${mark}'`)
    .join("\n");
  const { stdout } = spawnSync("bash", ["-c", script], {
    cwd: directory,
    env: { ...cleanEnv(directory), PATH: `${directory}:${process.env["PATH"] ?? ""}`, TZ: "Etc/GMT-1" },
    encoding: "utf8",
    timeout: 60_000,
  });
  const outputs = stdout.split(`${mark}\n`);
  let next = 0;
  return lines.map((line) => (line.startsWith("$") ? `${line}\n${outputs[next++] ?? ""}` : `${line}\n`)).join("");
}

for (const program of programs) {
  for (const name of stories) {
    test(`${program.name}: story: ${name}`, () =>
      withDirectory(async (directory) => {
        const file = join(folder, name);
        const told = readFileSync(file, "utf8");
        const here = played(told, program, directory);
        if (process.env["CACHEAUTH_WRITE_STORIES"] === "1") writeFileSync(file, here);
        else assert.equal(here, told);
      }));
  }
}
test("stories: there are at least eight", () => assert.ok(stories.length >= 8));
