/** Programs started on each runtime: found, refused, given their environment, and read to their end, alike. */
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { namesFolder } from "../../src/node/find-program.ts";
import { nodeProcess as host } from "../../src/node-runtime.ts";
import { withFolder } from "../folder.ts";

const env = { PATH: process.env["PATH"] };
const capture = { env, stdio: "capture" } as const;

async function outcome(command: readonly string[], options = {}) {
  const child = await host.spawn(command, { ...capture, ...options });
  const [stdout, ended] = await Promise.all([child.stdout, child.ended]);
  return { stdout, ...ended };
}

test("spawn: exit codes, signals, and what a shell makes of them", async () => {
  const of = async (script: string) => {
    const { code, signal, status } = await outcome(["sh", "-c", script]);
    return [code, signal, status];
  };
  assert.deepEqual(await of("exit 0"), [0, null, 0]);
  assert.deepEqual(await of("exit 255"), [255, null, 255]);
  assert.deepEqual(await of("kill -9 $$"), [null, "SIGKILL", 137]);
  assert.deepEqual(await of("kill -TERM $$"), [null, "SIGTERM", 143]);
  assert.deepEqual(await of("kill -USR2 $$"), [null, "SIGUSR2", 140]);
});

test("spawn: what is not there, what is not executable, and what is no program are told apart", () =>
  withFolder(async (folder) => {
    const file = (name: string, text: string, mode: number) => {
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), mode);
      return join(folder, name);
    };
    const PATH = `${folder}:${process.env["PATH"]}`;
    const start = (name: string) => host.spawn([name], { env: { PATH }, stdio: "ignore" });
    for (const name of ["no-such-program", join(folder, "none"), "", "./none"])
      await assert.rejects(start(name), { code: "ENOENT" }, name);
    file("plain", "echo hi\n", 0o644);
    for (const name of [join(folder, "plain"), "plain", folder])
      await assert.rejects(start(name), { code: "EACCES" }, name);
    await assert.rejects(start(file("lost", "#!/nonexistent/interpreter\n", 0o755)), { code: "ENOEXEC" });
  }));

test("spawn: a script without its first line is read by the shell, as execvp does", () =>
  withFolder(async (folder) => {
    const script = join(folder, "script");
    writeFileSync(script, 'echo "$0 $1"\n');
    chmodSync(script, 0o755);
    assert.equal((await outcome([script, "a b"])).stdout, `${script} a b\n`);
    assert.equal((await outcome(["script", "c"], { env: { PATH: folder } })).stdout, `${script} c\n`);
  }));

test("spawn: the PATH is that of the environment that the program gets", () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, "one"));
    for (const name of ["one/here", "here"]) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho ${name}\n`);
      chmodSync(join(folder, name), 0o755);
    }
    assert.equal((await outcome(["here"], { env: { PATH: `${folder}/one:${folder}` } })).stdout, "one/here\n");
    assert.equal((await outcome(["sh", "-c", "echo found"], { env: {} })).stdout, "found\n");
    assert.equal(await host.findProgram("here", { PATH: `/nonexistent:${folder}` }), join(folder, "here"));
    await assert.rejects(host.findProgram("here", { PATH: "/nonexistent" }), { code: "ENOENT" });
  }));

test("spawn: what is a path on Windows, and what anywhere", () => {
  const told = (name: string) => [namesFolder(name, true), namesFolder(name, false)];
  assert.deepEqual(told("redis-cli"), [false, false]);
  assert.deepEqual(told("./redis-cli"), [true, true]);
  // On Windows found by Wine: exec said of such a path that there is no command of that name.
  assert.deepEqual(told("C:\\tools\\redis-cli.exe"), [true, false]);
  assert.deepEqual(told("tools\\redis-cli"), [true, false]);
  assert.deepEqual(told("C:redis-cli"), [true, false]);
});

test("spawn: the environment is what was given and nothing else", async () => {
  const { stdout } = await outcome(["/usr/bin/env"], { env: { A: "1 2\n3", B: undefined, C: "" } });
  assert.equal(stdout, "A=1 2\n3\nC=\n");
});

test("spawn: one text is run by the shell", async () => {
  const { stdout, status } = await outcome(['echo "$A" | tr a b; exit 3'], { env: { ...env, A: "aa" }, shell: true });
  assert.deepEqual([stdout, status], ["bb\n", 3]);
});

test("spawn: of too long an output the beginning is kept, and the program ends", async () => {
  const { stdout, status } = await outcome(["sh", "-c", "yes | head -c 3000000"], { mostBytes: 1_000 });
  assert.deepEqual([stdout.length, status], [1_000, 0]);
});

test("spawn: a signal reaches it, and one that has ended gets none", async () => {
  const child = await host.spawn(["sleep", "60"], { env, stdio: "ignore" });
  assert.ok(child.processId > 0);
  child.kill("SIGUSR1");
  assert.equal((await child.ended).signal, "SIGUSR1");
  child.kill("SIGKILL");
});

test("spawn: one signal after another reaches it", async () => {
  const child = await host.spawn(["sleep", "60"], { env, stdio: "ignore" });
  child.kill("SIGCONT");
  child.kill("SIGWINCH");
  child.kill("SIGKILL");
  assert.equal((await child.ended).signal, "SIGKILL");
});

test("signals: each is told once, until they are given back", async () => {
  // On Deno a listener alone keeps nobody waiting.
  const awake = setInterval(() => {}, 1_000);
  const seen: string[] = [];
  let more = () => {};
  const end = host.onSignals(["SIGUSR1", "SIGWINCH"], (signal) => {
    seen.push(signal);
    more();
  });
  for (const signal of ["SIGUSR1", "SIGWINCH"] as const) {
    const came = new Promise<void>((resolve) => {
      more = resolve;
    });
    process.kill(process.pid, signal);
    await came;
  }
  end();
  clearInterval(awake);
  assert.deepEqual(seen, ["SIGUSR1", "SIGWINCH"]);
});
