/** `probe` on a terminal and in pipes: stages as they happen, interruptions, colours, narrow lines, readers that are gone. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { test } from "node:test";
import { type Hostile, withHostile } from "../real/hostile.ts";
import { roleArn } from "./asking.ts";
import { sts, withFake } from "./aws-servers.ts";
import { answerOf, asMyUser, assertHarmless, withoutDenosOwn, withTls } from "./probing.ts";
import { cleanEnv, exampleKeys, notRun, type Program, programs } from "./program.ts";
import { onScreen, shownOn } from "./screen.ts";
import { onTerminal } from "./terminal.ts";

const hasScript = spawnSync("script", ["--version"]).status === 0;
const stages = ["tls", "auth", "ping", "topology"] as const;
const args = (server: Hostile, ...more: string[]) => [
  "probe",
  `localhost:${server.port}`,
  "-4",
  "--ca",
  server.caFile,
  ...asMyUser,
  ...more,
];

/** Starts it, sends the signal when the server has seen the event, and waits for its end. */
async function interrupted(
  program: Program,
  words: readonly string[],
  signals: readonly NodeJS.Signals[],
  seen: Promise<void>,
) {
  const [command = "", ...before] = program.command;
  const child = spawn(command, [...before, ...words], {
    env: { ...cleanEnv("/nonexistent"), ...exampleKeys },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 30_000,
  });
  const told = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      told[stream] += text;
    });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal })),
  );
  await seen;
  for (const signal of signals) child.kill(signal);
  return { ...(await ended), stdout: told.stdout, stderr: withoutDenosOwn(program, told.stderr) };
}

for (const program of withTls) {
  test(`${program.name}: stopped while the server is silent, it prints what was found by then`, async () => {
    for (const [signal, exit] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ] as const) {
      await withHostile("silent-on-auth", async (server) => {
        const result = await interrupted(program, args(server, "--timeout", "60"), [signal], server.saw("hello"));
        const { code, signal: by, stdout, stderr } = result;
        assert.deepEqual([code, by, stderr], [exit, null, ""], stdout);
        assert.match(stdout, /\n {2}unknown {2}auth [^\n]*\n {2}skipped {2}ping\n {2}skipped {2}topology\n/);
        assert.match(stdout, /certificate +CN=localhost/);
        assert.match(stdout, /\nIt was stopped during auth; nothing had failed by then\.\n$/);
      });
    }
  });

  test(`${program.name}: stopped in the handshake, as JSON`, () =>
    withHostile("silent", async (server) => {
      const words = ["probe", `localhost:${server.port}`, "-4", ...asMyUser, "--json", "--timeout", "60"];
      const result = await interrupted(program, words, ["SIGINT"], server.saw("bytes"));
      const answer = answerOf(result);
      assert.deepEqual([result.code, answer.ok], [130, false]);
      assert.deepEqual(
        answer.stages.map(({ status }) => status),
        ["ok", "ok", "ok", "ok", "unknown", "skipped", "skipped", "skipped"],
      );
    }));
}

for (const program of programs) {
  test(`${program.name}: stopped while it repeats, it tells how far it came`, () =>
    withHostile("plaintext", async (server) => {
      const words = ["probe", `localhost:${server.port}`, "-4", "--no-tls", ...asMyUser, "--repeat", "10000"];
      // The second of them is one of those that are repeated.
      const twice = server.saw("close");
      const { code, stdout, stderr } = await interrupted(program, words, ["SIGINT"], twice);
      assert.deepEqual([code, stderr], [130, ""], stdout);
      assert.match(stdout, /\n\d+ connections? more\n/);
      assert.match(stdout, /\nIt was stopped; nothing had failed by then\.\n$/);
    }));

  test(`${program.name}: readers that are gone change no exit code`, () =>
    withHostile("plaintext", async (server) => {
      const command = program.command.map((word) => `'${word}'`).join(" ");
      const words = `probe localhost:${server.port} -4 --no-tls ${asMyUser.join(" ")}`;
      const shell = (script: string) =>
        new Promise<string>((resolve) => {
          const child = spawn("bash", ["-c", script], {
            env: { ...cleanEnv("/nonexistent"), ...exampleKeys },
            timeout: 30_000,
          });
          let text = "";
          child.stdout.setEncoding("utf8").on("data", (more: string) => {
            text += more;
          });
          child.on("close", () => resolve(text));
        });
      assert.equal(await shell(`${command} ${words} | true; echo "\${PIPESTATUS[0]}"`), "0\n");
      assert.equal(await shell(`${command} ${words} --json | true; echo "\${PIPESTATUS[0]}"`), "0\n");
      assert.equal(await shell(`${command} ${words} >&- 2>&-; echo "$?"`), "0\n");
      assert.equal(await shell(`${command} ${words.replace(/:\d+/, ":1")} | true; echo "\${PIPESTATUS[0]}"`), "4\n");
    }));
}

if (!hasScript) notRun("probe on a terminal, for want of util-linux's script");
else {
  for (const program of programs) {
    test(`${program.name}: an MFA code is asked for before anything is drawn, and Ctrl-C at it ends the walk there`, () =>
      withHostile("plaintext", (server) =>
        withFake(sts, async ({ url, asked }) => {
          const words = [
            "probe",
            `127.0.0.1:${server.port}`,
            "--no-tls",
            ...asMyUser,
            "--role-arn",
            roleArn,
            "--mfa-serial",
            "arn:aws:iam::123456789012:mfa/me",
          ];
          const env = { ...exampleKeys, AWS_ENDPOINT_URL_STS: url };
          const { status, screen, out } = await onTerminal(program, words, env, "654321\r");
          assert.equal(status, 0, screen);
          assert.equal(asked[0]?.form["TokenCode"], "654321");
          assert.match(screen, /^MFA code of [^\n]*: \r?\n {2}ok +credentials/);
          assert.match(out, /The login works/);
          const stopped = await onTerminal(program, words, env, "12\u0003");
          assert.equal(stopped.status, 130, stopped.screen);
          assert.match(stopped.screen, /TERMINAL icanon echo/);
          assert.match(
            stopped.out,
            /^ {2}unknown {2}credentials [\s\S]*skipped {2}topology\n\nIt was stopped during credentials/m,
          );
        }),
      ));
  }

  for (const program of withTls) {
    test(`${program.name}: on a terminal the stages appear as they happen, and are gone when the answer comes`, () =>
      withHostile("slow", async (server) => {
        const { status, sent, out } = await onScreen(program, args(server), { env: exampleKeys }, async (screen) => {
          for (const stage of stages) {
            await server.saw(`waits at ${stage}`);
            // Under way, while the server still waits; what is done is above it.
            await screen.until(new RegExp(`\\.\\.\\. +${stage}\\r?\\n$`));
            const shown = shownOn(screen.sent);
            const before = ["credentials", "token", "resolve", "connect", ...stages.slice(0, stages.indexOf(stage))];
            assert.deepEqual(
              shown.map((line) => line.split(/ +/)[2]),
              [...before, stage, undefined],
              JSON.stringify(shown),
            );
            assert.ok(shown.slice(0, before.length).every((line) => /^ {2}ok +\w+ +[\d.,]+ ms/.test(line)));
            server.release(stage);
          }
        });
        assert.equal(status, 0);
        assert.deepEqual(shownOn(sent), [""]);
        assert.match(out, /The login works/);
        assertHarmless(out);
      }));

    test(`${program.name}: on a dumb terminal, with --json and with -v nothing is drawn`, () =>
      withHostile("good", async (server) => {
        const dumb = await onScreen(program, args(server), { env: { ...exampleKeys, TERM: "dumb" } });
        assert.deepEqual([dumb.status, dumb.sent], [0, ""]);
        const json = await onScreen(program, args(server, "--json"), { env: exampleKeys });
        assert.deepEqual([json.status, json.sent], [0, ""]);
        const verbose = await onScreen(program, args(server, "-v"), { env: { ...exampleKeys, NO_COLOR: "1" } });
        assert.equal(verbose.status, 0);
        assert.match(
          verbose.sent,
          /^- [^\n]*\n[\s\S]*- resolve: ok, [\d.]+ ms\.\r?\n[\s\S]*- topology: ok, [\d.]+ ms\.\r?\n$/,
        );
        // The answer is the same.
        for (const { out } of [dumb, verbose]) assert.match(out, /The login works/);
      }));

    test(`${program.name}: Ctrl-C on a terminal takes the drawing away and leaves what was found`, () =>
      withHostile("silent-on-auth", async (server) => {
        const { status, sent, out } = await onScreen(
          program,
          args(server, "--timeout", "60"),
          { env: exampleKeys },
          async (screen) => {
            await screen.until(/\.\.\. +auth\r?\n$/);
            await server.saw("hello");
            screen.type("\u0003");
          },
        );
        assert.equal(status, 130);
        assert.deepEqual(shownOn(sent.replace("^C", "")), [""]);
        assert.match(out, /It was stopped during auth/);
      }));

    test(`${program.name}: a terminal of 30 columns has lines of 30, but for words and commands that are longer`, () =>
      withHostile("wrongpass", async (server) => {
        const options = {
          env: { ...exampleKeys, NO_COLOR: "1", TERM: "dumb" },
          columns: 30,
          stdout: "terminal",
        } as const;
        const { status, sent } = await onScreen(program, args(server), options);
        assert.equal(status, 5);
        const lines = sent.split(/\r?\n/);
        for (const line of lines) {
          const isCommand = /^ {4}(aws|date) |^ {2}more: /.test(line);
          const isOneWord = !/\S \S/.test(line.replace(/^\S+:/, "").trim());
          assert.ok(line.length <= 30 || isCommand || isOneWord, line);
        }
        assert.match(sent, /\nfailed {2}auth +[\d.]+ ms\r?\nskipped ping\r?\n/);
        // No room for bars.
        assert.doesNotMatch(sent, /=====/);
      }));

    test(`${program.name}: colours on a terminal, none with NO_COLOR or in a file`, () =>
      withHostile("wrong-name", async (server) => {
        const where = { env: { ...exampleKeys, TERM: "xterm" }, stdout: "terminal" } as const;
        const coloured = await onScreen(program, args(server), where);
        assert.match(coloured.sent, /\u001b\[31mfailed/);
        const plain = await onScreen(program, args(server), { ...where, env: { ...where.env, NO_COLOR: "1" } });
        assert.equal(plain.status, 4);
        // Only the moves of what is drawn meanwhile.
        assertHarmless(plain.sent.replaceAll("\r", "").replace(/\u001b\[\d*[AJ]/g, ""));
        const forced = await onScreen(program, args(server, "--color", "always"), { env: where.env });
        assert.match(forced.out, /\u001b\[\d+m/);
        const file = await onScreen(program, args(server), { env: exampleKeys });
        assertHarmless(file.out);
      }));
  }
}
