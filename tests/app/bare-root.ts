import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { exampleKeys, notRun, withDirectory } from "./program.ts";

/**
 * The executable in a root with nothing but its libraries and /proc: no /etc, no home, no shell. Needs root rights to
 * mount and chroot; without them it is said that this was not run.
 */
export function testBareRoot(name: string, executable: string, args: readonly string[], expected: string): void {
  if (!mayChangeRoot()) {
    notRun(`${name} in a bare root, which needs root rights`);
    return;
  }
  test(`${name}: prints a token in a root with nothing but its libraries and /proc`, () =>
    withDirectory(async (root) => {
      const libraries = execFileSync("ldd", [executable], { encoding: "utf8" }).matchAll(/(\/[^\s]+)/g);
      for (const [, library = ""] of libraries) {
        mkdirSync(join(root, dirname(library)), { recursive: true });
        copyFileSync(realpathSync(library), join(root, library));
      }
      copyFileSync(executable, join(root, basename(executable)));
      const { status, stdout, stderr } = runInRoot(root, [`/${basename(executable)}`, ...args]);
      assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: expected, stderr: "" });
    }));
}

export function mayChangeRoot(): boolean {
  return process.getuid?.() === 0 && spawnSync("unshare", ["--mount", "true"]).status === 0;
}

/** With /proc mounted, as every container has it, and the example's keys; `user` as "id:group". */
export function runInRoot(root: string, command: readonly string[], user = "0:0") {
  mkdirSync(join(root, "proc"), { recursive: true });
  // In a mount namespace of its own: /proc is gone with it, whatever happens.
  const script = `mount -t proc proc "$0/proc" && user=$1 && shift && exec chroot --userspec="$user" "$0" "$@"`;
  return spawnSync("unshare", ["--mount", "sh", "-c", script, root, user, ...command], {
    env: { PATH: process.env["PATH"] ?? "", ...exampleKeys },
    encoding: "utf8",
    timeout: 30_000,
  });
}
