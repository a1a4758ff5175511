/** `exec --token-file-env`: a private file that is kept fresh while the command runs, and is gone after it. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { parametersOf } from "../vectors/vectors.ts";
import { put } from "./asking.ts";
import { cleanEnv, exampleKeys, programs, withDirectory } from "./program.ts";
import { withRunning } from "./running.ts";

const exec = ["exec", "master.my-cache.abc123.use1.cache.amazonaws.com", "-u", "my-user"];
const withFile = [...exec, "--token-file-env", "FILE", "--", "sh", "-c"];

const profile = (id: string) => `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${"s".repeat(40)}\n`;

/** What is in the folder for temporary files, but for what Deno's executables keep there themselves. */
const left = (folder: string) => readdirSync(folder).filter((file) => !file.startsWith("deno-compile-"));

for (const program of programs) {
  const { name } = program;

  test(`${name}: exec: the file is private, holds the token and nothing else, and goes with the command`, () =>
    withDirectory(async (directory) => {
      const ends: readonly (readonly [how: string, code: number])[] = [
        ["exit 0", 0],
        ["exit 9", 9],
        ["kill -KILL $$", 137],
      ];
      for (const [how, expected] of ends) {
        const script = `umask 000; printf '%s\\n%s\\n' "$FILE" "$CACHEAUTH_TOKEN"; read x; ${how}`;
        const env = { ...exampleKeys, TMPDIR: directory };
        const before = ["sh", "-c", 'umask 000; exec "$@"', "sh"];
        await withRunning(program, [...withFile, script], { env, before }, async ({ child, until, closed }) => {
          const [, file = "", token = ""] = await until("stdout", /(.*)\n(.*)\n/);
          assert.equal(dirname(dirname(file)), directory);
          assert.equal(statSync(file).mode & 0o777, 0o600);
          assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
          assert.deepEqual(readdirSync(dirname(file)), ["token"]);
          assert.equal(readFileSync(file, "latin1"), token);
          child.stdin?.end("\n");
          assert.equal((await closed).code, expected);
        });
        assert.deepEqual(left(directory), [], how);
      }
    }));

  test(`${name}: exec: a signal that ends the command takes the file with it`, () =>
    withDirectory(async (directory) => {
      const env = { ...exampleKeys, TMPDIR: directory };
      await withRunning(
        program,
        [...withFile, "echo ready; exec sleep 60"],
        { env },
        async ({ until, signal, closed }) => {
          await until("stdout", /ready/);
          assert.equal(left(directory).length, 1);
          signal("SIGTERM");
          assert.equal((await closed).code, 143);
        },
      );
      assert.deepEqual(left(directory), []);
    }));

  test(`${name}: exec: other credentials give another token, at once; while there are none the old one stays`, () =>
    withDirectory(async (home) => {
      put(home, { ".aws/credentials": profile("AKIAIOSFODNN7EXAMPLE") });
      const tmp = join(home, "tmp");
      mkdirSync(tmp);
      // Says each new content of the file.
      const script =
        'old=; while :; do new=$(cat "$FILE"); if [ "$new" != "$old" ]; then echo "$new"; old=$new; fi; sleep 0.05; done';
      const env = { ...cleanEnv(home), TMPDIR: tmp };
      await withRunning(program, [...withFile, script], { env }, async ({ until, signal, closed, said }) => {
        const next = async () => parametersOf((await until("stdout", /.*\n/))[0].trim())["X-Amz-Credential"] ?? "";
        assert.match(await next(), /^AKIAIOSFODNN7EXAMPLE\//);
        const credentials = join(home, ".aws/credentials");
        // Gone, and back as another: the file of the token is whole all the while.
        renameSync(credentials, join(home, ".aws/elsewhere"));
        writeFileSync(join(home, ".aws/new"), profile("AKIAI44QH8DHBEXAMPLE"));
        renameSync(join(home, ".aws/new"), credentials);
        assert.match(await next(), /^AKIAI44QH8DHBEXAMPLE\//);
        signal("SIGTERM");
        assert.equal((await closed).code, 143);
        assert.equal(said.stderr, "");
      });
      assert.deepEqual(left(tmp), []);
    }));

  test(`${name}: exec: a folder that cannot be made is told, and nothing is started`, () =>
    withDirectory(async (directory) => {
      const mark = join(directory, "mark");
      const env = { ...exampleKeys, TMPDIR: join(directory, "none") };
      await withRunning(program, [...withFile, `touch ${mark}`], { env }, async ({ closed }) => {
        const { code, stdout, stderr } = await closed;
        assert.deepEqual([code, stdout, existsSync(mark)], [2, "", false]);
        assert.match(stderr, /^error: .* cannot be written: its folder is not there \(ENOENT\)/);
      });
    }));
}
