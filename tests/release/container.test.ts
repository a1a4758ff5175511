import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { mayChangeRoot, runInRoot } from "../app/bare-root.ts";
import { notRun, withDirectory } from "../app/program.ts";
import { knownAnswers } from "../vectors/vectors.ts";

const root = dirname(dirname(import.meta.dirname));
const executable = join(root, "dist/cacheauth");
const lines = readFileSync(join(root, "scripts/release/Containerfile"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

/** What the file's only line with this instruction says. */
function only(instruction: string): string {
  const found = lines.filter((line) => line.startsWith(`${instruction} `));
  assert.equal(found.length, 1, instruction);
  return (found[0] ?? "").slice(instruction.length + 1);
}

/** Carries out the file's lines here, as a builder would in its images: the stage's folder is `directory`, and the image `image`. */
function build(directory: string, image: string): void {
  copyFileSync(executable, join(directory, "cacheauth"));
  const command = only("RUN").replace("ldd /cacheauth", `ldd ${directory}/cacheauth`).replaceAll("/bare", image);
  execFileSync("sh", ["-c", command]);
  assert.deepEqual(lines.slice(lines.indexOf("FROM scratch") + 1, -2), [
    "COPY --from=libraries /bare /",
    "COPY cacheauth /cacheauth",
  ]);
  copyFileSync(executable, join(image, "cacheauth"));
  chmodSync(join(image, "cacheauth"), 0o755);
}

if (!mayChangeRoot()) notRun("the container file's image, which needs root rights");
else
  test("container file: its image prints a token as a user without a name, with nothing in it but the C library", () =>
    withDirectory(async (directory) => {
      // withDirectory's is the owner's alone; the image's user is another.
      chmodSync(directory, 0o755);
      const image = join(directory, "image");
      build(directory, image);
      assert.match(only("USER"), /^[1-9]\d*:[1-9]\d*$/);
      const [entry = ""] = JSON.parse(only("ENTRYPOINT")) as string[];
      const args = [
        "token",
        "--replication-group-id",
        "my-cache",
        "-r",
        "us-east-1",
        "-u",
        "testuser",
        "--at",
        "20250101T000000Z",
      ];
      const { status, stdout, stderr } = runInRoot(image, [entry, ...args], only("USER"));
      assert.deepEqual([status, stderr], [0, ""]);
      assert.ok(stdout.includes(knownAnswers[0].signature), stdout);
      const files = readdirSync(image, { recursive: true, encoding: "utf8", withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      assert.deepEqual(files.map(({ name }) => name.replace(/[-.].*/, "")).sort(), [
        "cacheauth",
        "ld",
        "libc",
        "libdl",
        "libm",
        "libpthread",
      ]);
    }));
