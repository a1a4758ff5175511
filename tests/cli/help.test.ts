/** Help: on one screen, examples first, exit codes last; with -v, all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runCli } from "../../src/cli.ts";
import { commands, everyCommandOf } from "../../src/cli-commands.ts";
import type { Command, Flag } from "../../src/commands/command.ts";
import { fakeRuntime } from "../fakes/runtime.ts";

/** As many as a terminal of 50 lines has, less those of the prompt. */
const rows = 48;

async function help(columns: number, ...args: readonly string[]): Promise<string> {
  const runtime = await fakeRuntime(args);
  const code = await runCli({ ...runtime, io: { ...runtime.io, columns } });
  assert.deepEqual([code, runtime.written.stderr], [0, ""], args.join(" "));
  return runtime.written.stdout;
}

const all: (readonly [names: readonly string[], command: Command])[] = [];
for (const [name, entry] of Object.entries(commands)) {
  if (!("verbs" in entry)) all.push([[name], await entry.load()]);
  else for (const [verb, { load }] of Object.entries(await entry.verbs())) all.push([[name, verb], await load()]);
}

for (const [names, command] of all) {
  const flags = Object.entries<Flag>({ ...command.flags, ...everyCommandOf(command) });

  test(`help: ${command.name}: on one screen, two examples first, exit codes last`, async () => {
    const text = await help(80, ...names, "--help");
    assertFits(text, 80);
    assert.ok(text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 80)), 0) <= rows, text);
    const [title, examples, ...others] = text.trimEnd().split("\n\n");
    assert.match(title ?? "", new RegExp(`^cacheauth ${command.name}: `));
    const lines = (examples ?? "").split("\n").filter((line) => !line.startsWith("  # "));
    assert.deepEqual(lines, ["Examples", ...command.examples.slice(0, 2).map(([, line]) => `  ${line}`)]);
    assert.equal(lines.length, 3);
    assert.match(others.at(-1) ?? "", /^Exit codes\n {2}0 fine · /);
    for (const exit of command.exits) assert.match(others.at(-1) ?? "", new RegExp(`(^|\\s)${exit} [a-z]`, "m"));
    for (const [name] of flags) assert.ok(text.includes(`--${name}`), name);
  });

  test(`help: ${command.name}: with -v each flag is told of, and every example is there`, async () => {
    const text = await help(80, ...names, "--help", "-v");
    const flat = text.replace(/\s+/g, " ");
    for (const [name, { about }] of flags) assert.ok(flat.includes(about.replace(/\s+/g, " ")), name);
    for (const [, line] of command.examples) assert.ok(text.includes(`\n  ${line}\n`), line);
    for (const args of [
      ["help", ...names, "-v"],
      [...names, "-hv"],
      [...names, "-vh"],
      ["--verbose", ...names, "--help"],
    ])
      assert.equal(await help(80, ...args), text, args.join(" "));
  });

  test(`help: ${command.name}: fits 40 columns, but for examples and names`, async () => {
    assertFits(await help(40, ...names, "--help"), 40);
    assertFits(await help(40, ...names, "--help", "-v"), 40);
  });

  test(`help: ${command.name}: what is pasted of its examples runs nothing but them`, async () => {
    for (const columns of [80, 40, 20]) {
      const text = await help(columns, ...names, "--help", "-v");
      const [, block = ""] = /\nExamples\n([\s\S]*?)\n\n/.exec(text) ?? [];
      const typed = block.split("\n").filter((line) => !line.startsWith("  # "));
      assert.deepEqual(
        typed,
        command.examples.map(([, line]) => `  ${line}`),
      );
    }
  });

  test(`help: ${command.name}: on a narrow terminal each exit code has a line of its own`, async () => {
    const text = await help(40, ...names, "--help");
    assert.doesNotMatch(text, / \+$/m);
    const [, block = ""] = /\nExit codes\n([\s\S]*)$/.exec(text) ?? [];
    const codes = [...block.matchAll(/^ {2}(\d+) +[a-z]/gm)].map(([, code]) => Number(code));
    assert.deepEqual(codes, command.exits);
  });

  test(`help: ${command.name}: the usage says which arguments may be left out`, async () => {
    const [, usage = ""] = /\nUsage\n(.*)\n/.exec(await help(80, ...names, "--help")) ?? [];
    const { words, least = 0 } = command;
    for (const [index, word] of words.entries())
      assert.ok(usage.includes(index < least ? ` ${word}` : ` [${word}]`), usage);
    if (least === 0) return;
    const runtime = await fakeRuntime(names);
    assert.equal(await runCli(runtime), 2);
    assert.match(runtime.written.stderr, /^error: No \w+ (is|was) named\.\n/);
  });
}

test("help: of all commands, and of a command with verbs, on one screen too", async () => {
  for (const args of [["--help"], ["session", "--help"]]) {
    const text = await help(80, ...args);
    assertFits(text, 80);
    assert.ok(text.split("\n").length <= rows + 1, args.join(" "));
    assert.match(text, /^cacheauth.*\n\nExamples\n( {2}# .*\n {2}cacheauth .*\n){2}\n/);
    for (const line of text
      .split("\n")
      .slice(2, 7)
      .filter((line) => line.startsWith("  cacheauth")))
      assert.ok(
        all.some(([, { examples }]) => examples.slice(0, 2).some(([, example]) => `  ${example}` === line)),
        `${line} is an example that no command has, and that is not carried out`,
      );
    assert.match(text, /\n\nExit codes\n {2}0 fine · (.*\n){1,4}$/);
    assertFits(await help(40, ...args), 40);
  }
});

test("help: a command with verbs ends with any code that they end with", async () => {
  for (const [name, entry] of Object.entries(commands)) {
    if (!("verbs" in entry)) continue;
    const exits = new Set(all.filter(([[first]]) => first === name).flatMap(([, command]) => command.exits));
    assert.deepEqual(
      entry.exits,
      [...exits].sort((a, b) => a - b),
    );
  }
});

for (const [names, { name, refuses = [] }] of all)
  test(`help: ${name}: flags of every command that it refuses are not among those it shows, and no others`, async () => {
    for (const [flag, ...value] of [["json"], ["at", "20250101T000000Z"]] as const) {
      // Nothing that would reach for a cache: without a target most say that first.
      const runtime = await fakeRuntime([...names, `--${flag}`, ...value, "--color", "never"]);
      const isAnswered = name === "emulate" && flag === "json";
      if (!isAnswered) await runCli(runtime);
      const says = new RegExp(`(^|\\W)--${flag}\\b`).test(runtime.written.stderr);
      assert.equal(says, refuses.includes(flag), runtime.written.stderr);
      assert.equal((await help(80, ...names, "--help")).includes(` --${flag} `), !refuses.includes(flag));
    }
  });

test("help: a long flag behind one dash is still told as one, though there is an h in it", async () => {
  const runtime = await fakeRuntime(["token", "-watch"]);
  assert.equal(await runCli(runtime), 2);
  assert.match(runtime.written.stderr, /"-watch"/);
});

/** Lines are as long as the terminal is wide, but for what is copied, and names that are longer by themselves. */
function assertFits(text: string, width: number): void {
  let isExample = false;
  for (const line of text.split("\n")) {
    const copied: boolean = isExample || /^ {2}(-|cacheauth )/.test(line) || !/\S \S/.test(line.trim());
    assert.ok(line.length <= width || (copied && !line.startsWith("  # ")), `${line.length}: ${line}`);
    isExample = line.startsWith("  # ");
  }
}
