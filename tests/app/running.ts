import { type ChildProcess, spawn } from "node:child_process";
import { cleanEnv, type Program, type Run, type RunOptions } from "./program.ts";

/** The program while it runs: what it says is waited for, and it is killed where a test fails before its end. */
export interface Running {
  readonly child: ChildProcess;
  /** All that it has said until now. */
  readonly said: { readonly stdout: string; readonly stderr: string };
  /** Resolves to the match when what it has said after the last match is like that. Rejects where it ends before. */
  until(stream: "stdout" | "stderr", like: RegExp): Promise<RegExpExecArray>;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when the process is gone, though somebody else may still hold its streams. */
  readonly exited: Promise<Pick<Run, "code" | "signal">>;
  /** Resolves when nobody holds its streams any more. */
  readonly closed: Promise<Run>;
}

/**
 * Starts it in a session of its own, without a terminal, while `use` runs. `before` is what starts it; a shell that sets a
 * limit, for one.
 */
export async function withRunning<T>(
  program: Program,
  args: readonly string[],
  { env = {}, cwd, before = [] }: Omit<RunOptions, "stdin"> & { readonly before?: readonly string[] },
  use: (running: Running) => Promise<T>,
): Promise<T> {
  const [command = "", ...words] = [...before, ...program.command, ...args];
  const all = Object.entries({ ...cleanEnv("/nonexistent"), ...env }).filter(([, value]) => value !== undefined);
  const child = spawn(command, words, { env: Object.fromEntries(all), cwd, detached: true });
  const said = { stdout: "", stderr: "" };
  const read = { stdout: 0, stderr: 0 };
  let isOver = false;
  let wake: (() => void)[] = [];
  const wakeAll = () => {
    for (const one of wake.splice(0)) one();
  };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
      wakeAll();
    });
  }
  const exited = new Promise<Pick<Run, "code" | "signal">>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const closed = new Promise<Run>((resolve) => {
    child.once("close", (code, signal) => {
      isOver = true;
      wakeAll();
      resolve({ code, signal, ...said });
    });
  });
  const limit = setTimeout(() => kill(child), 30_000);
  try {
    return await use({
      child,
      said,
      exited,
      closed,
      signal: (signal) => void process.kill(child.pid ?? 0, signal),
      async until(stream, like) {
        for (;;) {
          const match = like.exec(said[stream].slice(read[stream]));
          if (match) {
            read[stream] += match.index + match[0].length;
            return match;
          }
          if (isOver) throw new Error(`it ended without ${like}: ${said.stdout}${said.stderr}`);
          await new Promise<void>((resolve) => {
            wake = [...wake, resolve];
          });
        }
      },
    });
  } finally {
    clearTimeout(limit);
    kill(child);
    await closed;
  }
}

/** With all that it has started: they are one session. */
function kill(child: ChildProcess): void {
  try {
    process.kill(-(child.pid ?? 0), "SIGKILL");
  } catch {
    // All of them are gone.
  }
}
