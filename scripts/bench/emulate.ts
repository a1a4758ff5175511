/** `cacheauth emulate` as it is shipped, for the benches that need a server to log in to. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

export interface Listening {
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly user: string;
  readonly target: { readonly name: string; readonly region: string };
  readonly caFile: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly pid: number;
}

/** Runs it with a user and keys of its own while `use` does. Its decisions are read and dropped. */
export async function withEmulate<T>(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  use: (listening: Listening) => Promise<T>,
): Promise<T> {
  const [program = "", ...args] = command;
  const { PATH = "", HOME = "" } = env;
  const child = spawn(program, [...args, "emulate", "--json"], {
    env: { PATH, HOME },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  try {
    const lines = createInterface({ input: child.stdout });
    const first = await Promise.race([once(lines, "line"), ended.then(() => null)]);
    if (first === null) throw new Error(`${command.join(" ")} emulate did not start`);
    const { credentials, ...listening } = JSON.parse(first[0]);
    const { accessKeyId, secretAccessKey } = credentials;
    return await use({ ...listening, credentials: { accessKeyId, secretAccessKey } });
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

/** Megabytes that a process has in memory now, and had at most; null where the system has no /proc. */
export function residentMb(pid: number): { readonly now: number; readonly peak: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const megabytes = (name: string) => (Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]) * 1024) / 1e6;
    return { now: megabytes("VmRSS"), peak: megabytes("VmHWM") };
  } catch {
    return null;
  }
}
