/** One executable by Deno, of the bundle in a folder. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../src/version.ts";

const root = dirname(import.meta.dirname);

/** Whether there is one now that runs: Deno may be unable to get its runtime, and ends well with one that does not fit. */
export function compileWithDeno(
  deno: string,
  bundle: string,
  outfile: string,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const flags = ["compile", "--quiet", "--no-check", "--no-config", "--no-lock", "--allow-all", "--no-prompt"];
  const made = spawnSync(deno, [...flags, "--include", bundle, "--output", outfile, join(bundle, "main.js")], {
    cwd: root,
    env,
    encoding: "utf8",
    timeout: 120_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ran = made.status === 0 ? spawnSync(outfile, ["--version"], { encoding: "utf8" }) : made;
  const works = ran.stdout?.trim() === `cacheauth ${version}`;
  if (!works) rmSync(outfile, { force: true });
  return works;
}
