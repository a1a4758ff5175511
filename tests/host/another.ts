import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A process of this runtime that holds a lock: it says `held` or the failure, and ends with its stdin. */
export interface Another {
  readonly child: ChildProcess;
  /** What it said first. */
  readonly said: string;
  /** Ends it, with that signal where one is given, and waits for that. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

export async function another(path: string, before: readonly string[] = []): Promise<Another> {
  const script = join(import.meta.dirname, "hold-lock.ts");
  const own = [process.execPath, ...(isDeno ? ["run", "--allow-all", "--no-check", "--quiet"] : []), script, path];
  const [command = "", ...args] = [...before, ...own];
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const [said] = await Promise.race([once(lines, "line"), exited.then(() => ["nothing"])]);
  return {
    child,
    said: String(said),
    async end(signal) {
      // By the process: Deno's own way sends a second signal nowhere.
      if (signal) process.kill(child.pid ?? 0, signal);
      else child.stdin.end();
      await exited;
      // Deno wants its pipes closed by whoever made them.
      child.stdin.destroy();
      lines.close();
      child.stdout.destroy();
    },
  };
}

const isDeno = "Deno" in globalThis;
