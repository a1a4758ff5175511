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
  const mayMount = process.getuid?.() === 0 && spawnSync("unshare", ["--mount", "true"]).status === 0;
  if (!mayMount) {
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
      mkdirSync(join(root, "proc"));
      // In a mount namespace of its own: /proc is gone with it, whatever happens.
      const script = `mount -t proc proc "$0/proc" && exec chroot "$0" "$@"`;
      const { status, stdout, stderr } = spawnSync(
        "unshare",
        ["--mount", "sh", "-c", script, root, `/${basename(executable)}`, ...args],
        {
          env: { PATH: process.env["PATH"] ?? "", ...exampleKeys },
          encoding: "utf8",
          timeout: 30_000,
        },
      );
      assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: expected, stderr: "" });
    }));
}
