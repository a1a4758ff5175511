/** `token --output`: what the file is, what stands in its way, and that nothing is lost when it fails. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { tokenOutput } from "../../src/commands/token/output.ts";
import { statusFile } from "../../src/commands/token/status.ts";
import { parametersOf } from "../vectors/vectors.ts";
import { errorOf } from "./asking.ts";
import { exampleKeys, notRun, programs, run, withDirectory } from "./program.ts";
import { withRunning } from "./running.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const token = ["token", host, "-u", "my-user"];
const named = ["token", "--memorydb-cluster", "my-cluster", "-r", "eu-west-1", "-u", "my-user"];
const mode = (path: string) => lstatSync(path).mode & 0o777;
const isRoot = process.getuid?.() === 0;

/** A file system of its own on a folder, while `use` runs; false where this user may make none. */
async function withTmpfs(folder: string, options: string, use: () => Promise<void>): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  if (!isRoot || spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]).status !== 0) return false;
  try {
    await use();
  } finally {
    spawnSync("umount", [folder]);
  }
  return true;
}

for (const program of programs) {
  const { name } = program;
  const ask = (args: readonly string[], more: Parameters<typeof run>[2] = {}) =>
    run(program, args, { ...more, env: { ...exampleKeys, ...more.env } });

  test(`${name}: token --output: 0600 whatever the umask and the old file, the token and nothing else`, () =>
    withDirectory(async (directory) => {
      const [fresh, old] = [join(directory, "fresh"), join(directory, "old")];
      writeFileSync(old, "what was there before\n");
      chmodSync(old, 0o666);
      for (const file of [fresh, old]) {
        const before = ["sh", "-c", 'umask 000; exec "$@"', "sh"];
        const { code, stdout, stderr } = await withRunning(
          program,
          [...token, "--output", file, "--status-file", `${file}.status`],
          { env: exampleKeys, before },
          ({ closed }) => closed,
        );
        assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "", stderr: "" });
        assert.deepEqual([mode(file), mode(`${file}.status`)], [0o600, 0o600]);
        const text = readFileSync(file, "latin1");
        assert.match(text, /^my-cache\/\?[\x21-\x7e]+$/);
        assert.equal(parametersOf(text)["X-Amz-Signature"]?.length, 64);
      }
      assert.deepEqual(readdirSync(directory).sort(), ["fresh", "fresh.status", "old", "old.status"]);
    }));

  test(`${name}: token --output --json: what it is, without the token`, () =>
    withDirectory(async (directory) => {
      const { code, stdout, stderr } = await ask([...token, "--output", "t", "--json"], { cwd: directory });
      assert.deepEqual([code, stderr], [0, ""]);
      const answer = tokenOutput.parse(JSON.parse(stdout));
      assert.deepEqual([answer.token, answer.file], [null, "t"]);
      const signature = parametersOf(readFileSync(join(directory, "t"), "latin1"))["X-Amz-Signature"] ?? "";
      assert.ok(signature.length === 64 && !stdout.includes(signature));
    }));

  test(`${name}: token --format: url and env, to a file and to stdout; a shell reads env back`, () =>
    withDirectory(async (directory) => {
      const file = join(directory, "t");
      const tokenIn = async (format: string, args: readonly string[]) => {
        const { code, stdout, stderr } = await ask([...args, "--format", format]);
        assert.deepEqual([code, stderr], [0, ""]);
        return stdout;
      };
      for (const args of [token, [...token, "--output", file]]) {
        const isFile = args !== token;
        const url = (await tokenIn("url", args)) || readFileSync(file, "utf8");
        assert.equal(url.endsWith("\n"), !isFile);
        const { password, username, host: where } = new URL(url);
        assert.match(decodeURIComponent(password), /^my-cache\/\?Action=connect&User=my-user&/);
        assert.deepEqual([username, where], ["my-user", `${host}:6379`]);
        const env = (await tokenIn("env", args)) || readFileSync(file, "utf8");
        writeFileSync(join(directory, "env"), env);
        const read = spawnSync("sh", ["-c", `set -a; . ${join(directory, "env")}; env`], { env: {}, encoding: "utf8" });
        assert.equal(read.stderr, "");
        const values = Object.fromEntries(read.stdout.split("\n").map((line) => line.split(/=(.*)/s, 2)));
        assert.match(values["CACHEAUTH_TOKEN"] ?? "", /^my-cache\/\?Action=connect&User=my-user&.*Signature=\w{64}$/);
        assert.deepEqual(
          [values["REDISCLI_AUTH"], values["VALKEYCLI_AUTH"], values["CACHEAUTH_USER"], values["CACHEAUTH_HOST"]],
          [values["CACHEAUTH_TOKEN"], values["CACHEAUTH_TOKEN"], "my-user", host],
        );
        assert.equal(values["CACHEAUTH_PORT"], "6379");
      }
      assert.match((await tokenIn("raw", token)) ?? "", /^my-cache\/\?\S+\n$/);
      assert.doesNotMatch(await tokenIn("env", named), /HOST|PORT/);
      for (const output of [[], ["--output", file]]) {
        const { code, stderr } = await ask([...named, "--format", "url", ...output]);
        assert.equal(code, 2);
        assert.match(stderr, /A URL says where to connect/);
      }
    }));

  test(`${name}: token --output: what stands in the way is told apart, and not touched`, () =>
    withDirectory(async (directory) => {
      const at = (path: string) => join(directory, path);
      mkdirSync(at("folder"));
      writeFileSync(at("file"), "kept");
      writeFileSync(at("precious"), "kept");
      symlinkSync("precious", at("link"));
      symlinkSync("nowhere", at("dangling"));
      spawnSync("mkfifo", [at("fifo")]);
      const cases: readonly (readonly [path: string, code: string, says: RegExp])[] = [
        [at("none/t"), "output-folder-missing", /its folder is not there \(ENOENT\)/],
        [at("file/t"), "output-folder-missing", /a part of its path is no folder \(ENOTDIR\)/],
        [at("folder"), "output-not-a-file", /is a folder/],
        [at("fifo"), "output-not-a-file", /is no regular file/],
        ["/dev/null", "output-not-a-file", /is no regular file/],
        [at("link"), "output-is-link", /is a symbolic link/],
        [at("dangling"), "output-is-link", /is a symbolic link/],
      ];
      const before = readdirSync(directory).sort();
      for (const [path, code, says] of cases) {
        for (const args of [
          ["--output", path],
          ["--output", at("good"), "--status-file", path],
        ]) {
          const error = errorOf(await ask([...token, ...args, "--json"]), 2);
          assert.equal(error.code, code, path);
          assert.match(error.message, says);
        }
      }
      assert.deepEqual(readdirSync(directory).sort(), before);
      assert.equal(readFileSync(at("precious"), "utf8"), "kept");
      assert.equal(readlinkSync(at("link")), "precious");
      assert.ok(statSync("/dev/null").isCharacterDevice());
    }));

  test(`${name}: token --output: a folder that may not be written to, and a read-only file system`, () =>
    withDirectory(async (directory) => {
      chmodSync(directory, 0o755);
      const shut = join(directory, "shut");
      mkdirSync(shut, { mode: 0o555 });
      writeFileSync(join(shut, "t"), "kept");
      // Root may write anywhere: it asks as nobody.
      const before = isRoot ? ["setpriv", "--reuid=65534", "--clear-groups"] : [];
      const args = [...token, "--output", join(shut, "t"), "--json"];
      const closed = await withRunning(program, args, { env: exampleKeys, before }, ({ closed }) => closed);
      assert.equal(errorOf(closed, 2).code, "output-denied");
      assert.equal(readFileSync(join(shut, "t"), "utf8"), "kept");
      assert.deepEqual(readdirSync(shut), ["t"]);
      const mounted = await withTmpfs(join(directory, "ro"), "ro", async () => {
        const error = errorOf(await ask([...token, "--output", join(directory, "ro/t"), "--json"]), 2);
        assert.equal(error.code, "output-denied");
        assert.match(error.message, /the file system is read-only \(EROFS\)/);
      });
      if (!mounted) notRun("token files on a read-only file system, which this user may not mount");
    }));

  test(`${name}: token --output: on a full disk the old file stays whole, with nothing beside it`, () =>
    withDirectory(async (directory) => {
      const full = join(directory, "full");
      const mounted = await withTmpfs(full, "size=64k", async () => {
        const file = join(full, "t");
        assert.equal((await ask([...token, "--output", file])).code, 0);
        const old = readFileSync(file, "latin1");
        spawnSync("sh", ["-c", `cat /dev/zero > ${join(full, "filler")}`]);
        const error = errorOf(await ask([...token, "--output", file, "--json"]), 2);
        assert.equal(error.code, "output-full");
        assert.match(error.message, /no space is left on the device \(ENOSPC\)/);
        assert.equal(readFileSync(file, "latin1"), old);
        assert.deepEqual(readdirSync(full).sort(), ["filler", "t"]);
      });
      if (!mounted) notRun("token files on a full disk, which this user may not mount");
    }));

  test(`${name}: token --output: a failure of the credentials leaves the old file`, () =>
    withDirectory(async (directory) => {
      const file = join(directory, "t");
      writeFileSync(file, "kept");
      const { code, stdout } = await run(program, [...token, "--output", file]);
      assert.deepEqual([code, stdout, readFileSync(file, "utf8")], [3, "", "kept"]);
    }));

  test(`${name}: token --output: what is refused, before credentials are asked for`, () =>
    withDirectory(async (cwd) => {
      const cases: readonly (readonly [args: readonly string[], code: string, says: RegExp])[] = [
        [["--watch"], "flag-conflict", /--watch is about a file, and none is named/],
        [["--every", "60"], "flag-conflict", /--every is about a file/],
        [["--on-refresh", "true"], "flag-conflict", /--on-refresh is about a file/],
        [["--status-file", "s"], "flag-conflict", /--status-file is about a file/],
        [["--output", "t", "--at", "2025-01-01T00:00:00Z"], "flag-conflict", /--at signs as of another time/],
        [["--output", "t", "--every", "60"], "flag-conflict", /--every goes with --watch/],
        [["--output", "t", "--watch", "--every", "0"], "flag-value-invalid", /not a whole number of seconds/],
        [["--output", "t", "--watch", "--every", "1.5"], "flag-value-invalid", /not a whole number of seconds/],
        [["--output", "t", "--watch", "--every", "900"], "flag-value-invalid", /--every 900: the token would be over/],
        [["--output", "t", "--watch", "--every", "60", "--expires-in", "60"], "flag-value-invalid", /would be over/],
        [["--output", "t", "--status-file", "t"], "flag-conflict", /name one file/],
        [["--output", "t", "--format", "yaml"], "flag-value-invalid", /--format "yaml" is unknown/],
        [["--format", "url"], "flag-conflict", /--json is a format of its own/],
      ];
      for (const [args, code, says] of cases) {
        const error = errorOf(await run(program, [...token, ...args, "--json"], { cwd }), 2);
        assert.equal(error.code, code, args.join(" "));
        assert.match(error.message, says);
      }
      assert.deepEqual(readdirSync(cwd), []);
    }));

  test(`${name}: token --on-refresh: a shell's command after the file is written, without any token; its failure is told`, () =>
    withDirectory(async (cwd) => {
      const tokenBefore = (await ask(token)).stdout.trim();
      const env = { REDISCLI_AUTH: tokenBefore, OWN: "kept" };
      const command =
        'test -s "$CACHEAUTH_TOKEN_FILE" && env > seen; tr "\\0" "\\n" < /proc/self/cmdline >> seen; echo said; exit 4';
      const { code, stdout, stderr } = await ask([...token, "--output", "t", "--on-refresh", command], { cwd, env });
      assert.deepEqual([code, stdout], [0, ""]);
      assert.equal(stderr, "said\nnotice: The command of --on-refresh ended with 4.\n");
      const seen = readFileSync(join(cwd, "seen"), "utf8");
      assert.match(seen, /^OWN=kept$/m);
      assert.match(seen, /^CACHEAUTH_TOKEN_FILE=t$/m);
      assert.doesNotMatch(seen, /X-Amz-/);
      const json = await ask([...token, "--output", "t", "--json", "--on-refresh", "kill -9 $$"], { cwd });
      assert.deepEqual(
        JSON.parse(json.stdout).notices.map(({ code }: { code: string }) => code),
        ["on-refresh-failed"],
      );
    }));

  test(`${name}: token --status-file: when it last succeeded, in its schema`, () =>
    withDirectory(async (cwd) => {
      await ask([...token, "--output", "t", "--status-file", "s"], { cwd });
      const status = statusFile.parse(JSON.parse(readFileSync(join(cwd, "s"), "utf8")));
      assert.deepEqual([status.file, status.nextRefreshAt, status.failuresSince, status.error], ["t", null, 0, null]);
      assert.equal(Date.parse(status.expiresAt ?? "") - Date.parse(status.lastSuccessAt ?? "") <= 900_000, true);
    }));
}
