/** What is offered where, out of what the commands say of themselves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { runCli } from "../../src/cli.ts";
import { commands, everyCommandOf } from "../../src/cli-commands.ts";
import type { Command, Flag } from "../../src/commands/command.ts";
import { findingIds } from "../../src/findings/ids.ts";
import { fakeRuntime } from "../fakes/runtime.ts";
import { runs } from "../runs.ts";
import { type Asked, ask } from "./asking.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const verbs = ["set", "gen", "info", "export", "process", "run", "ping", "terminate"];
const profiles = {
  "/config": "[default]\n[profile dev]\n[profile my prof]\n[sso-session x]\n",
  "/credentials": "[ops]\n[dev]\n",
};

/** Words, the current one last, and what is offered, all of it. */
const exact: readonly (readonly [words: readonly string[], offered: readonly string[], prefix?: string])[] = [
  [[""], [...Object.keys(commands), "help"]],
  [["tok"], [...Object.keys(commands), "help"]],
  [
    ["--json", "-v", ""],
    [...Object.keys(commands), "help"],
  ],
  [["-"], ["--json", "--at", "--color", "--verbose", "-v", "--help", "-h", "--version"]],
  [
    ["--color", ""],
    ["auto", "always", "never"],
  ],
  [["--color=a"], ["auto", "always", "never"], "--color="],
  [
    ["--color", "never", ""],
    [...Object.keys(commands), "help"],
  ],
  [["session", ""], verbs],
  [["session", "--json", ""], verbs],
  [["help", ""], Object.keys(commands)],
  [["help", "session", ""], verbs],
  [["help", "session", "gen", ""], []],
  [["help", "token", ""], []],
  [["nonsense", ""], []],
  [["session", "nonsense", ""], []],
  [["__proto__", ""], []],
  [
    ["token", host, "--format", ""],
    ["raw", "env", "url"],
  ],
  [
    ["policy", "--format", ""],
    ["json", "terraform", "cloudformation"],
  ],
  [
    ["setup", "--engine", ""],
    ["valkey", "redis"],
  ],
  [
    ["setup", "--existing", ""],
    ["cache", "user", "group", "role"],
  ],
  [["setup", "--existing", "cache,role,"], ["user", "group"], "cache,role,"],
  [["setup", "--existing=cache,"], ["user", "group", "role"], "--existing=cache,"],
  [["exec", "--env", "URL="], ["token", "user", "host", "port", "url"], "URL="],
  [["exec", "--env", "UR"], []],
  [
    ["probe", "--resp", ""],
    ["2", "3"],
  ],
  [["probe", "--no-tls=x"], []],
  [
    ["session", "export", "--shell", ""],
    ["sh", "fish", "powershell"],
  ],
  [
    ["completion", ""],
    ["bash", "zsh", "fish", "powershell"],
  ],
  [["completion", "bash", "x"], []],
  [["rules", ""], Object.keys(findingIds)],
  [["schema", "session", ""], verbs],
  [["schema", "token", "x"], []],
  [
    ["token", "--profile", ""],
    ["default", "dev", "my prof", "ops"],
  ],
  [["token", "--profile=d"], ["default", "dev", "my prof", "ops"], "--profile="],
  [
    ["session", "gen", ""],
    ["default", "dev", "my prof", "ops"],
  ],
  [["session", "gen", "dev", "x"], []],
  [["token", "-u", ""], []],
  [["token", "mast"], []],
  [["token", "--", ""], []],
];
for (const [words, offered, prefix = ""] of exact)
  test(`completion: ${words.join(" ").replace(host, "HOST")}|`, async () => {
    const asked = await ask(words, profiles);
    assert.deepEqual(asked, { code: 0, itself: "nothing", prefix, words: offered, stderr: "" });
  });

test("completion: of regions each once", async () => {
  for (const words of [
    ["token", "-r", ""],
    ["token", "--region="],
    ["lint", "-r", ""],
  ]) {
    const { words: regions } = await ask(words);
    for (const region of ["us-east-1", "eu-central-1", "ap-northeast-2", "cn-northwest-1"])
      assert.equal(regions.filter((each) => each === region).length, 1, region);
  }
});

test("completion: names of files and folders are the shell's, and so is all behind -- of exec", async () => {
  const shells: readonly (readonly [words: readonly string[], itself: string, prefix: string])[] = [
    [["lint", "--token-file", "x"], "files", ""],
    [["lint", "--token-file=x"], "files", "--token-file="],
    [["policy", "--check", "a", "--check", ""], "files", ""],
    [["emulate", "--tls-dir", ""], "folders", ""],
    [["exec", host, "-u", "u", "--", ""], "command", ""],
    [["exec", host, "--", "git", "--ver"], "command", ""],
  ];
  for (const [words, itself, prefix] of shells) {
    const { words: offered, ...asked } = await ask(words);
    assert.deepEqual([asked.itself, asked.prefix, offered], [itself, prefix, []], words.join(" "));
  }
});

test("completion: names of variables, and nothing of what is in them", async () => {
  const { words } = await ask(["lint", "--token-env", ""], {}, { MY_TOKEN: "SENTINEL", "odd name": "x" });
  assert.ok(words.includes("MY_TOKEN"));
  assert.ok(!words.some((word) => /SENTINEL|odd/.test(word)));
});

for (const [names, command] of await everyOne())
  test(`completion: ${names.join(" ")}: each flag until it is there, and its value by what the help says of it`, async () => {
    const flags: Readonly<Record<string, Flag>> = { ...command.flags, ...everyCommandOf(command) };
    const all = Object.keys(flags).map((name) => `--${name}`);
    assert.deepEqual((await ask([...names, "--"])).words, all);
    for (const [name, { takes, short, alias }] of Object.entries(flags)) {
      for (const word of [`--${name}`, ...(short ? [`-${short}`] : []), ...(alias ? [`--${alias}`] : [])]) {
        const { words } = await ask([...names, word, ...(takes === "switch" ? [] : ["x"]), "--"]);
        assert.deepEqual(words, takes === "list" ? all : all.filter((each) => each !== `--${name}`), word);
        const open = await ask([...names, word, "-"]);
        if (takes !== "switch") assert.ok(!open.words.includes("--verbose"), `behind ${word} a value is due, no flag`);
      }
    }
  });

test("completion: a letter is offered where a dash stands alone, another name where it is begun", async () => {
  assert.ok((await ask(["token", "-"])).words.includes("-u"));
  assert.ok(!(await ask(["token", "--"])).words.includes("-u"));
  assert.ok(!(await ask(["token", "--us"])).words.includes("--user"));
  const { words } = await ask(["token", "-vu", ""]);
  assert.deepEqual(words, [], "the last of several letters waits for its value");
});

test("completion: between words the flags, where nothing is known of the argument", async () => {
  const offered = await ask(["token", ""]);
  assert.deepEqual(offered, await ask(["token", "--"]));
  assert.deepEqual((await ask(["session", "gen", ""])).words, (await ask(["session", "gen", "--"])).words);
});

test("completion: AWS files that are broken, or not there, or in a home that is not known, are no words at all", async () => {
  const quiet: Omit<Asked, "words"> = { code: 0, itself: "nothing", prefix: "", stderr: "" };
  for (const [files, words] of [
    [{}, []],
    [{ "/config": "\0\u0001[[[\n[profile \n]\n= =" }, []],
    [{ "/config": "no section = here\n[profile a\n[profile b]\nx" }, ["b"]],
    [
      { "/config": "[profile 'q d']\n[profile \"r s\"]\r\n[ profile   t ]\n[Profile u]\n[profile]" },
      ["q d", "r s", "t"],
    ],
  ] as const)
    assert.deepEqual(await ask(["token", "--profile", ""], files), { ...quiet, words });
  const nowhere = { AWS_CONFIG_FILE: "", AWS_SHARED_CREDENTIALS_FILE: "" };
  assert.deepEqual(await ask(["token", "--profile", ""], profiles, nowhere), { ...quiet, words: [] });
});

test("completion: a profile whose name moves the cursor, or hides something, is not offered; one like a flag only behind =", async () => {
  const names = ["\u001b[31mred", "tab\tname", "bell\u0007", "left\u202ename", "zero\u200bwidth", "ok", "-dash"];
  const files = { "/config": names.map((name) => `[profile ${name}]`).join("\n") };
  assert.deepEqual((await ask(["token", "--profile", ""], files)).words, ["ok"]);
  assert.deepEqual((await ask(["token", "--profile="], files)).words, ["ok", "-dash"]);
});

test("property: whatever is on the line, nothing on stderr, and no line that moves the cursor", async () => {
  const word = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom(...Object.keys(commands), ...verbs, "help", "--", "-", "", "-u", "--profile", "--color", "-r"),
    fc.constantFrom("--existing", "--env", "--format=", "--profile=", "--token-file", "--token-env", "-vh", "cache,"),
  );
  const shell = fc.constantFrom("bash", "zsh", "fish", "powershell", "csh");
  const name = fc.string({ unit: "binary", maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(shell, fc.array(word, { maxLength: 6 }), name, async (shell, words, name) => {
      const asked = shell === "bash" ? [`cacheauth ${words.join(" ")}`, ":="] : words;
      const env = { AWS_CONFIG_FILE: "/config", CACHEAUTH_COMPLETE: words.join("\n") };
      const files = { "/config": `[profile ${name}]\n[profile known]\n` };
      const runtime = await fakeRuntime(["__complete", shell, ...asked], env, files);
      const code = await runCli(runtime);
      const { stdout, stderr } = runtime.written;
      assert.deepEqual([code, stderr], [0, ""]);
      // The first line gives back what was typed; a tab parts a word from what it is for.
      for (const line of stdout.split("\n").slice(1)) assert.doesNotMatch(line.replaceAll("\t", ""), /[\p{Cc}\p{Cf}]/u);
    }),
    runs(500),
  );
});

test("completion: what the request is not is answered with nothing, on no stream", async () => {
  for (const words of [[], ["token"]]) {
    const { code, stderr } = await ask(words);
    assert.deepEqual([code, stderr], [0, ""]);
  }
});

/** Every command and verb, by its words. */
async function everyOne(): Promise<readonly (readonly [names: readonly string[], command: Command])[]> {
  const all: (readonly [readonly string[], Command])[] = [];
  for (const [name, entry] of Object.entries(commands)) {
    if (!("verbs" in entry)) all.push([[name], await entry.load()]);
    else for (const [verb, { load }] of Object.entries(await entry.verbs())) all.push([[name, verb], await load()]);
  }
  return all;
}
