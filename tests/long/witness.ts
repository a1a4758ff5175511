import { spawnSync } from "node:child_process";
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { notRun } from "../app/program.ts";

export const root: string = dirname(dirname(import.meta.dirname));

/**
 * A private Python venv with the named packages, kept between runs beside the installed npm packages. Null, and said,
 * where Python or PyPI cannot be had.
 */
export function venv(name: string, packages: readonly string[]): string | null {
  const folder = join(root, "node_modules/.cache/venv", name);
  const python = join(folder, "bin/python");
  if (existsSync(join(folder, "complete"))) return python;
  // Test files run side by side: each makes one of its own, and the first that is done is kept.
  const making = `${folder}-${process.pid}`;
  const env = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
  const made = spawnSync("python3", ["-m", "venv", making], { env, stdio: "ignore" }).status === 0;
  const pip = [join(making, "bin/python"), "-m", "pip", "install", "--quiet", ...packages] as const;
  const installed = made && spawnSync(pip[0], pip.slice(1), { stdio: "ignore" }).status === 0;
  if (!installed) {
    rmSync(making, { recursive: true, force: true });
    notRun(`what needs ${packages.join(" and ")}, which could not be installed`);
    return null;
  }
  writeFileSync(join(making, "complete"), "");
  if (existsSync(join(folder, "complete"))) {
    rmSync(making, { recursive: true, force: true });
  } else {
    // One that was left half-made, by a run that was stopped.
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
  }
  return python;
}
