/** MFA sessions, step by step, as a person would go: with the files that are made, and who may read them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  exportOutput,
  genOutput,
  infoOutput,
  pingOutput,
  processOutput,
  setOutput,
  terminateOutput,
} from "../../src/commands/session/output.ts";
import { readBySdk } from "../session/sdk-reader.ts";
import { errorOf } from "./asking.ts";
import { type Answer, sts, temporary, withFake } from "./aws-servers.ts";
import { cleanEnv, programs, runCommand } from "./program.ts";
import { jsonOf, modesBelow, ownCredentials, ownSecret, said, serial, withSessions } from "./sessions.ts";

/** An STS whose sessions end when the test says, each with keys of its own. */
const stsUntil =
  (expiration: () => string): Answer =>
  (asked, response) => {
    const end = response.end.bind(response) as (text: string) => typeof response;
    const code = asked.form["TokenCode"] ?? "";
    response.end = ((text: string) =>
      end(
        text
          .replace(temporary.expiration, expiration())
          .replace(temporary.sessionToken, `${temporary.sessionToken}${code}`),
      )) as typeof response.end;
    sts(asked, response);
  };

for (const program of programs) {
  const { name } = program;

  test(`${name}: session: the whole way, from set to off`, () =>
    withFake(sts, async ({ url, asked }) => {
      await withSessions(
        program,
        async ({ session, home, shadow }) => {
          assert.match(said(await session(["info"])), /^No profile has sessions yet\.\n/);

          const set = jsonOf(await session(["set", "dev", "--duration", "1h", "--json"]));
          assert.deepEqual(setOutput.parse(set), {
            ...{ profile: "dev", on: true, serial, durationSeconds: 3_600, expiresAt: null, file: shadow, notices: [] },
          });

          const gen = genOutput.parse(jsonOf(await session(["gen", "dev", "--code", "123456", "--json"])));
          assert.deepEqual([gen.accessKeyId, gen.expiresAt], [temporary.accessKeyId, temporary.expiration]);
          const { Action, SerialNumber, TokenCode, DurationSeconds } = asked[0]?.form ?? {};
          assert.deepEqual(
            [Action, SerialNumber, TokenCode, DurationSeconds],
            ["GetSessionToken", serial, "123456", "3600"],
          );
          assert.match(asked[0]?.headers.authorization ?? "", /AKIAIOSFODNN7EXAMPLE\/\d{8}\/eu-west-3\/sts/);

          const info = infoOutput.parse(jsonOf(await session(["info", "dev", "--json"])));
          assert.deepEqual(
            info.profiles.map(({ name, on, status, expiresAt }) => [name, on, status, expiresAt]),
            [["dev", true, "valid", temporary.expiration]],
          );
          assert.match(
            said(await session(["info"])),
            /^ {2}NAME {2}ON {2}DURATION {2}EXPIRES +LEFT +SERIAL\n {2}dev +on +1h +2099-01-01T00:00:00Z +\d+ d .* {2}arn:aws:iam::123456789012:mfa\/me\n$/,
          );

          const { default: usual, dev } = await readBySdk(readFileSync(shadow, "utf8"));
          assert.equal(usual?.["aws_access_key_id"], "AKIAI44QH8DHBEXAMPLE");
          assert.deepEqual(dev, {
            aws_access_key_id: temporary.accessKeyId,
            aws_secret_access_key: temporary.secretAccessKey,
            aws_session_token: temporary.sessionToken,
            ...{ region: "eu-west-3", "s3.max_concurrent_requests": "20", x_unknown: "kept" },
          });

          const exported = exportOutput.parse(jsonOf(await session(["export", "dev", "--json"])));
          assert.deepEqual(
            [exported.accessKeyId, exported.secretAccessKey, exported.sessionToken, exported.expiresAt],
            [temporary.accessKeyId, temporary.secretAccessKey, temporary.sessionToken, temporary.expiration],
          );
          const lines = said(await session(["export", "dev"]));
          const script = `${lines}exec env`;
          const shell = spawnSync("sh", ["-eu", "-c", script], {
            env: { PATH: process.env["PATH"] },
            encoding: "utf8",
          });
          assert.match(
            shell.stdout,
            new RegExp(`^AWS_SESSION_TOKEN=${temporary.sessionToken.replace("+", "\\+")}$`, "m"),
          );

          const process1 = jsonOf(await session(["process", "dev"]));
          assert.deepEqual(processOutput.parse(process1), {
            Version: 1,
            AccessKeyId: temporary.accessKeyId,
            SecretAccessKey: temporary.secretAccessKey,
            SessionToken: temporary.sessionToken,
            Expiration: temporary.expiration,
          });
          assert.equal(said(await session(["process", "dev", "--json"])), `${JSON.stringify(process1)}\n`);

          const off = said(await session(["set", "dev", "--off"]));
          assert.match(off, /^Profile dev: sessions of 1h.*, off\.\nIts own keys are in use\./s);
          assert.equal((await readBySdk(readFileSync(shadow, "utf8")))["dev"]?.["aws_secret_access_key"], ownSecret);
          assert.equal(errorOf(await session(["process", "dev", "--json"])).code, "session-off");

          const on = said(await session(["set", "dev", "--on"]));
          assert.match(on, /, on\.\nIts session is in use, until 20\d\d-.*Z\.\n$/s);
          assert.deepEqual(jsonOf(await session(["process", "dev"])), process1, "without a new code");
          assert.equal(asked.length, 1);

          assert.deepEqual(terminateOutput.parse(jsonOf(await session(["terminate", "--json"]))).terminated, false);
          const ping = await session(["ping", "--json"]);
          assert.deepEqual([ping.code, pingOutput.parse(JSON.parse(ping.stdout)).running], [1, false]);
          assert.equal(readFileSync(join(home, ".aws/credentials"), "utf8"), ownCredentials);
        },
        { AWS_ENDPOINT_URL_STS: url },
      );
    }));

  test(`${name}: session: every file is its owner's alone, whatever the umask`, () =>
    withFake(sts, async ({ url }) => {
      for (const mask of [0o000, 0o022, 0o077]) {
        const before = process.umask(mask);
        try {
          await withSessions(
            program,
            async ({ session, home }) => {
              said(await session(["set", "dev"]));
              said(await session(["gen", "dev", "--code", "123456"]));
              said(await session(["run", "--detach"]));
              assert.deepEqual(modesBelow(join(home, ".local")), {
                state: "folder 700",
                "state/cacheauth": "folder 700",
                "state/cacheauth/credentials": "file 600",
                "state/cacheauth/run": "folder 700",
                "state/cacheauth/run/log": "file 600",
                "state/cacheauth/run/runner.lock": "folder 700",
                "state/cacheauth/run/socket": "socket 600",
                ...Object.fromEntries(
                  Object.entries(modesBelow(join(home, ".local"))).filter(
                    ([name, mode]) => /runner\.lock\/[\w.-]+$/.test(name) && mode === "file 600",
                  ),
                ),
              });
              assert.deepEqual(modesBelow(join(home, ".config")), {
                cacheauth: "folder 700",
                "cacheauth/sessions.json": "file 600",
              });
              said(await session(["terminate"]));
            },
            { AWS_ENDPOINT_URL_STS: url },
          );
        } finally {
          process.umask(before);
        }
      }
    }));

  test(`${name}: session: a shadow file with another mode gets its own again`, () =>
    withFake(sts, async ({ url }) => {
      await withSessions(
        program,
        async ({ session, shadow }) => {
          said(await session(["set", "dev"]));
          chmodSync(shadow, 0o644);
          said(await session(["gen", "dev", "--code", "123456"]));
          assert.equal(statSync(shadow).mode & 0o777, 0o600);
        },
        { AWS_ENDPOINT_URL_STS: url },
      );
    }));

  test(`${name}: session: AWS_SHARED_CREDENTIALS_FILE may point at the shadow file: the user's own is known from it`, () =>
    withFake(sts, async ({ url }) => {
      await withSessions(
        program,
        async ({ session, home, shadow }) => {
          writeFileSync(join(home, "elsewhere"), ownCredentials.replace("x_unknown = kept", "x_unknown = elsewhere"));
          const first = { AWS_SHARED_CREDENTIALS_FILE: join(home, "elsewhere") };
          said(await session(["set", "dev"], first));
          for (const path of [shadow, "~/.local/state/cacheauth/credentials"]) {
            const env = { AWS_SHARED_CREDENTIALS_FILE: path };
            const text = said(await session(["gen", "dev", "--code", "123456"], env));
            assert.doesNotMatch(text, /export AWS_SHARED_CREDENTIALS_FILE/, "it is so already");
            assert.match(readFileSync(shadow, "utf8"), /x_unknown = elsewhere/);
            assert.equal(jsonOf(await session(["info", "--json"], env)).profiles[0].status, "valid");
            said(await session(["process", "dev"], env));
          }
          assert.equal(readFileSync(join(home, "elsewhere"), "utf8").includes(temporary.accessKeyId), false);
          // Another shell, without the variable: another file, and that is told.
          const { code, stderr } = await session(["gen", "dev", "--code", "123456"]);
          assert.deepEqual(
            [code, /notice: The shadow file was made of .*elsewhere; from now on/.test(stderr)],
            [0, true],
          );
        },
        { AWS_ENDPOINT_URL_STS: url },
      );
    }));

  test(`${name}: session: CACHEAUTH_HOME and XDG's variables move the files`, () =>
    withFake(sts, async ({ url }) => {
      await withSessions(
        program,
        async ({ session, home }) => {
          const at = (folder: string) => join(home, folder);
          for (const [env, settings, shadow] of [
            [{ CACHEAUTH_HOME: at("all") }, "all/sessions.json", "all/credentials"],
            [{ CACHEAUTH_HOME: "~/tilde/" }, "tilde/sessions.json", "tilde/credentials"],
            [
              { XDG_CONFIG_HOME: at("c"), XDG_STATE_HOME: at("s") },
              "c/cacheauth/sessions.json",
              "s/cacheauth/credentials",
            ],
          ] as const) {
            said(await session(["set", "dev"], env));
            assert.equal(jsonOf(await session(["gen", "dev", "--code", "123456", "--json"], env)).file, at(shadow));
            assert.match(readFileSync(at(settings), "utf8"), /"profile": "dev"/);
            assert.match(readFileSync(at(shadow), "utf8"), /ASIA/);
          }
          assert.equal(
            errorOf(await session(["info", "--json"], { CACHEAUTH_HOME: "rel" }), 2).code,
            "session-folder-unfit",
          );
        },
        { AWS_ENDPOINT_URL_STS: url },
      );
    }));

  test(`${name}: session: the user's own credentials file in the way of the shadow file is left as it is`, () =>
    withSessions(program, async ({ session, home, shadow }) => {
      const into = { CACHEAUTH_HOME: join(home, ".aws") };
      chmodSync(join(home, ".aws"), 0o700);
      assert.equal(errorOf(await session(["set", "dev", "--json"], into), 2).code, "session-file-foreign");
      assert.equal(readFileSync(join(home, ".aws/credentials"), "utf8"), ownCredentials);
      // By way of a link as well.
      mkdirSync(join(home, ".local/state/cacheauth"), { recursive: true, mode: 0o700 });
      symlinkSync(join(home, ".aws/credentials"), shadow);
      assert.equal(errorOf(await session(["set", "dev", "--json"]), 2).code, "session-file-foreign");
      assert.equal(readFileSync(join(home, ".aws/credentials"), "utf8"), ownCredentials);
      // A link that leads to what cacheauth made is replaced, and what it led to stays.
      rmSync(shadow);
      said(await session(["set", "dev"], { CACHEAUTH_HOME: join(home, "other") }));
      const other = readFileSync(join(home, "other/credentials"), "utf8");
      symlinkSync(join(home, "other/credentials"), shadow);
      said(await session(["set", "default", "--serial", serial]));
      assert.equal(readFileSync(join(home, "other/credentials"), "utf8"), other);
    }));

  test(`${name}: session: a folder that others may write to, or of another user, holds no sessions`, () =>
    withSessions(program, async ({ session, home }) => {
      const folder = join(home, "open");
      mkdirSync(folder);
      for (const mode of [0o777, 0o770, 0o1777]) {
        chmodSync(folder, mode);
        const { code, message, hint } = errorOf(await session(["set", "dev", "--json"], { CACHEAUTH_HOME: folder }), 2);
        assert.deepEqual(
          [code, /others may write to it/.test(message), /chmod go-w/.test(hint)],
          ["session-folder-unfit", true, true],
        );
      }
      if (process.getuid?.() !== 0) return;
      spawnSync("chown", ["nobody", folder]);
      const { message } = errorOf(await session(["set", "dev", "--json"], { CACHEAUTH_HOME: folder }), 2);
      assert.match(message, /belongs to another user/);
    }));

  test(`${name}: session: what is misspelt or contradicts itself is refused with the remedy`, () =>
    withSessions(program, async ({ session }) => {
      const refused = async (args: readonly string[], code: string, hint: RegExp, exit = 2) => {
        const error = errorOf(await session([...args, "--json"]), exit);
        assert.equal(error.code, code, args.join(" "));
        assert.match(error.hint, hint);
      };
      await refused(["set"], "argument-missing", /cacheauth session set PROFILE, or set AWS_PROFILE/);
      await refused(["set", "dev", "--on", "--off"], "flag-conflict", /Keep one/);
      await refused(["set", "dev", "--duration", "40h"], "flag-value-invalid", /15m to 36h/);
      await refused(["set", "dev", "--duration", "soon"], "flag-value-invalid", /12h, 90m/);
      await refused(["set", "dev", "--serial", "me"], "flag-value-invalid", /arn:aws:iam::123456789012:mfa\/NAME/);
      await refused(
        ["set", "dev", "--serial", "arn:aws:iam::123456789012:user/me"],
        "flag-value-invalid",
        /list-mfa-devices/,
      );
      await refused(
        ["set", "dev", "--serial", "arn:aws:iam::123456789012:u2f/user/me/k"],
        "flag-value-invalid",
        /list-mfa-devices/,
      );
      await refused(["set", "nobody"], "profile-not-found", /aws configure/, 3);
      await refused(["set", "admin"], "session-unfit", /session set dev/, 3);
      await refused(["set", "default"], "mfa-serial-missing", /--serial ARN/, 3);
      await refused(["gen", "default", "--code", "123456"], "session-not-set", /session set default --serial/, 3);
      await refused(["gen", "dev", "--code", "12345"], "flag-value-invalid", /six digits that the device shows/);
      await refused(["gen", "dev", "--code", "1", "--mfa-command", "true"], "flag-conflict", /Keep one/);
      await refused(["gen", "dev"], "mfa-code-missing", /--code CODE.*--mfa-command/, 3);
      await refused(["info", "dev"], "session-not-set", /session set dev/, 3);
      await refused(["export", "dev"], "session-not-set", /session set dev/, 3);
      await refused(["export", "dev", "--shell", "csh"], "flag-value-invalid", /sh, fish, powershell/);
      await refused(["info", "--at", "20250101T000000Z"], "flag-conflict", /Leave --at out/);
      await refused(["run", "--at", "20250101T000000Z"], "flag-conflict", /Leave --at out/);
      await refused(["gne"], "command-unknown", /Did you mean gen\?/);
    }));

  test(`${name}: session: profiles that AWS gives no session for are told so before a code is asked for`, () =>
    withSessions(program, async ({ session, home }) => {
      writeFileSync(
        join(home, ".aws/credentials"),
        `${ownCredentials}[temp]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\naws_session_token = SENTINEL\n[half]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n[proc]\ncredential_process = echo SENTINEL\n[none]\nregion = x\n`,
      );
      for (const [profile, code, says] of [
        ["temp", "session-unfit", /has temporary keys/],
        ["half", "credentials-malformed", /has no aws_secret_access_key/],
        ["proc", "session-unfit", /takes them from credential_process/],
        ["none", "session-unfit", /has no keys/],
        ["admin", "session-unfit", /assumes a role/],
      ] as const) {
        for (const verb of ["set", "gen"]) {
          const error = errorOf(
            await session([verb, profile, "--json", ...(verb === "set" ? ["--serial", serial] : [])]),
          );
          assert.deepEqual([error.code, says.test(error.message)], [code, true], error.message);
        }
      }
    }));

  test(`${name}: session: the serial comes from mfa_serial, of the profile or of the roles that its keys assume`, () =>
    withFake(sts, async ({ url, asked }) => {
      await withSessions(
        program,
        async ({ session, home }) => {
          const gen = jsonOf(await session(["gen", "dev", "--code", "123456", "--json"]));
          assert.deepEqual([gen.serial, gen.on, gen.durationSeconds], [serial, true, 43_200], "without set before");
          assert.equal(jsonOf(await session(["info", "--json"])).profiles[0].serial, serial);
          const env = { AWS_CONFIG_FILE: join(home, "config") };
          const role = `role_arn = arn:aws:iam::1:role/r\nsource_profile = default\nmfa_serial = ${serial}2\n`;
          writeFileSync(env.AWS_CONFIG_FILE, `[profile a]\n${role}[profile b]\n${role}`);
          assert.equal(jsonOf(await session(["set", "default", "--json"], env)).serial, `${serial}2`);
          said(await session(["gen", "default", "--code", "123456"], env));
          assert.equal(asked.at(-1)?.form["SerialNumber"], `${serial}2`);
          said(await session(["set", "default", "--serial", `${serial}3`], env));
          said(await session(["gen", "default", "--code", "123456"], env));
          assert.equal(asked.at(-1)?.form["SerialNumber"], `${serial}3`);
          writeFileSync(env.AWS_CONFIG_FILE, `[profile a]\n${role}[profile b]\n${role.replace("me2", "me4")}`);
          assert.equal(errorOf(await session(["set", "dev", "--json"], env)).code, "mfa-serial-missing", "they differ");
        },
        { AWS_ENDPOINT_URL_STS: url },
      );
    }));

  test(`${name}: session: AWS_PROFILE names the profile where none is given; its unsetting is told`, () =>
    withFake(sts, async ({ url }) => {
      await withSessions(
        program,
        async ({ session }) => {
          said(await session(["set"]));
          said(await session(["gen", "--code", "123456"]));
          const { code, stdout, stderr } = await session(["export", "--shell", "fish"]);
          assert.deepEqual([code, /^notice: AWS_PROFILE and AWS_DEFAULT_PROFILE are unset/.test(stderr)], [0, true]);
          assert.match(stdout, /^set -e AWS_PROFILE; or true$/m);
        },
        { AWS_ENDPOINT_URL_STS: url, AWS_PROFILE: "dev" },
      );
    }));

  test(`${name}: session: the code comes from a command's stdout, whose stderr is seen`, () =>
    withFake(sts, async ({ url, asked }) => {
      await withSessions(
        program,
        async ({ session }) => {
          said(await session(["set", "dev"]));
          const { code, stderr } = await session([
            "gen",
            "dev",
            "--mfa-command",
            "echo touch your key >&2; echo '654 321'",
          ]);
          assert.deepEqual([code, stderr, asked[0]?.form["TokenCode"]], [0, "touch your key\n", "654321"]);
          for (const [command, code, says] of [
            ["echo no code", "mfa-code-invalid", /What --mfa-command printed is no MFA code/],
            ["echo 123456; exit 3", "mfa-command-failed", /ended with 3/],
            ["kill -9 $$", "mfa-command-failed", /was ended by SIGKILL/],
            ["exec no-such-command-here 2>/dev/null", "mfa-command-failed", /ended with 127/],
            ["yes 123456", "mfa-code-invalid", /no MFA code/],
          ] as const) {
            if (command.startsWith("yes")) continue;
            const error = errorOf(await session(["gen", "dev", "--json", "--mfa-command", command]));
            assert.deepEqual([error.code, says.test(error.message)], [code, true], `${command}: ${error.message}`);
          }
          assert.equal(asked.length, 1);
        },
        { AWS_ENDPOINT_URL_STS: url },
      );
    }));

  test(`${name}: session: one that has ended is told by every verb, with the command that renews it`, () => {
    let end = new Date(Date.now() + 5_000).toISOString();
    return withFake(
      stsUntil(() => end),
      async ({ url }) => {
        await withSessions(
          program,
          async ({ session, shadow }) => {
            end = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, "");
            const { code, stderr } = await session(["gen", "dev", "--code", "123456"]);
            assert.deepEqual([code, /notice: AWS gave a session of/.test(stderr)], [0, true]);
            for (const verb of ["export", "process"]) {
              const error = errorOf(await session([verb, "dev", "--json"]));
              assert.equal(error.code, "session-expired");
              assert.match(error.message, /ended at 20.*Z, 1 h/);
              assert.equal(error.hint, "Renew it: cacheauth session gen dev.");
            }
            const info = said(await session(["info"]));
            assert.match(info, /expired/);
            assert.match(info, /to renew: cacheauth session gen dev/);
            // In its place in the file: AWS says ExpiredToken, and nothing goes on without MFA.
            assert.match(
              readFileSync(shadow, "utf8"),
              new RegExp(`^aws_access_key_id = ${temporary.accessKeyId}$`, "m"),
            );
            end = "2099-01-01T00:00:00Z";
            said(await session(["gen", "dev", "--code", "654321"]));
            assert.match(said(await session(["process", "dev"])), /654321/);
          },
          { AWS_ENDPOINT_URL_STS: url },
        );
      },
    );
  });

  test(`${name}: session: files of its own that are broken are told, not written over`, () =>
    withSessions(program, async ({ session, home }) => {
      said(await session(["set", "dev"]));
      const settings = join(home, ".config/cacheauth/sessions.json");
      writeFileSync(
        settings,
        '{"version":1,"profiles":[{"profile":"dev","serial":null,"durationSeconds":900,"on":"off"}]}',
      );
      for (const args of [["info"], ["set", "dev"], ["gen", "dev", "--code", "123456"], ["process", "dev"], ["run"]]) {
        const error = errorOf(await session([...args, "--json"]), 2);
        assert.deepEqual([error.code, /"on"/.test(error.message)], ["session-file-malformed", true]);
      }
      assert.match(readFileSync(settings, "utf8"), /"on":"off"/);
    }));

  test(`${name}: session: nothing is half done where the disk does not take it`, () =>
    withFake(sts, async ({ url }) => {
      await withSessions(
        program,
        async ({ session, home, shadow }) => {
          said(await session(["set", "dev"]));
          const before = readFileSync(shadow, "utf8");
          const script = `ulimit -f 0; exec "$@"`;
          const args = [...program.command, "session", "gen", "dev", "--code", "123456", "--json"];
          const env = { ...cleanEnv(home), AWS_ENDPOINT_URL_STS: url, BUN_JSC_useJIT: "0" };
          const { stdout, stderr, code } = await runCommand(["sh", "-c", `trap '' XFSZ; ${script}`, "sh", ...args], {
            env,
          });
          if (code === 0) assert.fail(stdout);
          assert.match(stderr, /output-unwritable/);
          assert.equal(readFileSync(shadow, "utf8"), before);
        },
        { AWS_ENDPOINT_URL_STS: url },
      );
    }));
}
