/** Runs the applications: each client is a process of its own. */
import { spawn } from "node:child_process";
import { renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cleanEnv } from "../../app/program.ts";
import type { Life, Lived, World } from "./application.ts";

const root = dirname(dirname(dirname(import.meta.dirname)));
const bin = (name: string) => join(root, "node_modules/.bin", name);
export const runtimes = {
  node: [bin("node")],
  bun: [bin("bun")],
  deno: [bin("deno"), "run", "--allow-all", "--no-check", "--quiet"],
};
export const clients = ["node-redis", "ioredis", "iovalkey", "glide"] as const;
export type ClientName = (typeof clients)[number];

/** Whole, or not yet: it is read all the time. */
export function writeWorld(file: string, world: World): void {
  writeFileSync(`${file}.new`, JSON.stringify(world), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function livedBy(client: ClientName, command: readonly string[], life: Life, ready = () => {}): Promise<Lived> {
  const [program = "", ...before] = command;
  const args = [...before, join(import.meta.dirname, `${client}.ts`)];
  return new Promise((resolve, reject) => {
    // An application that is done ends by itself: it is given a few seconds.
    const timeout = (life.seconds + 30) * 1_000;
    const child = spawn(program, args, { cwd: root, env: cleanEnv("/nonexistent"), timeout, killSignal: "SIGKILL" });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (text.includes("ready")) ready();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0 && stderr === "") resolve(JSON.parse(stdout.slice(stdout.indexOf("{"))));
      else reject(new Error(`${args.at(-1)} ended with ${code ?? signal}: ${stdout}${stderr}`));
    });
    child.stdin.end(JSON.stringify(life));
  });
}
