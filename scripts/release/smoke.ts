/** Runs an executable that was made, where this machine can: a token, and a judgement of it, as the sources give them. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../../src/version.ts";
import type { Target } from "./targets.ts";

const root = dirname(dirname(import.meta.dirname));
/** What scripts/release/foreign-roots.sh makes. */
export const foreignRoots: string = join(root, "node_modules/.cache/foreign-roots");

const endpoint = "master.my-cache.abc123.use1.cache.amazonaws.com:6379";
const at = ["--at", "20250101T000000Z"];
const env = {
  PATH: "",
  HOME: "/nonexistent",
  TZ: "UTC",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

/** How it was run; null where it cannot be run here. Throws where it ran and said something else. */
export function smokeTest(target: Target, executable: string): string | null {
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

/** Its command, and what to say of it: on this machine itself, by musl's loader, or in QEMU. */
function wayToRun(
  target: Target,
  executable: string,
): { readonly command: readonly string[]; readonly how: string } | null {
  const foreign = (name: string) => join(foreignRoots, name);
  const own = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  if (target.name === own) return { command: [executable], how: "run" };
  if (own !== "linux-x64" || !existsSync(foreign("complete"))) return null;
  switch (target.name) {
    case "linux-x64-baseline":
      return {
        command: [foreign("bin/qemu-x86_64-static"), "-cpu", "Nehalem", executable],
        how: "run in QEMU, as on a processor of 2008",
      };
    case "linux-x64-musl": {
      const lib = foreign("linux-x64-musl/lib");
      return {
        command: [join(lib, "ld-musl-x86_64.so.1"), "--library-path", lib, executable],
        how: "run with musl",
      };
    }
    case "linux-arm64":
    case "linux-arm64-musl":
      return {
        command: [foreign("bin/qemu-aarch64-static"), "-L", foreign(target.name), executable],
        how: "run in QEMU",
      };
    default:
      return null;
  }
}

function compare(
  { name }: Target,
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
