import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cleanEnv, notRun, type Program, withDirectory } from "../../app/program.ts";
import { ask, command } from "../../real/ask.ts";
import { spawnGuarded } from "../../real/guarded.ts";
import { JsonLines } from "../../real/json-lines.ts";
import type { Login } from "./login.ts";

export interface Emulate {
  /** For its own user and throwaway keys, signed now. */
  readonly login: Login;
  readonly pid: number;
  /** The decision on the first login from now on that is like that. */
  next(like: { readonly accepted: boolean }): Promise<Decision>;
  /** Resolves when every decision up to now has been read: clients log in more than once. */
  settled(): Promise<void>;
}

/** A line of `emulate --json`. */
export interface Decision {
  readonly user: string | null;
  readonly accepted: boolean;
  readonly findings: readonly { readonly rule: string; readonly severity: string }[];
}

/**
 * Runs `emulate --json` as it is shipped while `use` does; it must then stop at SIGTERM with 0 and leave nothing. Flags
 * of a target need keys of AWS in its environment; without, it makes its own.
 */
export function withEmulate<T>(
  program: Program,
  flags: readonly string[],
  use: (emulate: Emulate) => Promise<T>,
  keys: Pick<Login, "accessKeyId" | "secretAccessKey"> | null = null,
): Promise<T> {
  return withDirectory(async (directory) => {
    const started = [...program.command, "emulate", "--json", ...flags];
    const inEnv = keys && { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey };
    const child = spawnGuarded(started, directory, { ...cleanEnv(directory), TMPDIR: directory, ...inEnv });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
    try {
      const lines = new JsonLines(child);
      const first = await lines
        .first((line) => "endpoint" in line)
        .catch((error: unknown) => {
          throw new Error(`emulate did not start: ${stderr}`, { cause: error });
        });
      const { endpoint, target, caFile, user, credentials, pid } = first as unknown as Listening;
      const ca = readFileSync(caFile, "utf8");
      let marks = 0;
      const done = await use({
        login: {
          ...endpoint,
          ...target,
          ...credentials,
          ...keys,
          user,
          caFile,
          cluster: flags.includes("--cluster"),
          at: null,
        },
        pid,
        next: ({ accepted }) => lines.next((line) => line["accepted"] === accepted) as unknown as Promise<Decision>,
        settled: async () => {
          marks += 1;
          const user = `mark-${marks}`;
          const read = lines.next((line) => line["user"] === user);
          await ask(endpoint, command("AUTH", user, "none"), /-WRONGPASS/, { ca });
          await read;
        },
      });
      process.kill(pid, "SIGTERM");
      const code = await exited;
      if (code !== 0 || existsSync(caFile))
        throw new Error(`emulate ended with ${code}, and left ${caFile}: ${stderr}`);
      return done;
    } finally {
      child.stdin.end();
      await closed;
    }
  });
}

/** The executable of a Deno up to 2.8 cannot listen with TLS: then this says so. */
export function emulating(all: readonly Program[]): readonly Program[] {
  return all.filter((program) => {
    if (program.name !== "dist/cacheauth-deno") return true;
    const [command = "", ...args] = program.command;
    const { stderr } = spawnSync(command, [...args, "emulate", "--json", "--listen", "127.0.0.1:0"], {
      env: cleanEnv("/nonexistent"),
      encoding: "utf8",
      timeout: 2_000,
    });
    if (!/"(listen-failed|runtime-unfit)"/.test(stderr)) return true;
    notRun(`emulate by ${program.name}, whose node:tls cannot listen`);
    return false;
  });
}

interface Listening {
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly user: string;
  readonly target: Pick<Login, "kind" | "name" | "region">;
  readonly caFile: string;
  readonly credentials: Pick<Login, "accessKeyId" | "secretAccessKey" | "sessionToken">;
  readonly pid: number;
}
