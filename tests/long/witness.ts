import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
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
  const env = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
  const made = spawnSync("python3", ["-m", "venv", folder], { env, stdio: "ignore" }).status === 0;
  const installed =
    made && spawnSync(python, ["-m", "pip", "install", "--quiet", ...packages], { stdio: "ignore" }).status === 0;
  if (!installed) {
    notRun(`what needs ${packages.join(" and ")}, which could not be installed`);
    return null;
  }
  execFileSync("touch", [join(folder, "complete")]);
  return python;
}
