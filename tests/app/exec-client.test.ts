/** `exec` without a command: valkey-cli or redis-cli, how it is called, and that it gets in. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { withEmulate } from "../long/clients/emulate.ts";
import { cleanEnv, exampleKeys, notRun, programs, run, withDirectory } from "./program.ts";
import { withRunning } from "./running.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const exec = ["exec", host, "-u", "my-user"];

/** A folder for PATH with a shell, and stand-ins that say how they were called. Fakes: no valkey-cli is packaged here. */
function pathWith(directory: string, ...names: readonly string[]): string {
  const folder = join(directory, "bin");
  mkdirSync(folder);
  symlinkSync("/bin/sh", join(folder, "sh"));
  for (const name of names) {
    writeFileSync(
      join(folder, name),
      `#!/bin/sh\necho "${name}"; printf '[%s]' "$@"; echo; echo "$REDISCLI_AUTH" | cut -c1-10\n`,
    );
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

const hasRedis = spawnSync("redis-cli", ["--version"]).status === 0;
if (!hasRedis) notRun("exec with a real redis-cli, for want of one");
const [emulator] = programs;

for (const program of programs) {
  const { name } = program;

  test(`${name}: exec: valkey-cli comes first, then redis-cli, with all that they need and no secret`, () =>
    withDirectory(async (directory) => {
      const PATH = pathWith(directory, "redis-cli", "valkey-cli");
      const ask = async (args: readonly string[]) => {
        const { code, stdout, stderr } = await run(program, args, {
          env: { ...exampleKeys, PATH: `${PATH}:/usr/bin:/bin` },
        });
        assert.deepEqual([code, stderr], [0, ""]);
        const [client = "", words = "", token = ""] = stdout.split("\n");
        assert.equal(token, "my-cache/?");
        return [client, words.slice(1, -1).split("][").join(" ")];
      };
      const usual = `--tls -h ${host} -p 6379 --user my-user --sni ${host}`;
      assert.deepEqual(await ask(exec), ["valkey-cli", usual]);
      assert.deepEqual(await ask([...exec, "--"]), ["valkey-cli", usual]);
      assert.deepEqual(await ask([...exec, "--", "-n", "3"]), ["valkey-cli", `${usual} -n 3`]);
      assert.deepEqual(await ask([...exec, "--", "--", "GET", "a b"]), ["valkey-cli", `${usual} GET a b`]);
      assert.deepEqual(await ask([...exec, "--ca", "/x/ca.pem", "--sni", "other"]), [
        "valkey-cli",
        `--tls -h ${host} -p 6379 --user my-user --sni other --cacert /x/ca.pem`,
      ]);
      // By a tunnel, to an address: no server name can be asked for.
      const tunnel = [
        "exec",
        "127.0.0.1:7000",
        "--replication-group-id",
        "my-cache",
        "-r",
        "us-east-1",
        "-u",
        "my-user",
      ];
      assert.deepEqual(await ask(tunnel), ["valkey-cli", "--tls -h 127.0.0.1 -p 7000 --user my-user"]);
      chmodSync(join(PATH, "valkey-cli"), 0o644);
      assert.deepEqual(await ask(exec), ["redis-cli", usual]);
    }));

  test(`${name}: exec: where neither is there, what to install is said, before any credentials are asked for`, () =>
    withDirectory(async (directory) => {
      const { code, stdout, stderr } = await run(program, exec, { env: { PATH: pathWith(directory) } });
      assert.deepEqual([code, stdout], [127, ""]);
      assert.match(stderr, /^error: Neither valkey-cli nor redis-cli is in PATH\.\nfix: .*apt install .*brew install/);
    }));

  test(`${name}: exec: a client needs an endpoint`, () =>
    withDirectory(async (directory) => {
      const PATH = pathWith(directory, "redis-cli");
      const args = ["exec", "--memorydb-cluster", "c", "-r", "eu-west-1", "-u", "u"];
      const { code, stdout, stderr } = await run(program, args, { env: { ...exampleKeys, PATH } });
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /valkey-cli and redis-cli connect to an endpoint/);
    }));

  if (!hasRedis || emulator === undefined) continue;

  test(`${name}: exec: a real redis-cli gets in, and /proc shows no token`, () =>
    withEmulate(emulator, [], async ({ login }) => {
      const { host, port, caFile, user, accessKeyId, secretAccessKey, sessionToken, name: cache, region } = login;
      const env = {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken ?? undefined,
      };
      const target = [
        "exec",
        `${host}:${port}`,
        "--replication-group-id",
        cache,
        "-r",
        region,
        "-u",
        user,
        "--ca",
        caFile,
      ];
      const once = async (words: readonly string[]) => {
        const { code, stdout, stderr } = await run(program, [...target, ...words], { env });
        assert.deepEqual([code, stderr], [0, ""], stdout);
        return stdout.trim();
      };
      assert.equal(await once(["--", "--", "PING"]), "PONG");
      assert.equal(await once(["--", "--", "ACL", "WHOAMI"]), user);
      assert.equal(await once(["--", "--no-raw", "ECHO", "a b"]), '"a b"');
      const wrong = await run(program, [...target, "--", "--", "PING"], {
        env: { ...env, AWS_SECRET_ACCESS_KEY: "s".repeat(40) },
      });
      assert.match(wrong.stdout + wrong.stderr, /WRONGPASS/);
      // While it waits for what is typed.
      await withRunning(program, target, { env }, async ({ child, until, closed }) => {
        child.stdin?.write("PING\n");
        await until("stdout", /PONG/);
        const lines = readdirSync("/proc").flatMap((one) => {
          try {
            return /^\d+$/.test(one) && sessionOf(one) === child.pid
              ? [readFileSync(`/proc/${one}/cmdline`, "latin1")]
              : [];
          } catch {
            return [];
          }
        });
        assert.ok(lines.some((line) => /redis-cli\0--tls\0-h\0/.test(line)));
        for (const line of lines) assert.doesNotMatch(line, /X-Amz-Signature/);
        child.stdin?.end("QUIT\n");
        assert.equal((await closed).code, 0);
      });
    }));

  if (spawnSync("script", ["--version"]).status !== 0) continue;

  test(`${name}: exec: redis-cli has the terminal: what is typed is edited, and Ctrl-D ends both`, () =>
    withEmulate(emulator, [], ({ login }) =>
      withDirectory(async (directory) => {
        const { host, port, caFile, user, accessKeyId, secretAccessKey, sessionToken, name: cache, region } = login;
        const target = [`${host}:${port}`, "--replication-group-id", cache, "-r", region, "-u", user, "--ca", caFile];
        const words = [...program.command, "exec", ...target].map((word) => `'${word}'`).join(" ");
        const child = spawn(
          "script",
          ["--quiet", "--return", "--command", `stty cols 80 rows 24; exec ${words}`, "/dev/null"],
          {
            env: {
              ...cleanEnv(directory),
              ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, TERM: "xterm" },
              ...(sessionToken ? { AWS_SESSION_TOKEN: sessionToken } : {}),
            },
            timeout: 30_000,
            killSignal: "SIGKILL",
          },
        );
        let screen = "";
        // The editor of lines wants to know how wide it is. What is shown, and what is typed then: a slip taken back, a command, then Ctrl-D.
        const talk: [RegExp, string][] = [
          [/> /, "PIXX\b\bNG\r"],
          [/PONG[\s\S]*> /, "ECHO typed-$1\r"],
          [/"typed-\$1"[\s\S]*> /, "\u0004"],
        ];
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
          screen += text;
          const [first] = talk;
          if (!first?.[0].test(screen)) return;
          talk.shift();
          screen = "";
          child.stdin.write(first[1]);
        });
        const code = await new Promise((resolve) => child.once("close", resolve));
        assert.deepEqual([code, talk.length], [0, 0], screen);
      }),
    ));
}

/** Of what else runs on this machine, other tests among it, nothing is asked. */
function sessionOf(processId: string): number {
  const [, , , session] = readFileSync(`/proc/${processId}/stat`, "latin1")
    .replace(/^.*\) /s, "")
    .split(" ");
  return Number(session);
}
