import { nodeHash, nodeNet, nodeProcess } from "../../src/node-runtime.ts";
import type { Runtime } from "../../src/runtime.ts";

export interface FakeRuntime extends Runtime {
  readonly written: { stdout: string; stderr: string };
}

/** A runtime that keeps what is written, with arguments, variables and files of the test's. A fake: it has no disk. */
export async function fakeRuntime(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
  stdin = "",
): Promise<FakeRuntime> {
  const written = { stdout: "", stderr: "" };
  return {
    written,
    hash: await nodeHash(),
    net: nodeNet,
    io: {
      stdout: async (text) => {
        written.stdout += text;
      },
      stderr: async (text) => {
        written.stderr += text;
      },
      log: async (stream, text) => {
        written[stream] += text;
      },
      readStdin: async () => new TextEncoder().encode(stdin),
      look: async () => ({ isTerminal: false, columns: 80 }),
      stdinIsTerminal: false,
      stderrIsTerminal: false,
      columns: 80,
      promptSecret: () => Promise.reject(new Error("nobody is there to ask")),
    },
    host: {
      ...nodeProcess,
      arguments: args,
      ownCommand: [],
      env,
      homeDirectory: null,
      now: () => new Date("2025-01-01T00:00:00Z"),
      localTime: (time) => `${time.toISOString().slice(0, 19).replace("T", " ")} UTC`,
      readFile: (path) => {
        const text = files[path];
        const missing = Object.assign(new Error(`no such file: ${path}`), { code: "ENOENT" });
        return text === undefined ? Promise.reject(missing) : Promise.resolve(new TextEncoder().encode(text));
      },
    },
  };
}
