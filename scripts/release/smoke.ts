/** Runs an executable that was made, where this machine can: a token, and a judgement of it, as the sources give them. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { version } from "../../src/version.ts";
import type { Target } from "./targets.ts";
import { wayToRun } from "./ways-to-run.ts";

const root = dirname(dirname(import.meta.dirname));
const endpoint = "master.my-cache.abc123.use1.cache.amazonaws.com:6379";
const at = ["--at", "20250101T000000Z"];
const env = {
  PATH: process.env["PATH"] ?? "",
  HOME: "/nonexistent",
  TZ: "UTC",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

/** How it was run; null where it cannot be run here. Throws where it ran and said something else. */
export function smokeTest(target: Pick<Target, "name">, executable: string): string | null {
  const way = wayToRun(target, executable);
  if (way === null) return null;
  const sources = [process.execPath, join(root, "src/main.ts")];
  compare(target, way.command, ["--version"], "", `0 cacheauth ${version}\n`);
  const make = ["token", endpoint, "-u", "my-user", ...at];
  const token = answer(sources, make);
  compare(target, way.command, make, "", token);
  const judge = ["lint", "--json", "--endpoint", endpoint, "--user-id", "my-user", ...at];
  const piped = token.slice(token.indexOf(" ") + 1);
  compare(target, way.command, judge, piped, answer(sources, judge, piped));
  return way.how;
}

function compare(
  { name }: Pick<Target, "name">,
  command: readonly string[],
  args: readonly string[],
  stdin: string,
  expected: string,
): void {
  const said = answer(command, args, stdin);
  if (said !== expected) throw new Error(`${name}: cacheauth ${args.join(" ")} gave\n${said}\ninstead of\n${expected}`);
}

/** Exit code and stdout: what a caller goes by. */
function answer([command = "", ...before]: readonly string[], args: readonly string[], stdin = ""): string {
  const { status, signal, stdout, stderr, error } = spawnSync(command, [...before, ...args], {
    env,
    input: stdin,
    encoding: "utf8",
    timeout: 60_000,
  });
  if (error || signal) throw new Error(`${command} did not run: ${error?.message ?? signal}\n${stderr}`);
  return `${status} ${stdout}`;
}
