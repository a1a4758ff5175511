/** Lines for shells, run by those shells. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { quoted, type Shell, shellLines, shells, withOutputLine } from "../../src/session/shell-lines.ts";
import { sessionOf } from "./fake-host.ts";

/** Shells, and how each is given a script. */
const interpreters: readonly (readonly [shell: Shell, command: string, args: readonly string[]])[] = [
  ["sh", "sh", ["-c"]],
  ["sh", "bash", ["--norc", "-c"]],
  ["sh", "dash", ["-c"]],
  ["sh", "zsh", ["-f", "-c"]],
  ["fish", "fish", ["--no-config", "-c"]],
];

/** Texts that some shell could take for more than texts; a variable can hold anything but NUL. */
const hard = [
  "'",
  "''",
  "\\",
  "\\'",
  "$HOME",
  "`id`",
  "$(id)",
  '"',
  "\n",
  "a b",
  "*",
  "~",
  "!",
  "-n",
  "%s",
  "‘’‚‛",
  "é",
  "#",
  ";",
  "&",
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...hard), fc.string({ unit: "grapheme" })), { maxLength: 6 })
  .map((parts) => parts.join("").replaceAll("\0", "").toWellFormed());

/** Runs a shell in a home of its own: some keep files there. */
function inShell(command: string, args: readonly string[], env: Record<string, string> = {}, input = "") {
  const home = mkdtempSync(join(tmpdir(), "cacheauth-test-"));
  try {
    const clean = { PATH: process.env["PATH"] ?? "", HOME: home, ...env };
    return spawnSync(command, args, { env: clean, input, encoding: "utf8", maxBuffer: 1 << 24 });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

for (const [shell, command, args] of interpreters) {
  const isThere = inShell(command, [...args, "true"]).status === 0;
  if (!isThere) console.log(`not run: lines for ${shell} in ${command}, which is not here`);
  else
    test(`shell: a word of ${shell} is read by ${command} as what it was`, () => {
      const texts = [...hard, ...fc.sample(text, 1_000), hard.join("")];
      const script = texts.map((text) => `printf '%s\\0' ${quoted(text, shell)}`).join("\n");
      const { stdout, stderr } = inShell(command, [...args, script]);
      assert.equal(stderr, "");
      assert.deepEqual(stdout.split("\0").slice(0, -1), texts);
    });
  if (isThere)
    test(`shell: a command gets what another prints in a variable, and the shell does not keep it, in ${command}`, () => {
      const line = withOutputLine("WORD", "printf '%s' 'a  b$c'", 'sh -c \'printf "<%s>" "$WORD"\'', shell);
      const { stdout, stderr } = inShell(command, [...args, `${line}; printf '<%s>' "$WORD"`]);
      assert.deepEqual([stdout, stderr], ["<a  b$c><>", ""]);
    });
}

test("shell: a text of PowerShell ends at no quotation mark that is in it", () => {
  // By its rules (about_Quoting_Rules) any of five ends the text, unless another follows.
  fc.assert(
    fc.property(text, (text) => {
      const word = quoted(text, "powershell");
      assert.match(word, /^'(?:[^'\u2018-\u201b]|(['\u2018-\u201b])\1)*'$/);
      assert.equal(word.slice(1, -1).replace(/(['\u2018-\u201b])\1/g, "$1"), text);
    }),
  );
});

if (inShell("pwsh", ["-NoProfile", "-Command", "exit 0"]).status === 0) {
  test("shell: a word of PowerShell is read by pwsh as what it was", () => {
    const texts = [...hard, ...fc.sample(text, 300)];
    const script = `${texts.map((text) => `[Console]::Out.Write(${quoted(text, "powershell")} + [char]0)`).join("\n")}`;
    const { stdout } = inShell("pwsh", ["-NoProfile", "-Command", "-"], {}, script);
    assert.deepEqual(stdout.split("\0").slice(0, -1), texts);
  });
} else console.log("not run: lines for powershell in pwsh, which is not here");

const expected = "ASIASESSION000000000|session-secret|session-token==|2025-01-01T12:00:00Z|||";
const names = [
  ...["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION"],
  ...["AWS_SECURITY_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
];
const env = { AWS_PROFILE: "p", AWS_SESSION_TOKEN: "old", AWS_SECURITY_TOKEN: "old" };

test("shell: the session's variables are set for programs, and those that would come first are gone", () => {
  const lines = shellLines(sessionOf(), "sh");
  const show = `${lines}set -e; exec env`;
  const { stdout, status } = inShell("sh", ["-eu", "-c", show], env);
  assert.equal(status, 0);
  const shown = new Map(stdout.split("\n").map((line) => [line.split("=", 1)[0], line.replace(/^[^=]*=/, "")]));
  assert.equal(names.map((name) => shown.get(name) ?? "").join("|"), expected);
});

if (inShell("fish", ["--no-config", "-c", "true"]).status === 0)
  test("shell: in fish too, also where nothing is to be unset", () => {
    for (const environment of [env, {}]) {
      const script = `${shellLines(sessionOf(), "fish")}or exit 1; sh -c 'echo ${names.map((name) => `$${name}`).join("\\|")}'`;
      const { stdout, status } = inShell("fish", ["--no-config", "-c", script], environment);
      assert.deepEqual([status, stdout], [0, `${expected}\n`]);
    }
  });

test("shell: every shell sets the four and unsets the three", () => {
  for (const shell of shells) {
    const lines = shellLines(sessionOf(), shell).trimEnd().split("\n");
    assert.equal(lines.length, names.length);
    for (const name of names) assert.equal(lines.filter((line) => new RegExp(`\\b${name}\\b`).test(line)).length, 1);
  }
});
