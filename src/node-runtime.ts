/**
 * The one owner of node:* I/O. Bun, Deno and Node all use this file. Built-ins are imported where they are used: each
 * costs a start of the Bun executable 1 to 5 ms, and Bun has its own, cheaper doors for hashing and writing.
 */
import { localTime, nodeNow, nodeNowMs } from "./node/clock.ts";
import { nodeHash } from "./node/hash.ts";
import { homeDirectory } from "./node/home-directory.ts";
import { nodeIo } from "./node/io.ts";
import { ownCommand } from "./node/own-command.ts";
import { readFile } from "./node/read-file.ts";
import { listenTo } from "./node/signals.ts";
import { after, afterIdly } from "./node/timers.ts";
import type { Host, Net, Runtime } from "./runtime.ts";

export { nodeHash, nodeNow, nodeNowMs };

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

export async function nodeNet(): Promise<Net> {
  return (await import("./node/net.ts")).nodeNet;
}

/** What a library's caller has of the host as well: nothing here reads arguments, variables or files. */
export const nodeProcess = {
  platform: process.platform,
  elapsedMs: () => performance.now(),
  after,
  afterIdly,
  onStop: (run) => listenTo(["SIGINT", "SIGTERM", "SIGHUP"], run),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  get processId() {
    return process.pid;
  },
  makePrivateFolder: async (prefix) => (await import("./node/files.ts")).makePrivateFolder(prefix),
  makeFolder: async (path) => (await import("./node/files.ts")).makeFolder(path),
  writePrivateFile: async (path, text) => (await import("./node/files.ts")).writePrivateFile(path, text),
  makeOwnFolder: async (path, isPrivate) => (await import("./node/own-folder.ts")).makeOwnFolder(path, isPrivate),
  removeUnfinished: async (folder) => (await import("./node/own-folder.ts")).removeUnfinished(folder),
  kindOf: async (path) => (await import("./node/files.ts")).kindOf(path),
  removeFolder: async (path) => (await import("./node/files.ts")).removeFolder(path),
  watchFolder: async (path, changed) => (await import("./node/files.ts")).watchFolder(path, changed),
  lock: async (path) => (await import("./node/lock.ts")).lockFolder(path),
  spawn: async (command, options) => (await import("./node/spawn.ts")).spawn(command, options),
  findProgram: async (name, env) => (await import("./node/find-program.ts")).findProgram(name, env),
  terminalPlace: async () => (await import("./node/process-stat.ts")).terminalPlace(),
  onSignals: (signals, run) => listenTo(signals, run),
} satisfies Partial<Host> & Record<"afterIdly", Host["after"]>;
