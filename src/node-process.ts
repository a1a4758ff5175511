/** Other programs: found as execvp finds them, and started. */
import { type ChildProcess, spawn as nodeSpawn } from "node:child_process";
import { access, constants, type FileHandle, open, readFile, stat } from "node:fs/promises";
import { constants as osConstants } from "node:os";
import { delimiter, join } from "node:path";
import type { Child, Host, SpawnOptions, TerminalPlace } from "./runtime.ts";

const isWindows = process.platform === "win32";

/** What POSIX takes where the environment has no PATH (confstr's _CS_PATH on glibc and macOS, in short). */
const defaultPath = "/usr/bin:/bin";

/**
 * The runtimes look for a program each in its own way: Bun and Deno pass over what is there but not executable, Node
 * does not say which file it meant. So it is looked for here, and started by its path.
 */
export async function spawn(command: readonly string[], options: SpawnOptions): Promise<Child> {
  const [name = "", ...args] = command;
  if (options.shell) {
    // Deno up to 2.8 takes a file descriptor for stdout as "inherit": there the shell sends it on.
    const text = options.stdio === "stderr" && "Deno" in globalThis && !isWindows ? `exec >&2\n${name}` : name;
    return started(...shellCommand(text), options, isWindows);
  }
  if (isWindows) return started(name, args, options);
  const path = await findProgram(name, options.env);
  try {
    return await started(path, args, options);
  } catch (error) {
    if (!isNoProgram(error)) throw (await isThere(path)) ? withCode(error, "ENOENT", "ENOEXEC") : error;
    // A script without its first line: execvp has the shell read it.
    return started("/bin/sh", [path, ...args], options);
  }
}

/** The path of a program. Rejects with ENOENT where there is none, EACCES where what is there cannot be executed. */
export async function findProgram(name: string, env: Host["env"]): Promise<string> {
  const isPath = namesFolder(name, isWindows);
  const folders = isPath ? [""] : (env["PATH"] ?? defaultPath).split(delimiter);
  const suffixes = isWindows ? ["", ...(env["PATHEXT"] ?? ".EXE;.CMD;.BAT").split(";")] : [""];
  let failure: Error = Object.assign(new Error("no such program"), { code: "ENOENT" });
  for (const folder of name === "" ? [] : folders) {
    for (const suffix of suffixes) {
      // An empty entry of PATH is the folder one is in; a name with a slash is a path already.
      const path = isPath ? name + suffix : join(folder || ".", name + suffix);
      const fault = await programFault(path);
      if (fault === null) return isPath || folder !== "" ? path : `./${path}`;
      if (fault === "EACCES") failure = Object.assign(new Error("not executable"), { code: "EACCES" });
    }
  }
  throw failure;
}

/** Whether it is a path, and not a name to be looked for: on Windows backslashes and drives tell that as well. */
export function namesFolder(name: string, windows: boolean): boolean {
  return windows ? /[\\/]|^[A-Za-z]:/.test(name) : name.includes("/");
}

/** By proc(5), /proc/self/stat: the process group is field 5, that in the terminal's foreground field 8, -1 without one. */
export async function terminalPlace(): Promise<TerminalPlace> {
  try {
    const fields = fieldsOf(await readFile("/proc/self/stat", "latin1"));
    const [group, front] = [fields[2], fields[5]];
    return front === "-1" ? "none" : front === group ? "foreground" : "background";
  } catch {
    // No Linux. Opening /dev/tty fails where there is no controlling terminal.
    return access("/dev/tty", constants.R_OK).then(
      () => "foreground",
      () => "none",
    );
  }
}

/** The fields of a line of /proc/PID/stat from the third on: the second, a name in brackets, may have anything in it. */
export function fieldsOf(line: string): readonly string[] {
  return line.slice(line.lastIndexOf(")") + 2).split(" ");
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

async function programFault(path: string): Promise<"ENOENT" | "EACCES" | null> {
  try {
    if (!(await stat(path)).isFile()) return "EACCES";
    if (!isWindows) await access(path, constants.X_OK);
    return null;
  } catch (error) {
    return codeOf(error) === "EACCES" ? "EACCES" : "ENOENT";
  }
}

/** ENOEXEC, which Deno up to 2.8 tells in words alone. */
function isNoProgram(error: unknown): boolean {
  return codeOf(error) === "ENOEXEC" || /\(os error 8\)/.test(String(error));
}

async function isThere(path: string): Promise<boolean> {
  return (await programFault(path)) === null;
}

/** The file is there; what is not is the interpreter that its first line names. */
function withCode(error: unknown, from: string, to: string): unknown {
  return codeOf(error) === from ? Object.assign(error as Error, { code: to }) : error;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
