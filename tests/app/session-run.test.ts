/** The runner: in step while it runs, one at a time, for its owner alone, and what is left when it is killed. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { pingOutput, runOutput, terminateOutput } from "../../src/commands/session/output.ts";
import { errorOf } from "./asking.ts";
import { sts, temporary, withFake } from "./aws-servers.ts";
import { cleanEnv, notRun, type Program, programs } from "./program.ts";
import { jsonOf, ownCredentials, ownSecret, type SessionHome, said, withSessions } from "./sessions.ts";

interface Runner {
  readonly child: ChildProcess;
  /** Resolves when it has ended. */
  readonly ended: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>;
  /** Waits for the next line of stdout, as JSON. */
  next(): Promise<ReturnType<typeof JSON.parse>>;
}

/** `session run --json` in the foreground. */
function start(program: Program, home: string, env: Record<string, string> = {}): Runner {
  const [command = "", ...before] = program.command;
  const child = spawn(command, [...before, "session", "run", "--json"], { env: { ...cleanEnv(home), ...env } });
  let stdout = "";
  let stderr = "";
  let read = 0;
  let wake = () => {};
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    wake();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Awaited<Runner["ended"]>>((resolve) => {
    child.on("close", (code, signal) => {
      resolve({ code, signal, stdout, stderr });
      wake();
    });
  });
  return {
    child,
    ended,
    async next() {
      for (;;) {
        const end = stdout.indexOf("\n", read);
        if (end >= 0) {
          const line = stdout.slice(read, end);
          read = end + 1;
          return runOutput.parse(JSON.parse(line));
        }
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended: ${stderr}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** Waits for a change in a folder until a condition holds; an event may come before the change is whole. */
function until(folder: string, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds()) return;
      watcher.close();
      clearInterval(timer);
      resolve();
    };
    const watcher = watch(folder, look);
    const timer = setInterval(look, 100);
    look();
  });
}

const socketOf = (home: string) => join(home, ".local/state/cacheauth/run/socket");
const logOf = (home: string) => join(home, ".local/state/cacheauth/run/log");
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};

/** Waits until a process that is no child has ended, of which nothing tells. */
async function end(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** What somebody hears who connects and says this. */
function hear(path: string, said: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(path, () => socket.write(said));
    socket.setEncoding("utf8").on("data", (text: string) => {
      heard += text;
    });
    socket.on("error", () => resolve(heard)).on("close", () => resolve(heard));
  });
}

for (const program of programs) {
  const { name } = program;

  test(`${name}: session run: changes of the user's file and of the settings are in the shadow file, by whichever way they are made`, () =>
    withFake(sts, async ({ url }) => {
      await withSessions(
        program,
        async ({ home, session, shadow }) => {
          said(await session(["gen", "dev", "--code", "123456"]));
          const runner = start(program, home);
          const first = await runner.next();
          assert.deepEqual(
            [first.pid, first.file, first.madeOf, first.log],
            [runner.child.pid, shadow, join(home, ".aws/credentials"), null],
          );
          const own = join(home, ".aws/credentials");
          const has = (pattern: RegExp) => pattern.test(readFileSync(shadow, "utf8"));
          const inState = join(home, ".local/state/cacheauth");

          appendFileSync(own, "[appended]\nregion = a\n");
          await until(inState, () => has(/\[appended\]/));
          writeFileSync(own, `${ownCredentials}[rewritten]\nregion = b\n`);
          await until(inState, () => has(/\[rewritten\]/) && !has(/\[appended\]/));
          writeFileSync(`${own}.new`, `${ownCredentials}[renamed]\nregion = c\n`);
          renameSync(`${own}.new`, own);
          await until(inState, () => has(/\[renamed\]/));
          // Two steps later the old and the new file still differ for the watcher.
          renameSync(own, `${own}.old`);
          await until(inState, () => !has(/\[dev\]\n# cacheauth/) || !has(/\[renamed\]/));
          renameSync(`${own}.old`, own);
          await until(inState, () => has(/\[renamed\]/) && has(new RegExp(temporary.accessKeyId)));
          said(await session(["set", "dev", "--off"]));
          assert.ok(has(new RegExp(ownSecret)));
          said(await session(["set", "dev", "--on"]));
          assert.ok(!has(new RegExp(ownSecret)));
          assert.equal((await runner.next()).event, "written");

          runner.child.kill("SIGTERM");
          const { code, stdout, stderr } = await runner.ended;
          assert.deepEqual([code, stderr], [0, ""]);
          assert.match(stdout, /"event":"stopped"/);
          assert.ok(!existsSync(socketOf(home)));
          assert.ok(has(new RegExp(temporary.accessKeyId)), "the file stays");
        },
        { AWS_ENDPOINT_URL_STS: url },
      );
    }));

  test(`${name}: session run: a file that cannot be read is told, with its line and nothing of it; the last whole one stays`, () =>
    withSessions(program, async ({ home, session, shadow }) => {
      said(await session(["set", "dev"]));
      const runner = start(program, home);
      await runner.next();
      const before = readFileSync(shadow, "utf8");
      writeFileSync(join(home, ".aws/credentials"), `${ownCredentials}SENTINEL without a section or a value\n`);
      const { event, error } = await runner.next();
      assert.deepEqual([event, error.code], ["kept", "aws-file-malformed"]);
      assert.match(error.message, /line 13 is neither/);
      assert.equal(readFileSync(shadow, "utf8"), before);
      writeFileSync(join(home, ".aws/credentials"), `${ownCredentials}# mended\n`);
      assert.equal((await runner.next()).event, "written");
      runner.child.kill("SIGINT");
      const { code, stdout } = await runner.ended;
      assert.equal(code, 0);
      assert.ok(!stdout.includes("SENTINEL"));
    }));

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    test(`${name}: session run: ${signal} ends it with 0, and nothing of it is left but its log`, () =>
      withSessions(program, async ({ home }) => {
        const runner = start(program, home);
        await runner.next();
        runner.child.kill(signal);
        const { code, signal: by } = await runner.ended;
        assert.deepEqual([code, by], [0, null]);
        assert.ok(!existsSync(socketOf(home)));
        assert.ok(!existsSync(join(home, ".local/state/cacheauth/run/runner.lock")));
      }));
  }

  test(`${name}: session run: in the background it is ready when the command returns, and a group of its own`, () =>
    withSessions(program, async ({ home, session }) => {
      const running = runOutput.parse(jsonOf(await session(["run", "--detach", "--json"])));
      assert.ok("pid" in running);
      const { pid, log } = running;
      assert.equal(log, logOf(home));
      const facts = pingOutput.parse(jsonOf(await session(["ping", "--json"])));
      assert.deepEqual([facts.running, facts.pid], [true, pid]);
      if (existsSync("/proc/self/stat")) {
        const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
          .replace(/^.*\) /s, "")
          .split(" ");
        assert.equal(Number(fields[2]), pid, "its own process group");
        assert.equal(Number(fields[3]), pid, "its own session: no terminal ends it");
      }
      // What is changed later is seen without anybody at a terminal.
      writeFileSync(join(home, ".aws/credentials"), `${ownCredentials}[later]\nregion = x\n`);
      const shadow = join(home, ".local/state/cacheauth");
      await until(shadow, () => /\[later\]/.test(readFileSync(join(shadow, "credentials"), "utf8")));
      const terminated = terminateOutput.parse(jsonOf(await session(["terminate", "--json"])));
      assert.deepEqual([terminated.terminated, terminated.pid], [true, pid]);
      assert.ok(!existsSync(socketOf(home)), "its place is free when terminate returns");
      await end(pid);
      const lines = readFileSync(logOf(home), "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => runOutput.parse(JSON.parse(line)));
      assert.deepEqual(
        lines.slice(1).map((line) => "event" in line && line.event),
        ["written", "stopped"],
      );
    }));

  test(`${name}: session run: two exclude each other, in the fore and in the back`, () =>
    withSessions(program, async ({ home, session }) => {
      const runner = start(program, home);
      await runner.next();
      for (const args of [["run"], ["run", "--detach"]]) {
        const error = errorOf(await session([...args, "--json"]), 2);
        assert.deepEqual(
          [error.code, error.message],
          ["runner-running", `A runner runs already: process ${runner.child.pid}.`],
        );
      }
      assert.equal(jsonOf(await session(["ping", "--json"])).pid, runner.child.pid, "the first is not disturbed");
      runner.child.kill("SIGTERM");
      await runner.ended;
    }));

  test(`${name}: session run: of five that start at once, one runs`, () =>
    withSessions(program, async ({ session }) => {
      const runs = await Promise.all(Array.from({ length: 5 }, () => session(["run", "--detach", "--json"])));
      const codes = runs.map(({ code }) => code).sort();
      assert.deepEqual(codes, [0, 2, 2, 2, 2], runs.map(({ stderr }) => stderr).join(""));
      const pids = runs.filter(({ code }) => code === 0).map(({ stdout }) => JSON.parse(stdout).pid);
      assert.equal(jsonOf(await session(["ping", "--json"])).pid, pids[0]);
      for (const { code, stderr } of runs) if (code === 2) assert.match(stderr, /runner-running/);
    }));

  test(`${name}: session run: what one that was killed left behind is taken over`, () =>
    withSessions(program, async ({ home, session }) => {
      const { pid } = jsonOf(await session(["run", "--detach", "--json"]));
      process.kill(pid, "SIGKILL");
      await end(pid);
      assert.ok(existsSync(socketOf(home)));
      const ping = await session(["ping", "--json"]);
      assert.deepEqual([ping.code, JSON.parse(ping.stdout).running], [1, false]);
      assert.equal(jsonOf(await session(["terminate", "--json"])).terminated, false);
      const next = jsonOf(await session(["run", "--detach", "--json"]));
      assert.notEqual(next.pid, pid);
      assert.equal(jsonOf(await session(["ping", "--json"])).pid, next.pid);
    }));

  test(`${name}: session run: whoever talks to the socket hears no secret, and cannot stop it by noise`, () =>
    withFake(sts, async ({ url }) => {
      await withSessions(
        program,
        async ({ home, session }) => {
          said(await session(["gen", "dev", "--code", "123456"]));
          const runner = start(program, home);
          await runner.next();
          const path = socketOf(home);
          assert.equal(statSync(path).mode & 0o777, 0o600);
          let heard = "";
          for (const said of [
            '{"ask":"ping"}\n',
            '{"ask":"sessions"}\n',
            "{}\n",
            "\n",
            "GET / HTTP/1.1\r\n\r\n",
            "x".repeat(100_000),
            '{"ask":'.repeat(20),
          ])
            heard += said.length > 1_000 || said.endsWith("\n") ? await hear(path, said) : "";
          for (const secret of [
            ownSecret,
            temporary.secretAccessKey,
            temporary.sessionToken,
            temporary.accessKeyId,
            "AKIA",
          ])
            assert.ok(!heard.includes(secret), heard);
          assert.match(heard, /"pid":/);
          // A hundred at once that say nothing.
          const silent = Array.from({ length: 100 }, () => connect(path).on("error", () => {}));
          assert.equal(jsonOf(await session(["ping", "--json"])).pid, runner.child.pid);
          for (const socket of silent) socket.destroy();
          assert.equal(jsonOf(await session(["terminate", "--json"])).terminated, true);
          assert.equal((await runner.ended).code, 0);
        },
        { AWS_ENDPOINT_URL_STS: url },
      );
    }));

  test(`${name}: session ping: a socket that others may write to is not believed`, () =>
    withSessions(program, async ({ home, session }) => {
      const runner = start(program, home);
      await runner.next();
      chmodSync(socketOf(home), 0o666);
      for (const verb of ["ping", "terminate"]) {
        const error = errorOf(await session([verb, "--json"]), 4);
        assert.deepEqual([error.code, /not yours alone/.test(error.message)], ["runner-unreachable", true]);
      }
      chmodSync(socketOf(home), 0o600);
      runner.child.kill();
      await runner.ended;
    }));

  test(`${name}: session run: a folder that is open is shut, a link in its place is refused`, () =>
    withSessions(program, async ({ home, session }) => {
      const folder = join(home, ".local/state/cacheauth/run");
      mkdirSync(folder, { recursive: true, mode: 0o777 });
      chmodSync(folder, 0o777);
      chmodSync(join(home, ".local/state/cacheauth"), 0o700);
      said(await session(["run", "--detach"]));
      assert.equal(statSync(folder).mode & 0o777, 0o700);
      said(await session(["terminate"]));
      rmSync(folder, { recursive: true });
      mkdirSync(join(home, "elsewhere"), { mode: 0o700 });
      symlinkSync(join(home, "elsewhere"), folder);
      for (const more of [[], ["--detach"]]) {
        const error = errorOf(await session(["run", "--json", ...more]), 2);
        assert.deepEqual([error.code, /is a link/.test(error.message)], ["session-folder-unfit", true]);
      }
    }));

  test(`${name}: session run --detach: what it fails with is told by the command that started it`, () =>
    withSessions(program, async ({ home, session }) => {
      writeFileSync(join(home, ".aws/credentials"), "no section\n");
      const malformed = errorOf(await session(["run", "--detach", "--json"]));
      assert.deepEqual([malformed.code, /line 1/.test(malformed.message)], ["aws-file-malformed", true]);
      writeFileSync(join(home, ".aws/credentials"), ownCredentials);
      const deep = join(home, "x".repeat(60), "y".repeat(60));
      const long = errorOf(await session(["run", "--detach", "--json"], { CACHEAUTH_HOME: deep }), 4);
      assert.deepEqual([long.code, /longer than a socket's may be/.test(long.message)], ["listen-failed", true]);
      assert.match(long.hint, /CACHEAUTH_HOME/);
      const ping = await session(["ping", "--json"], { CACHEAUTH_HOME: deep });
      assert.deepEqual([ping.code, JSON.parse(ping.stdout).running], [1, false]);
    }));

  test(`${name}: session run: without any AWS file it waits for one`, () =>
    withSessions(program, async ({ home, session, shadow }) => {
      renameSync(join(home, ".aws"), join(home, "aws"));
      const runner = start(program, home);
      await runner.next();
      assert.match(readFileSync(shadow, "utf8"), /# cacheauth end\n\n$/);
      renameSync(join(home, "aws"), join(home, ".aws"));
      assert.equal((await runner.next()).event, "written");
      assert.match(readFileSync(shadow, "utf8"), /\[dev\]/);
      assert.equal(jsonOf(await session(["terminate", "--json"])).terminated, true);
      assert.equal((await runner.ended).code, 0);
    }));

  test(`${name}: session run: nobody reads its stdout: it goes on`, () =>
    withSessions(program, async ({ home, session }) => {
      const runner = start(program, home);
      await runner.next();
      runner.child.stdout?.destroy();
      const inState = join(home, ".local/state/cacheauth");
      writeFileSync(join(home, ".aws/credentials"), `${ownCredentials}[unheard]\nregion = x\n`);
      await until(inState, () => /\[unheard\]/.test(readFileSync(join(inState, "credentials"), "utf8")));
      said(await session(["terminate"]));
      assert.equal((await runner.ended).code, 0);
    }));
}

/** Several programs of one machine: each knows what another keeps. */
test("session run: started by one of the programs, found and ended by the others", async () => {
  const [first, ...others] = programs;
  assert.ok(first);
  for (const other of others) {
    await withSessions(first, async ({ session, home }: SessionHome) => {
      const { pid } = jsonOf(await session(["run", "--detach", "--json"]));
      await withHomeOf(other, home, async (session) => {
        assert.equal(errorOf(await session(["run", "--json"]), 2).code, "runner-running");
        assert.equal(jsonOf(await session(["ping", "--json"])).pid, pid);
        assert.equal(jsonOf(await session(["terminate", "--json"])).pid, pid);
      });
    });
  }
});

async function withHomeOf(program: Program, home: string, use: (session: SessionHome["session"]) => Promise<void>) {
  const { run } = await import("./program.ts");
  await use((args, env = {}) => run(program, ["session", ...args], { env: { ...cleanEnv(home), ...env } }));
}

if (process.getuid?.() !== 0) notRun("sessions of other users, which need root rights");
