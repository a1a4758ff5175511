import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

export { withFolder as withDirectory } from "../folder.ts";

const root = dirname(dirname(import.meta.dirname));

/** A way to start cacheauth as it is shipped. */
export interface Program {
  readonly name: string;
  readonly command: readonly string[];
}

const shipped: readonly Program[] = [
  { name: "dist/cacheauth", command: [join(root, "dist/cacheauth")] },
  { name: "dist/cacheauth-deno", command: [join(root, "dist/cacheauth-deno")] },
  { name: "npm package on node", command: [join(root, "node_modules/.bin/node"), join(root, "dist/npm/main.js")] },
];

/** What the build has made here; scripts/test.sh names what it could not make. */
export const programs: readonly Program[] = shipped.filter(({ command }) => existsSync(command.at(-1) ?? ""));
if (programs.length < 2) throw new Error("dist/ is not built: npm run build");

export const exampleKeys = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

/** An empty home, and nothing of this machine's AWS set-up: tests touch 127.0.0.1 only. */
export function cleanEnv(home: string): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: home, AWS_EC2_METADATA_DISABLED: "true", TZ: "UTC" };
}

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly stdin?: string;
  /** One that takes longer is killed, and reads as SIGKILL; 30 s if left out. */
  readonly limitMs?: number;
}

export function run(program: Program, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return runCommand([...program.command, ...args], options);
}

/** Runs it with nothing in the environment but what is given. Not spawnSync: servers of the test answer in this process. */
export function runCommand(
  [command = "", ...args]: readonly string[],
  { env = {}, cwd, stdin, limitMs = 30_000 }: RunOptions = {},
): Promise<Run> {
  const all = { ...cleanEnv("/nonexistent"), ...env };
  const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: kept as Record<string, string>,
      cwd,
      timeout: limitMs,
      killSignal: "SIGKILL",
      stdio: [stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
    // One that refuses its flags has ended before it reads: what it prints says so.
    child.stdin?.on("error", () => {}).end(stdin);
  });
}

/** What this machine cannot do is said, not skipped: scripts/run-tests.ts repeats the line before the counts. */
export function notRun(what: string): void {
  console.log(`not run: ${what}`);
}
