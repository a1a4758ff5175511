/** Completion in shells that run on a terminal: keys are pressed, and the line is looked at. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { shells, typed, wordsOf } from "./completing.ts";
import { cleanEnv, programs, run, withDirectory } from "./program.ts";

const plain = "[default]\n[profile dev]\n[profile developers]\n[profile ops team]\n";

const [first] = programs;
assert.ok(first);

/** What is typed before the key, and the words of the line after it. */
const everywhere: readonly (readonly [line: string, words: readonly string[]])[] = [
  ["cacheauth tok", ["token"]],
  ["cacheauth --color ne", ["--color", "never"]],
  ["cacheauth --color=ne", ["--color=never"]],
  ["cacheauth help ses", ["help", "session"]],
  ["cacheauth session ter", ["session", "terminate"]],
  ["cacheauth token --prof", ["token", "--profile"]],
  ["cacheauth token --profile dev --prof", ["token", "--profile", "dev", "--prof"]],
  ["cacheauth token --profile o", ["token", "--profile", "ops team"]],
  ["cacheauth token --profile=o", ["token", "--profile=ops team"]],
  ["cacheauth token --profile d", ["token", "--profile", "de"]],
  ["cacheauth token --profile dev", ["token", "--profile", "dev"]],
  ["cacheauth session gen def", ["session", "gen", "default"]],
  ["cacheauth -v token -u me -r ap-northeast-2", ["-v", "token", "-u", "me", "-r", "ap-northeast-2"]],
  ["cacheauth token -r cn-northw", ["token", "-r", "cn-northwest-1"]],
  ["cacheauth setup --existing cache,gr", ["setup", "--existing", "cache,group"]],
  ["cacheauth exec --env URL=us", ["exec", "--env", "URL=user"]],
  ["cacheauth rules name-is-e", ["rules", "name-is-endpoint"]],
  ["cacheauth schema session ex", ["schema", "session", "export"]],
  ["cacheauth completion pow", ["completion", "powershell"]],
  ["cacheauth lint --token-env KEP", ["lint", "--token-env", "KEPT"]],
  ["cacheauth lint --token-file a\\ fi", ["lint", "--token-file", "a file.txt"]],
  ["cacheauth lint --token-file=a\\ fi", ["lint", "--token-file=a file.txt"]],
  ["cacheauth emulate --tls-dir a", ["emulate", "--tls-dir", "a folder/"]],
  ["cacheauth exec cache -- mktem", ["exec", "cache", "--", "mktemp"]],
  ["cacheauth exec cache -- cat a\\ fi", ["exec", "cache", "--", "cat", "a file.txt"]],
  ["cacheauth nonsense --tok", ["nonsense", "--tok"]],
  ["cacheauth token host.example.co", ["token", "host.example.co"]],
  ["bin/cacheauth tok", ["token"]],
  ["~/bin/cacheauth sch", ["schema"]],
];

/** Names that a shell would run, expand or break; each begins with two letters of its own. */
const hostile = [
  "aa b  c",
  "bb'c'",
  'cc"d"',
  "dd$(touch PWNED)",
  "ee`touch PWNED`",
  "ff;touch PWNED&|",
  "gg:h=i",
  "hh\\",
  "ii\\'\\:j",
  "jj*?[a-z]{b,c}",
  "kk<l>(m)^%",
  "ll$HOME$KEPT~",
  "mmé ünïcode 日本",
  "-n",
];
/** How a name is begun, in and out of quotes. */
const begun = ["", "'", '"'];

for (const shell of shells) {
  for (const program of programs)
    test(`${program.name}: ${shell.name} completes commands, verbs, flags and values`, async () => {
      const { lines, screen } = await typed(
        shell,
        program,
        plain,
        everywhere.map(([line]) => `${line}\t`),
      );
      assert.deepEqual(
        lines.map((line, index) => [everywhere[index]?.[0], wordsOf(shell, line.replace(/^(~\/)?bin\//, ""))]),
        everywhere.map(([line, words]) => [line, words]),
        screen,
      );
    });

  test(`completion: ${shell.name} takes a profile for a name, whatever is in it`, async () => {
    const names = hostile.filter((name) => !name.startsWith("-"));
    const keys = names.flatMap((name) =>
      begun.flatMap((quote) =>
        ["--profile ", "--profile="].map((flag) => `cacheauth token ${flag}${quote}${name.slice(0, 2)}\t`),
      ),
    );
    const config = hostile.map((name) => `[profile ${name}]\n`).join("");
    const { lines, screen } = await typed(shell, first, config, keys);
    const expected = names.flatMap((name) =>
      begun.flatMap(() => [
        ["token", "--profile", name],
        ["token", `--profile=${name}`],
      ]),
    );
    assert.deepEqual(
      lines.map((line, index) => [keys[index], ...wordsOf(shell, line)]),
      expected.map((words, index) => [keys[index], ...words]),
      screen,
    );
  });

  test(`completion: ${shell.name} says nothing of AWS files that it cannot read, nor of names that hide something`, async () => {
    const keys = ["cacheauth token --profile \t", "cacheauth token --profile=\t", "cacheauth tok\t"];
    for (const config of ["\0\u0001[[[ = \n[profile", "[profile \u001b]0;title\u0007x]\n", "[profile a\u202eb]\n"]) {
      const { lines, screen } = await typed(shell, first, config, keys);
      assert.deepEqual(
        lines.map((line) => line.trim()),
        [...keys.slice(0, 2).map((key) => key.trim()), "cacheauth token"],
      );
      assert.doesNotMatch(screen, /error|title|malformed|not found|\u202e/);
    }
  });
}

for (const shell of shells.filter(({ name }) => name !== "bash"))
  test(`completion: ${shell.name} shows what each is for`, async () => {
    const { screen } = await typed(shell, first, plain, ["cacheauth \t", "cacheauth session ex\t"]);
    assert.match(screen, /what is inside a token, in words/);
  });

/** How each shell has another name for it. */
const aliases: Readonly<Record<string, string>> = {
  bash: "alias ca=cacheauth; complete -F _cacheauth ca",
  zsh: "ca() { cacheauth $@ }; compdef ca=cacheauth",
  fish: "alias ca=cacheauth",
};
for (const shell of shells)
  test(`completion: ${shell.name} completes another name for it`, async () => {
    const load = `${shell.load}\n${aliases[shell.name]}`;
    const { lines, screen } = await typed({ ...shell, load }, first, plain, ["ca tok\t", "ca rules name-is-e\t"]);
    assert.deepEqual(lines, ["ca token ", "ca rules name-is-endpoint "], screen);
  });

for (const shell of shells.filter(({ name }) => name === "zsh"))
  test("completion: zsh takes the script as a file of fpath too", async () => {
    const load =
      "mkdir fns; cacheauth completion zsh > fns/_cacheauth; fpath=($PWD/fns $fpath); autoload -Uz compinit; compinit -u";
    const { lines, screen } = await typed({ ...shell, load }, first, plain, [
      "cacheauth tok\t",
      "cacheauth rules name-is-e\t",
    ]);
    assert.deepEqual(lines, ["cacheauth token ", "cacheauth rules name-is-endpoint "], screen);
  });

for (const shell of shells.filter(({ name }) => name === "bash"))
  test("completion: bash completes under set -u, and the script read twice", async () => {
    const load = `set -u; ${shell.load}; ${shell.load}`;
    const { lines, screen } = await typed({ ...shell, load }, first, plain, [
      "cacheauth tok\t",
      "cacheauth exec -- ca\t",
    ]);
    assert.equal(lines[0], "cacheauth token ", screen);
    assert.doesNotMatch(screen, /unbound|readonly/);
  });

test("completion: a pipe that nobody writes to holds up no prompt", () =>
  withDirectory(async (directory) => {
    const pipe = join(directory, "pipe");
    assert.equal(spawnSync("mkfifo", [pipe]).status, 0);
    for (const each of programs) {
      const env = { AWS_CONFIG_FILE: pipe, AWS_SHARED_CREDENTIALS_FILE: pipe };
      const start = performance.now();
      const { code, stdout, stderr } = await run(each, ["__complete", "fish", "token", "--profile", ""], { env });
      assert.deepEqual([code, stdout, stderr], [0, "nothing\t\n", ""]);
      assert.ok(performance.now() - start < 3_000);
    }
  }));

test("completion: PowerShell's words come by a variable, and go back quoted", () =>
  withDirectory(async (home) => {
    mkdirSync(join(home, ".aws"));
    writeFileSync(join(home, ".aws/config"), "[profile it's $(x)]\n[profile plain]\n[profile ops team]\n");
    for (const each of programs) {
      const asked = (words: string) =>
        run(each, ["__complete", "powershell"], { env: { ...cleanEnv(home), CACHEAUTH_COMPLETE: words } });
      const { stdout } = await asked("token\n--profile\n");
      assert.equal(stdout, "nothing\n'it''s $(x)'\tit's $(x)\t\nplain\tplain\t\n'ops team'\tops team\t\n");
      assert.equal((await asked("token\n--profile=p")).stdout, "nothing\n--profile=plain\tplain\t\n");
      assert.equal((await asked("lint\n--token-file\n")).stdout, "files\n");
    }
  }));

test("completion: an answer takes less than a tenth of a second", () =>
  withDirectory(async (home) => {
    mkdirSync(join(home, ".aws"));
    const config = Array.from({ length: 500 }, (_, index) => `[profile team-${index}]\nregion = us-east-1\n`).join("");
    writeFileSync(join(home, ".aws/config"), config);
    const timed = async (args: readonly string[], lines: number) => {
      const start = performance.now();
      const { stdout } = await run(first, args, { env: cleanEnv(home) });
      assert.equal(stdout.split("\n").length, lines);
      return performance.now() - start;
    };
    const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[5] ?? 0;
    const [answers, starts]: [number[], number[]] = [[], []];
    for (let round = 0; round < 11; round += 1) {
      answers.push(await timed(["__complete", "fish", "doctor", "--profile", ""], 502));
      starts.push(await timed(["--version"], 2));
    }
    // Where the machine is so busy that a start alone takes more than 20 ms, five times that.
    const [answer, start] = [median(answers), median(starts)];
    assert.ok(answer < Math.max(100, 5 * start), `${answer} ms, where a start takes ${start} ms`);
  }));

test("completion: each script is for the program by its name, and asks it alone", async () => {
  for (const shell of ["bash", "zsh", "fish", "powershell"]) {
    const { code, stdout, stderr } = await run(first, ["completion", shell]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /__complete/);
    // Nothing that was typed, or came back, is run: not one of what would do so stands there.
    assert.doesNotMatch(stdout.replace(/^#.*$/gm, ""), /\beval\b|compgen -W|Invoke-Expression|\bsource\b/);
  }
});

test("completion: what is no shell, and what a script cannot be, is refused", async () => {
  for (const [args, says] of [
    [["completion"], /No shell is named/],
    [["completion", "csh"], /There is no completion for "csh"\.\nfix: Name one of: bash, zsh, fish, powershell\./],
    [["completion", "bash", "--json"], /"flag-conflict"/],
    [["completion", "bash", "--at", "20250101T000000Z"], /completion takes no --at/],
  ] as const) {
    const { code, stdout, stderr } = await run(first, args);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, says);
  }
});
