/** Other programs, started. */
import { type ChildProcess, spawn as nodeSpawn } from "node:child_process";
import { constants, type FileHandle, open } from "node:fs/promises";
import { constants as osConstants } from "node:os";
import type { Child, SpawnOptions } from "../runtime.ts";
import { findProgram, isProgram } from "./find-program.ts";
import { deno } from "./which-runtime.ts";

const isWindows = process.platform === "win32";

/**
 * The runtimes look for a program each in its own way: Bun and Deno pass over what is there but not executable, Node
 * does not say which file it meant. So it is looked for here, and started by its path.
 */
export async function spawn(command: readonly string[], options: SpawnOptions): Promise<Child> {
  const [name = "", ...args] = command;
  if (options.shell) {
    // Deno up to 2.8 takes a file descriptor for stdout as "inherit": there the shell sends it on.
    const text = options.stdio === "stderr" && deno && !isWindows ? `exec >&2\n${name}` : name;
    return started(...shellCommand(text), options, isWindows);
  }
  if (isWindows) return started(name, args, options);
  const path = await findProgram(name, options.env);
  try {
    return await started(path, args, options);
  } catch (error) {
    if (!isNoProgram(error)) throw (await isProgram(path)) ? withCode(error, "ENOENT", "ENOEXEC") : error;
    // A script without its first line: execvp has the shell read it.
    return started("/bin/sh", [path, ...args], options);
  }
}

async function started(
  path: string,
  args: readonly string[],
  { env, stdio, detached = false, mostBytes = 1_048_576 }: SpawnOptions,
  isVerbatim = false,
): Promise<Child> {
  const kept = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  const log = typeof stdio === "object" ? await openLog(stdio) : null;
  const streams = log ? (["ignore", log.fd, log.fd] as const) : streamsOf[stdio as keyof typeof streamsOf];
  const starting = new Promise<Child>((resolve, reject) => {
    const child = nodeSpawn(path, args, {
      env: kept as NodeJS.ProcessEnv,
      stdio: [...streams],
      detached,
      windowsVerbatimArguments: isVerbatim,
    });
    let isRunning = true;
    const ended = new Promise<Awaited<Child["ended"]>>((end) => {
      child.once("exit", (code, signal) => {
        isRunning = false;
        const status = code ?? 128 + (signal ? osConstants.signals[signal] : 0);
        end({ code: code ?? null, signal: signal ?? null, status });
      });
    });
    const stdout = captured(child, mostBytes);
    child.once("error", reject);
    child.once("spawn", () => {
      if (detached) child.unref();
      // Later ones tell of a signal that could not be sent.
      child.on("error", () => {});
      resolve({
        processId: child.pid ?? 0,
        ended,
        stdout,
        kill(signal) {
          // Deno's own way sends one signal and never a second.
          if (isRunning && child.pid !== undefined) sendSignal(child.pid, signal);
        },
      });
    });
  });
  return starting.finally(() => log?.close());
}

/** Through no link that somebody put there, and with its mode whatever it had before. */
async function openLog({ log, most }: { readonly log: string; readonly most: number }): Promise<FileHandle> {
  const { O_WRONLY, O_CREAT, O_APPEND, O_NOFOLLOW } = constants;
  const file = await open(log, O_WRONLY | O_CREAT | O_APPEND | (O_NOFOLLOW ?? 0), 0o600);
  await file.chmod(0o600);
  if ((await file.stat()).size > most) await file.truncate();
  return file;
}

const streamsOf = {
  inherit: ["inherit", "inherit", "inherit"],
  capture: ["inherit", "pipe", "inherit"],
  // File descriptors are passed as they are: what it says on stdout goes where this process's stderr goes.
  stderr: ["ignore", 2, 2],
  ignore: ["ignore", "ignore", "ignore"],
} as const;

/** What is over the limit is read and dropped, or the program would wait for ever. */
function captured(child: ChildProcess, mostBytes: number): Promise<string> {
  const { stdout } = child;
  if (!stdout) return Promise.resolve("");
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let left = mostBytes;
    stdout.on("data", (chunk: Uint8Array) => {
      if (left > 0) chunks.push(chunk.subarray(0, left));
      left -= chunk.length;
    });
    const done = () => resolve(Buffer.concat(chunks).toString("utf8"));
    stdout.once("end", done);
    stdout.once("error", done);
    stdout.once("close", done);
  });
}

function sendSignal(processId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(processId, signal);
  } catch {
    // It has just ended.
  }
}

/** As `system` has it: the text is the shell's to read. */
function shellCommand(text: string): [string, readonly string[]] {
  if (!isWindows) return ["/bin/sh", ["-c", text]];
  return [process.env["ComSpec"] ?? "cmd.exe", ["/d", "/s", "/c", `"${text}"`]];
}

/** ENOEXEC, which Deno up to 2.8 tells in words alone. */
function isNoProgram(error: unknown): boolean {
  return codeOf(error) === "ENOEXEC" || /\(os error 8\)/.test(String(error));
}

/** The file is there; what is not is the interpreter that its first line names. */
function withCode(error: unknown, from: string, to: string): unknown {
  return codeOf(error) === from ? Object.assign(error as Error, { code: to }) : error;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
