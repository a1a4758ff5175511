/** `exec`: signals reach the command once, whoever sends them; a terminal stays the command's. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { cleanEnv, exampleKeys, notRun, programs, withDirectory } from "./program.ts";
import { withRunning } from "./running.ts";
import { onTerminal } from "./terminal.ts";

const exec = ["exec", "master.my-cache.abc123.use1.cache.amazonaws.com", "-u", "my-user"];
const env = exampleKeys;
const hasTerminal = spawnSync("script", ["--version"]).status === 0;
if (!hasTerminal) notRun("exec on a terminal, for want of util-linux's script");

/** What it leaves behind ends by itself soon, for a hang-up that comes while it is made misses it. */
const waits = "while :; do sleep 0.1 >/dev/null 2>&1 & wait $!; done";
/** Says each of the signals that it gets, at once: `wait` is interrupted. At SIGALRM it ends with 7. */
const listener = (signals: readonly string[]) =>
  `for s in ${signals.join(" ")}; do trap "echo got $s" $s; done; trap "echo got ALRM; exit 7" ALRM; echo ready; ${waits}`;

for (const program of programs) {
  const { name } = program;

  test(`${name}: exec without a terminal: every signal that the command may want reaches it, each once`, () => {
    const signals = ["TERM", "HUP", "USR1", "USR2", "INT", "QUIT", "WINCH", "TSTP", "CONT"];
    const args = [...exec, "--", "bash", "-c", listener(signals)];
    return withRunning(program, args, { env }, async ({ until, signal, closed }) => {
      await until("stdout", /ready\n/);
      for (const one of [...signals, "ALRM"]) {
        signal(`SIG${one}` as NodeJS.Signals);
        await until("stdout", new RegExp(`got ${one}\n`));
      }
      const { code, stdout, stderr } = await closed;
      assert.deepEqual([code, stderr], [7, ""]);
      assert.deepEqual(stdout.trim().split("\n"), ["ready", ...[...signals, "ALRM"].map((one) => `got ${one}`)]);
    });
  });

  test(`${name}: exec ends as the command that a signal ends, killed or told to stop`, async () => {
    for (const [signal, code] of [
      ["SIGTERM", 143],
      ["SIGHUP", 129],
      ["SIGINT", 130],
      ["SIGUSR1", 138],
    ] as const) {
      const args = [...exec, "--", "sh", "-c", "echo ready; exec sleep 60"];
      await withRunning(program, args, { env }, async ({ until, signal: send, closed }) => {
        await until("stdout", /ready\n/);
        send(signal);
        const { code: got, signal: by, stderr } = await closed;
        assert.deepEqual([got, by, stderr], [code, null, ""], signal);
      });
    }
  });

  test(`${name}: exec waits for a command that is stopped, and ends as it does when it is killed`, () => {
    const args = [...exec, "--", "sh", "-c", "echo $$; read x; exit 9"];
    return withRunning(program, args, { env }, async ({ child, until, closed }) => {
      const [, pid] = await until("stdout", /(\d+)\n/);
      process.kill(Number(pid), "SIGSTOP");
      child.stdin?.end("\n");
      process.kill(Number(pid), "SIGCONT");
      assert.equal((await closed).code, 9);
    }).then(() =>
      withRunning(program, args, { env }, async ({ until, closed }) => {
        const [, pid] = await until("stdout", /(\d+)\n/);
        process.kill(Number(pid), "SIGSTOP");
        process.kill(Number(pid), "SIGKILL");
        assert.equal((await closed).code, 137);
      }),
    );
  });

  if (!hasTerminal) continue;

  /**
   * Counts what it gets; asks with a colon for what is done next. SIGUSR1, which comes after all that came before, makes it
   * say how many.
   */
  const counting = (signal: string) =>
    `n=0; trap 'n=$((n+1)); printf "caught: " >&2' ${signal}; trap 'kill $!; echo "count $n"; exit 5' USR1; printf "ready: " >&2; ${waits}`;
  const usr1 = { signal: "SIGUSR1" } as const;

  test(`${name}: exec on a terminal: Ctrl-C and Ctrl-\\ reach the command once, and do not end exec`, async () => {
    for (const [key, signal] of [
      ["\u0003", "INT"],
      ["\u001c", "QUIT"],
    ] as const) {
      const args = [...exec, "--", "bash", "-c", counting(signal)];
      const { status, out, screen } = await onTerminal(program, quoted(args), env, key, usr1);
      assert.deepEqual([status, out], [5, "count 1\n"], screen);
      assert.match(screen, /TERMINAL icanon echo/);
    }
  });

  test(`${name}: exec on a terminal: a signal that is sent to exec alone reaches the command too`, async () => {
    const args = [...exec, "--", "bash", "-c", counting("TERM")];
    const { status, out, screen } = await onTerminal(program, quoted(args), env, { signal: "SIGTERM" }, usr1);
    assert.deepEqual([status, out], [5, "count 1\n"], screen);
  });

  test(`${name}: exec on a terminal: Ctrl-Z stops both, and both go on`, async () => {
    const script =
      'trap \'printf "awake: " >&2\' CONT; printf "ready: " >&2; until read line; do :; done; echo "$line"; exit 6';
    const args = [...exec, "--", "bash", "-c", script];
    const { status, out, screen } = await onTerminal(program, quoted(args), env, "\u001a", "on\n");
    assert.deepEqual([status, out], [6, "on\n"], screen);
    assert.match(screen, /STOPPED/);
  });

  test(`${name}: exec on a terminal: the command sees it, and one that changes it finds it so`, async () => {
    const script =
      'test -t 0 && test -t 2 && stty -echo && printf "ready: " >&2 && read line && stty echo && echo "$line"';
    const { status, out, screen } = await onTerminal(
      program,
      quoted([...exec, "--", "sh", "-c", script]),
      env,
      "typed\n",
    );
    assert.deepEqual([status, out], [0, "typed\n"], screen);
    assert.ok(!screen.includes("typed"));
  });

  test(
    `${name}: exec on a terminal that goes away: the command is told, and exec ends with it`,
    { timeout: 30_000 },
    () =>
      withDirectory(async (directory) => {
        const told = join(directory, "told");
        const script = `trap 'echo hung up > ${told}; exit 3' HUP; echo ready; ${waits}`;
        const words = [...program.command, ...quoted([...exec, "--", "bash", "-c", script])].map((word) => `'${word}'`);
        // The shell gives its place to exec, which then leads the session: the system tells that one alone.
        const child = spawn("script", ["--quiet", "--command", `exec ${words.join(" ")}`, "/dev/null"], {
          env: { ...cleanEnv(directory), ...env, SHELL: "/bin/bash" },
          stdio: ["pipe", "pipe", "inherit", "pipe"],
        });
        // Held by script and by exec until their ends; on Deno by the command too, and what it leaves behind.
        const held = child.stdio[3];
        assert.ok(held instanceof Readable);
        await new Promise<void>((resolve) =>
          child.stdout?.on("data", (text) => String(text).includes("ready") && resolve()),
        );
        child.kill("SIGKILL");
        await once(held.resume(), "close");
        assert.equal(readFileSync(told, "utf8"), "hung up\n");
      }),
  );
}

/** onTerminal puts single quotes around every word. */
function quoted(args: readonly string[]): readonly string[] {
  return args.map((arg) => arg.replaceAll("'", "'\\''"));
}
