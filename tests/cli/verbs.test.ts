/** A command whose verbs are commands: `cacheauth session …`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runCli } from "../../src/cli.ts";
import { fakeRuntime } from "../fakes/runtime.ts";

const verbs = ["set", "gen", "info", "export", "process", "run", "ping", "terminate"];

async function cli(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const runtime = await fakeRuntime(args, { CACHEAUTH_HOME: "/nowhere", HOME: "/nowhere" });
  const code = await runCli(runtime);
  return { code, ...runtime.written };
}

test("verbs: without one they are listed, on stderr with 2, or on stdout where that was asked", async () => {
  const missing = await cli("session");
  assert.deepEqual([missing.code, missing.stdout], [2, ""]);
  for (const words of [
    ["session", "--help"],
    ["session", "-h"],
    ["help", "session"],
    ["--help", "session"],
  ]) {
    const asked = await cli(...words);
    assert.deepEqual([asked.code, asked.stdout, asked.stderr], [0, missing.stderr, ""], words.join(" "));
  }
  for (const verb of verbs) assert.match(missing.stderr, new RegExp(`^  ${verb} +\\w`, "m"));
});

test("verbs: each has help of its own, by whichever way it is asked for", async () => {
  for (const verb of verbs) {
    const { code, stdout, stderr } = await cli("session", verb, "--help");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, new RegExp(`^cacheauth session ${verb}: `));
    assert.match(stdout, new RegExp(`^  cacheauth session ${verb}.* \\[FLAGS\\]$`, "m"));
    for (const words of [
      ["help", "session", verb],
      ["session", "-h", verb],
      ["--help", "session", verb],
    ])
      assert.equal((await cli(...words)).stdout, stdout, words.join(" "));
  }
});

test("verbs: a misspelt one gets the nearest, and whatever else stands there all", async () => {
  for (const [word, hint] of [
    ["gne", /^fix: Did you mean gen\? See cacheauth session --help\.$/m],
    ["infos", /Did you mean info\?/],
    ["ter", /Did you mean terminate\?/],
    ["my-profile", /^fix: Verbs: set, gen, info, export, process, run, ping, terminate\./m],
    ["--serial", /^fix: Write the verb first: cacheauth session set\|gen\|/m],
    ["__proto__", /Verbs: /],
  ] as const) {
    const { code, stderr, stdout } = await cli("session", word);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, hint);
  }
});

test("verbs: flags of every command may stand before command, verb and argument", async () => {
  for (const words of [
    ["--json", "session", "info", "x"],
    ["session", "--json", "info", "x"],
    ["session", "info", "--json", "x"],
    ["session", "info", "x", "--json"],
    ["--color", "never", "session", "--color=never", "info", "x", "--json"],
  ]) {
    const { code, stdout, stderr } = await cli(...words);
    assert.deepEqual([code, stdout, JSON.parse(stderr).error.code], [3, "", "session-not-set"], words.join(" "));
  }
});

test("verbs: a verb's flag before it, one too many argument, and flags of another verb are refused", async () => {
  assert.match((await cli("session", "--code", "123456", "gen")).stderr, /"--code" stands where a verb/);
  assert.match((await cli("session", "info", "a", "b")).stderr, /cacheauth session info takes one argument, PROFILE/);
  assert.match((await cli("session", "ping", "a")).stderr, /cacheauth session ping takes no argument/);
  assert.match((await cli("session", "info", "--detach")).stderr, /cacheauth session info has no flag "--detach"/);
});

test("verbs: each has a schema, and the command one of all", async () => {
  for (const words of [[], ...verbs.map((verb) => [verb])]) {
    const { code, stdout } = await cli("schema", "session", ...words);
    assert.equal(code, 0);
    assert.equal(JSON.parse(stdout).title, `cacheauth ${["session", ...words].join(" ")} --json`);
  }
  assert.match((await cli("schema", "session", "gne")).stderr, /"session gne" has no schema/);
  assert.match((await cli("schema", "session", "gen", "x")).stderr, /takes two arguments, COMMAND and VERB/);
});

test("verbs: session run is refused on Windows, detached too, before a file is touched", async () => {
  for (const args of [
    ["session", "run"],
    ["session", "run", "--detach"],
  ]) {
    // Its files are not there: whatever touched one would say something else.
    const runtime = await fakeRuntime(args, { APPDATA: "C:\\nowhere", LOCALAPPDATA: "C:\\nowhere" });
    const code = await runCli({ ...runtime, host: { ...runtime.host, platform: "win32" } });
    assert.deepEqual([code, runtime.written.stdout], [2, ""]);
    assert.match(runtime.written.stderr, /^error: session run is not for Windows: .*\nfix: .*session gen.*WSL/s);
  }
});
