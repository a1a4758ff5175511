/** `token --watch` as it is shipped: stopped, refused, hindered, and made fresh at once when the credentials change. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { tokenOutput } from "../../src/commands/token/output.ts";
import { statusFile } from "../../src/commands/token/status.ts";
import { parametersOf } from "../vectors/vectors.ts";
import { errorOf, put, roleArn } from "./asking.ts";
import { type Answer, sts, stsRefusing, withFake } from "./aws-servers.ts";
import { exampleKeys, type Program, programs, run, withDirectory } from "./program.ts";
import { type Running, withRunning } from "./running.ts";

const token = ["token", "master.my-cache.abc123.use1.cache.amazonaws.com", "-u", "my-user"];
const told = /good until \S+Z; the next at \S+Z\n/;

interface Home {
  readonly home: string;
  readonly file: string;
  /** Gives the profile another access key, as `aws configure` and others do: whole, by renaming. */
  newKey(id: string): void;
  noKey(): void;
  /** The access key that signed the file's token. */
  key(): string;
}

/** A home with a profile, and its watcher while `use` runs. */
function withWatcher(
  program: Program,
  flags: readonly string[],
  use: (running: Running, home: Home) => Promise<void>,
  before: readonly string[] = [],
): Promise<void> {
  return withDirectory(async (home) => {
    const credentials = join(home, ".aws/credentials");
    const file = join(home, "run/token");
    mkdirSync(join(home, "run"));
    const newKey = (id: string) => {
      put(home, { ".aws/new": `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${"s".repeat(40)}\n` });
      renameSync(join(home, ".aws/new"), credentials);
    };
    newKey("AKIAIOSFODNN7EXAMPLE");
    const key = () => parametersOf(readFileSync(file, "latin1"))["X-Amz-Credential"]?.split("/")[0] ?? "";
    const args = [...token, "--output", file, "--watch", ...flags];
    await withRunning(program, args, { env: { HOME: home }, before }, (running) =>
      use(running, { home, file, newKey, key, noKey: () => rmSync(credentials) }),
    );
  });
}

for (const program of programs) {
  const { name } = program;

  test(`${name}: token --watch ends with 0 at SIGTERM and SIGINT; the token stays, the lock goes`, async () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const before = ["sh", "-c", 'umask 000; exec "$@"', "sh"];
      await withWatcher(
        program,
        [],
        async ({ until, signal: send, closed }, { file, home, key }) => {
          await until("stderr", told);
          assert.equal(lstatSync(file).mode & 0o777, 0o600);
          assert.equal(lstatSync(`${file}.lock`).mode & 0o777, 0o700);
          send(signal);
          const { code, stdout } = await closed;
          assert.deepEqual([code, stdout, key()], [0, "", "AKIAIOSFODNN7EXAMPLE"]);
          assert.deepEqual(readdirSync(join(home, "run")), ["token"]);
        },
        before,
      );
    }
  });

  test(`${name}: token --watch: other credentials give another token at once, each told and run after`, () =>
    withWatcher(
      program,
      ["--on-refresh", 'echo "after $(cut -c1-9 "$CACHEAUTH_TOKEN_FILE")"; test -z "$CACHEAUTH_TOKEN"'],
      async ({ until, signal, closed, said }, { newKey, key }) => {
        // The command writes to the same stream, before or after what is told.
        const both = async (count: number, id: string) => {
          const of = (like: RegExp) => said.stderr.match(like)?.length ?? 0;
          while (of(/after my-cache\/\n/g) < count || of(/good until/g) < count || key() !== id)
            await until("stderr", /\n/);
        };
        await both(1, "AKIAIOSFODNN7EXAMPLE");
        const ids = ["AKIAI44QH8DHBEXAMPLE", "AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"];
        for (const [index, id] of ids.entries()) {
          newKey(id);
          await both(index + 2, id);
        }
        signal("SIGTERM");
        const { code, stdout, stderr } = await closed;
        assert.deepEqual([code, stdout], [0, ""]);
        assert.doesNotMatch(stderr, /X-Amz|ssss/);
        assert.ok((said.stderr.match(/good until/g)?.length ?? 0) >= 4);
      },
    ));

  test(`${name}: token --watch --json: a line each in the schema, its failures in the status file`, () =>
    withDirectory((directory) => {
      const status = join(directory, "status");
      const read = () => statusFile.parse(JSON.parse(readFileSync(status, "utf8")));
      return withWatcher(
        program,
        ["--json", "-v", "--status-file", status],
        async ({ until, signal, closed }, { newKey, noKey, key, file }) => {
          const next = async () => tokenOutput.parse(JSON.parse((await until("stdout", /.*\n/))[0]));
          assert.deepEqual([(await next()).token, read().failuresSince], [null, 0]);
          noKey();
          await until("stderr", /"retry"[^\n]*Try 2 failed/);
          assert.equal(key(), "AKIAIOSFODNN7EXAMPLE", "the old token stays");
          newKey("AKIAI44QH8DHBEXAMPLE");
          assert.equal((await next()).credentials.accessKeyId, "AKIAI44QH8DHBEXAMPLE");
          assert.equal(key(), "AKIAI44QH8DHBEXAMPLE");
          signal("SIGTERM");
          assert.equal((await closed).code, 0);
          const { failuresSince, error, file: named } = read();
          assert.deepEqual([failuresSince, error, named], [0, null, file]);
        },
      );
    }));

  test(`${name}: token --watch: a second one on the same file is refused, and told who has it; a killed one is not in the way`, () =>
    withWatcher(program, [], async ({ child, until, closed }, { file, home }) => {
      await until("stderr", told);
      const again = [...token, "--output", file, "--watch", "--json"];
      // By another way to the same folder, too.
      symlinkSync(join(home, "run"), join(home, "way"));
      for (const path of [file, join(home, "way/token")]) {
        const args = [...token, "--output", path, "--watch", "--json"];
        const error = errorOf(await run(program, args, { env: { HOME: home } }), 2);
        assert.equal(error.code, "output-in-use");
        assert.match(error.message, new RegExp(`is kept fresh already, by process ${child.pid}\\.`));
      }
      child.kill("SIGKILL");
      await closed;
      assert.ok(existsSync(`${file}.lock`));
      await withRunning(program, again, { env: { HOME: home } }, async ({ until, signal, closed }) => {
        await until("stdout", /\n/);
        signal("SIGTERM");
        assert.equal((await closed).code, 0);
      });
      assert.deepEqual(readdirSync(join(home, "run")), ["token"]);
    }));

  test(`${name}: token --watch: a link put in its way, and a folder that goes, are told apart, and it goes on after them`, () =>
    withWatcher(program, ["-v"], async ({ until, signal, closed }, { file, home, newKey, key }) => {
      await until("stderr", told);
      const precious = join(home, "precious");
      writeFileSync(precious, "kept");
      rmSync(file);
      symlinkSync(precious, file);
      newKey("AKIAI44QH8DHBEXAMPLE");
      await until("stderr", /Try 1 failed[^\n]*is a symbolic link/);
      assert.equal(readFileSync(precious, "utf8"), "kept");
      rmSync(file);
      await until("stderr", told);
      assert.equal(key(), "AKIAI44QH8DHBEXAMPLE");
      renameSync(join(home, "run"), join(home, "away"));
      newKey("AKIAIOSFODNN7EXAMPLE");
      await until("stderr", /Try 1 failed[^\n]*its folder is not there/);
      renameSync(join(home, "away"), join(home, "run"));
      await until("stderr", told);
      assert.equal(key(), "AKIAIOSFODNN7EXAMPLE");
      signal("SIGTERM");
      assert.equal((await closed).code, 0);
      assert.deepEqual(readdirSync(join(home, "run")), ["token"]);
    }));

  test(`${name}: token --watch: what cannot be is told at once, and nothing is left`, () =>
    withDirectory(async (cwd) => {
      mkdirSync(join(cwd, "folder"));
      writeFileSync(join(cwd, "file"), "");
      const cases: readonly (readonly [args: readonly string[], code: string])[] = [
        [["--output", "none/t"], "output-folder-missing"],
        [["--output", "file/t"], "output-folder-missing"],
        [["--output", "folder"], "output-not-a-file"],
        [["--output", "t", "--status-file", "none/s"], "output-folder-missing"],
      ];
      for (const [args, code] of cases) {
        const error = errorOf(
          await run(program, [...token, "--watch", "--json", ...args], { cwd, env: exampleKeys }),
          2,
        );
        assert.equal(error.code, code, args.join(" "));
      }
      const { code } = await run(program, [...token, "--watch", "--output", "t"], { cwd });
      assert.equal(code, 3);
      assert.deepEqual(readdirSync(cwd).sort(), ["file", "folder"]);
    }));

  test(`${name}: token --watch: what a killed writer left is removed, once nobody can be writing it`, () =>
    withDirectory(async (cwd) => {
      const [old, young, other] = [".0123456789abcdef.tmp", ".fedcba9876543210.tmp", ".someone.tmp"];
      for (const left of [old, young, other]) writeFileSync(join(cwd, left), "");
      for (const left of [old, other]) utimesSync(join(cwd, left), 1, 1);
      await withRunning(program, [...token, "--output", "t", "--watch"], { cwd, env: exampleKeys }, async (running) => {
        await running.until("stderr", told);
        running.signal("SIGTERM");
        await running.closed;
      });
      assert.deepEqual(readdirSync(cwd).sort(), [young, other, "t"].sort());
    }));

  test(`${name}: token --watch: an STS that fails for a while is asked again; one that refuses ends it`, () =>
    withDirectory(async (cwd) => {
      let failing = 4;
      const answer: Answer = (asked, response) => {
        if (failing-- > 0) return void response.writeHead(503).end();
        sts(asked, response);
      };
      const args = [...token, "--role-arn", roleArn, "--output", "t", "--watch"];
      await withFake(answer, ({ url }) =>
        withRunning(program, args, { cwd, env: { ...exampleKeys, AWS_ENDPOINT_URL: url } }, async (running) => {
          await running.until("stderr", told);
          running.signal("SIGTERM");
          assert.equal((await running.closed).code, 0);
        }),
      );
      assert.ok(failing < 0);
      await withFake(stsRefusing(403, "AccessDenied", "no."), async ({ url }) => {
        const { code } = await run(program, args, { cwd, env: { ...exampleKeys, AWS_ENDPOINT_URL: url } });
        assert.equal(code, 3);
      });
    }));

  test(`${name}: token --watch: an MFA code is spent once, and what it gave is used as long as it lives`, () =>
    withFake(sts, ({ url, asked }) =>
      withDirectory(async (cwd) => {
        const mfa = ["--mfa-serial", "arn:aws:iam::123456789012:mfa/me", "--mfa-code", "123456"];
        const args = [...token, ...mfa, "--output", "t", "--watch", "--every", "1"];
        const env = { ...exampleKeys, AWS_ENDPOINT_URL: url, HOME: cwd };
        await withRunning(program, args, { cwd, env }, async (running) => {
          for (let refresh = 1; refresh <= 2; refresh += 1) await running.until("stderr", told);
          running.signal("SIGTERM");
          const { stderr } = await running.closed;
          assert.doesNotMatch(stderr, /SENTINEL|123456$/m);
        });
        assert.equal(asked.length, 1);
      }),
    ));
}

test("token --watch: the liveness probe of the README says yes to a fresh file, and no to a stale or missing one", () =>
  withDirectory(async (cwd) => {
    const probe = () =>
      spawnSync(
        "sh",
        ["-c", `expr "$(date -u +%FT%TZ)" '<' "$(sed -n 's/.*"expiresAt":"\\([^"]*\\)".*/\\1/p' status)"`],
        {
          cwd,
          encoding: "utf8",
        },
      ).status;
    const [program] = programs;
    assert.ok(program);
    assert.notEqual(probe(), 0);
    await run(program, [...token, "--output", "t", "--status-file", "status"], { cwd, env: exampleKeys });
    assert.equal(probe(), 0);
    const status = readFileSync(join(cwd, "status"), "utf8");
    writeFileSync(join(cwd, "status"), status.replace(/"expiresAt":"\d{4}/, '"expiresAt":"2020'));
    assert.notEqual(probe(), 0);
    writeFileSync(join(cwd, "status"), status.replace(/"expiresAt":"[^"]*"/, '"expiresAt":null'));
    assert.notEqual(probe(), 0);
    const fresh = await run(program, ["lint", "--token-file", "t"], { cwd });
    assert.equal(fresh.code, 0);
  }));
