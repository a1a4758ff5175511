/**
 * The one owner of node:* I/O. Bun, Deno and Node all use this file. Built-ins are imported where they are used: each
 * costs a start of the Bun executable 1 to 5 ms, and Bun has its own, cheaper doors for hashing and writing.
 */
import { CacheauthError } from "./errors.ts";
import type { Hash, Host, Io, Net, Runtime, SignalName } from "./runtime.ts";

/**
 * The runtime of the command line. Takes NODE_TLS_REJECT_UNAUTHORIZED out of the process, though not out of `host.env`:
 * the AWS SDK makes clients of its own, which would obey it, and Node and Bun warn about it on stderr.
 */
export async function createNodeRuntime(): Promise<Runtime> {
  let env: Host["env"] = process.env;
  if (env["NODE_TLS_REJECT_UNAUTHORIZED"] !== undefined) {
    env = { ...env };
    delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
  }
  const host: Host = {
    arguments: process.argv.slice(2),
    env,
    now: nodeNow,
    get homeDirectory() {
      return homeDirectory(env);
    },
    readFile,
    localTime,
    get ownCommand() {
      return ownCommand();
    },
    ...nodeProcess,
  };
  return { io: nodeIo, host, hash: await nodeHash(), net: nodeNet };
}

let hash: Hash | undefined;

/** SHA-256 by the runtime's own native code. */
export async function nodeHash(): Promise<Hash> {
  hash ??= isBun ? bunHash : await nodeCryptoHash();
  return hash;
}

export function nodeNow(): Date {
  return new Date();
}

export function nodeNowMs(): number {
  return Date.now();
}

export async function nodeNet(): Promise<Net> {
  return (await import("./node-net.ts")).nodeNet;
}

/** What a library's caller has of the host as well: nothing here reads arguments, variables or files. */
export const nodeProcess = {
  platform: process.platform,
  elapsedMs: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  /** `after`, for what keeps no process alive that has nothing else to do. */
  afterIdly(ms: number, run: () => void) {
    const timer: unknown = setTimeout(run, ms);
    // Deno's own setTimeout returns a number.
    if (typeof timer === "number") (globalThis as DenoTimers).Deno?.unrefTimer(timer);
    else (timer as { unref(): void }).unref();
    return () => clearTimeout(timer as number);
  },
  onStop: (run) => listenTo(["SIGINT", "SIGTERM", "SIGHUP"], run),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  get processId() {
    return process.pid;
  },
  makePrivateFolder: async (prefix) => (await import("./node-files.ts")).makePrivateFolder(prefix),
  makeFolder: async (path) => (await import("./node-files.ts")).makeFolder(path),
  writePrivateFile: async (path, text) => (await import("./node-files.ts")).writePrivateFile(path, text),
  makeOwnFolder: async (path, isPrivate) => (await import("./node-own-folder.ts")).makeOwnFolder(path, isPrivate),
  removeUnfinished: async (folder) => (await import("./node-own-folder.ts")).removeUnfinished(folder),
  kindOf: async (path) => (await import("./node-files.ts")).kindOf(path),
  removeFolder: async (path) => (await import("./node-files.ts")).removeFolder(path),
  watchFolder: async (path, changed) => (await import("./node-files.ts")).watchFolder(path, changed),
  lock: async (path) => (await import("./node-lock.ts")).lockFolder(path),
  spawn: async (command, options) => (await import("./node-process.ts")).spawn(command, options),
  findProgram: async (name, env) => (await import("./node-process.ts")).findProgram(name, env),
  terminalPlace: async () => (await import("./node-process.ts")).terminalPlace(),
  onSignals: (signals, run) => listenTo(signals, run),
} satisfies Partial<Host> & Record<"afterIdly", Host["after"]>;

interface DenoTimers {
  readonly Deno?: { unrefTimer(timer: number): void };
}

function listenTo<Name extends SignalName>(signals: readonly Name[], run: (signal: Name) => void): () => void {
  const ends: (() => void)[] = [];
  for (const signal of signals) {
    const listener = () => run(signal);
    try {
      process.on(signal, listener);
      ends.push(() => process.off(signal, listener));
    } catch {
      // This system has no such signal.
    }
  }
  return () => {
    for (const end of ends) end();
  };
}

const isBun = typeof Bun !== "undefined";

/** What is used of Deno's own API. */
declare const Deno:
  | (Readonly<Record<"stdout" | "stderr", { write(bytes: Uint8Array): Promise<number> }>> & {
      readonly build: { readonly standalone?: boolean };
    })
  | undefined;

/** An executable is its own program; a runtime has to be told which. */
function ownCommand(): readonly string[] {
  const { execPath, execArgv, argv } = process;
  const script = argv[1] ?? "";
  if (isBun) return /^(?:\/\$bunfs\/|[A-Z]:[\\/]~BUN[\\/])/.test(script) ? [execPath] : [execPath, ...execArgv, script];
  if (typeof Deno !== "undefined") {
    // By another name of the same file: to its own path Deno's child_process hands the arguments as it thinks Node's are meant.
    const program = execPath.replace(/([/\\])([^/\\]*)$/, "$1.$1$2");
    return Deno.build.standalone ? [program] : [program, "run", "--allow-all", script];
  }
  return [execPath, ...execArgv, script];
}

const bunHash: Hash = {
  sha256: (data) => Bun.SHA256.hash(data) as Uint8Array,
  hmacSha256: (key, data) => new Bun.CryptoHasher("sha256", key).update(data).digest(),
};

async function nodeCryptoHash(): Promise<Hash> {
  const { createHash, createHmac } = await import("node:crypto");
  return {
    sha256: (data) => createHash("sha256").update(data).digest(),
    hmacSha256: (key, data) => createHmac("sha256", key).update(data).digest(),
  };
}

async function readFile(path: string, most?: number): Promise<Uint8Array> {
  const files = await import("node:fs/promises");
  if (most === undefined) return files.readFile(path);
  const file = await files.open(path);
  try {
    const buffer = new Uint8Array(most);
    let length = 0;
    while (length < most) {
      const { bytesRead } = await file.read(buffer, length, most - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.slice(0, length);
  } finally {
    await file.close();
  }
}

/** Stops reading once there is more than asked for. */
async function readStdin(most: number): Promise<Uint8Array | null> {
  if (await isTerminalAfterLooking(0)) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const more = (chunk: Uint8Array) => {
    chunks.push(chunk);
    length += chunk.length;
    return length <= most;
  };
  if (isBun) {
    // Bun's own stream, and by its reader: process.stdin costs a start 15 ms, a loop over the stream 3 ms.
    const reader = Bun.stdin.stream().getReader();
    for (let next = await reader.read(); !next.done && more(next.value); ) next = await reader.read();
  } else {
    for await (const chunk of process.stdin) if (!more(chunk)) break;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The offset says what no name of a zone does to everybody; where it is none, the zone is UTC. */
function localTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const ahead = -time.getTimezoneOffset();
  const offset = `${ahead < 0 ? "-" : "+"}${two(Math.floor(Math.abs(ahead) / 60))}:${two(Math.abs(ahead) % 60)}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())} ${ahead === 0 ? "UTC" : offset}`;
}

const nodeIo: Io = {
  stdout: (text) => write(1, text),
  stderr: (text) => write(2, text),
  log: logLine,
  readStdin,
  look,
  get stdinIsTerminal() {
    return isTerminal(0);
  },
  get stderrIsTerminal() {
    return isTerminal(2);
  },
  get columns() {
    const columns = isTerminal(1) ? process.stdout.columns : isTerminal(2) ? process.stderr.columns : 80;
    return columns > 0 ? columns : 80;
  },
  async promptSecret(question) {
    const { promptSecret } = await import("./node-prompt.ts");
    return promptSecret(question);
  },
};

/** As the AWS SDK looks for it: the variables, then the system. */
function homeDirectory({ HOME, USERPROFILE }: Host["env"]): string | null {
  if (HOME || USERPROFILE) return HOME || USERPROFILE || null;
  try {
    return process.getBuiltinModule?.("node:os").homedir() || null;
  } catch {
    return null;
  }
}

async function look(stream: "stdout" | "stderr"): Promise<{ isTerminal: boolean; columns: number }> {
  const fd = stream === "stdout" ? 1 : 2;
  if (!(await isTerminalAfterLooking(fd))) return { isTerminal: false, columns: 80 };
  return { isTerminal: true, columns: process[stream].columns || 80 };
}

/** A pipe or a file is no terminal, which Bun tells in 0.4 ms; its node:tty costs a start 3 ms and more. */
async function isTerminalAfterLooking(fd: 0 | 1 | 2): Promise<boolean> {
  if (isBun) {
    const file = [Bun.stdin, Bun.stdout, Bun.stderr][fd];
    const stat = await file?.stat().catch(() => undefined);
    if (stat && !stat.isCharacterDevice()) return false;
  }
  return isTerminal(fd);
}

/** Node 22.0 to 22.2 have no getBuiltinModule; the streams know as well, only slower. */
function isTerminal(fd: 0 | 1 | 2): boolean {
  const tty = process.getBuiltinModule?.("node:tty");
  if (tty) return tty.isatty(fd);
  return Boolean([process.stdin, process.stdout, process.stderr][fd]?.isTTY);
}

/**
 * What a pipe takes whole or not at all (POSIX, write: PIPE_BUF, 4,096 on Linux and at least 512 anywhere). Where stdout
 * is a non-blocking pipe that fills, Bun.write begins again from the start of what it was given, and Deno's writeSync
 * throws EAGAIN after it has written a part: both are right only for what is not divided.
 */
const pieceSize = process.platform === "linux" ? 4_096 : 512;

/**
 * Writes all of it, or throws. process.stdout would drop what is left at exit, and touching it costs 15 ms on Bun;
 * Bun.write waits for slow readers and reports a full disk, and needs no node:fs, which costs 2 ms. A reader that went
 * away wants no more: that is no failure.
 */
async function write(fd: 1 | 2, text: string): Promise<void> {
  // Bun.write empties the file that it is to write nothing to: the log of a whole script, perhaps.
  if (text === "") return;
  try {
    const bytes = new TextEncoder().encode(text);
    if (isBun && bytes.length <= pieceSize) await Bun.write(fd === 1 ? Bun.stdout : Bun.stderr, bytes);
    else await writePieces(fd, bytes);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Nothing can be said where stderr itself is gone.
    if (code === "EPIPE" || fd === 2) return;
    const why = code === "ENOSPC" ? "no space is left on the device (ENOSPC)" : (code ?? "unknown error");
    throw new CacheauthError(
      "output-unwritable",
      `stdout could not be written: ${why}.`,
      "Make room, or send the output elsewhere; what is there now is not whole.",
    );
  }
}

/**
 * Writes that wait for a slow reader without keeping the event loop. On Node and Bun the streams of the process do so on
 * pipes; on Deno they do not, but its own do.
 */
async function logLine(stream: "stdout" | "stderr", text: string): Promise<void> {
  if (typeof Deno !== "undefined") {
    const bytes = new TextEncoder().encode(text);
    try {
      for (let at = 0; at < bytes.length; ) at += await Deno[stream].write(bytes.subarray(at));
    } catch {
      // Nobody reads it.
    }
    return;
  }
  const out = process[stream];
  if (out.listenerCount("error") === 0) out.on("error", () => {});
  await new Promise<void>((resolve) => {
    // A stream that has failed calls nobody back on every runtime.
    if (out.destroyed || !out.writable) resolve();
    else out.write(text, () => resolve());
  });
}

async function writePieces(fd: number, bytes: Uint8Array): Promise<void> {
  const { writeSync } = await import("node:fs");
  for (let start = 0; start < bytes.length; ) {
    try {
      start += writeSync(fd, bytes, start, Math.min(pieceSize, bytes.length - start));
    } catch (error) {
      // A non-blocking pipe that is full: let its reader run.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}
