/**
 * MFA sessions before others' eyes: made by moto's STS, read by the AWS SDK for JavaScript, botocore and the AWS CLI; and with
 * the program killed at any moment.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fromIni } from "@aws-sdk/credential-providers";
import fc from "fast-check";
import { placeKeys } from "../../src/session/place-keys.ts";
import { readShadow } from "../../src/session/shadow-file.ts";
import { type Answer, sts, temporary, withFake } from "../app/aws-servers.ts";
import { cleanEnv, programs, runCommand } from "../app/program.ts";
import { jsonOf, ownCredentials, said, withSessions } from "../app/sessions.ts";
import { iniFile } from "../session/arbitrary-ini.ts";
import { motoPython, withMoto } from "./moto.ts";
import { venv } from "./witness.ts";

const awscli = venv("awscli", ["awscli==1.46.3"]);
const botocore = venv("botocore", ["botocore==1.44.5"]);
const moto = motoPython();

const aws = (python: string, args: readonly string[], env: Record<string, string>) =>
  runCommand([python, "-m", "awscli", ...args], { env });

if (moto && awscli) {
  for (const program of programs) {
    const { name, command } = program;
    test(`session: ${name}: made by moto, listed with by the AWS CLI, read by the SDK for JavaScript`, () =>
      withMoto(moto, async (url) => {
        await withSessions(
          program,
          async ({ home, session, shadow }) => {
            said(await session(["set", "dev", "--duration", "1h"]));
            const { accessKeyId, expiresAt, secondsLeft } = jsonOf(
              await session(["gen", "dev", "--code", "123456", "--json"]),
            );
            assert.ok(secondsLeft > 3_000 && secondsLeft <= 3_600, `${secondsLeft}`);
            const exported = jsonOf(await session(["export", "dev", "--json"]));

            const bySdk = await fromIni({
              filepath: shadow,
              configFilepath: join(home, ".aws/config"),
              profile: "dev",
              ignoreCache: true,
            })();
            assert.deepEqual(
              [bySdk.accessKeyId, bySdk.secretAccessKey, bySdk.sessionToken],
              [accessKeyId, exported.secretAccessKey, exported.sessionToken],
            );

            const env = { ...cleanEnv(home), AWS_ENDPOINT_URL: url, AWS_DEFAULT_REGION: "eu-west-3" };
            const pointed = { ...env, AWS_SHARED_CREDENTIALS_FILE: shadow };
            for (const [args, variables] of [
              [["iam", "list-users", "--profile", "dev"], pointed],
              [["sts", "get-caller-identity", "--profile", "admin"], pointed],
              [["elasticache", "describe-replication-groups", "--profile", "dev"], pointed],
            ] as const) {
              const { code, stderr } = await aws(awscli, args, variables);
              assert.deepEqual({ code, stderr }, { code: 0, stderr: "" }, args.join(" "));
            }

            const words = [...command, "session", "process", "dev"].map((word) => `"${word}"`).join(" ");
            const config = `[profile mfa]\nregion = eu-west-3\ncredential_process = ${words}\n`;
            writeFileSync(join(home, "config"), config);
            const processed = {
              ...env,
              AWS_CONFIG_FILE: join(home, "config"),
              AWS_SHARED_CREDENTIALS_FILE: join(home, ".aws/credentials"),
            };
            const list = await aws(awscli, ["iam", "list-users", "--profile", "mfa"], processed);
            assert.deepEqual([list.code, list.stderr, JSON.parse(list.stdout)], [0, "", { Users: [] }]);
            const seen = await aws(awscli, ["configure", "export-credentials", "--profile", "mfa"], processed);
            if (seen.code === 0)
              assert.deepEqual(JSON.parse(seen.stdout).Expiration.slice(0, 19), expiresAt.slice(0, 19));

            said(await session(["set", "dev", "--off"]));
            const off = await aws(awscli, ["iam", "list-users", "--profile", "mfa"], processed);
            assert.notEqual(off.code, 0);
            assert.match(off.stderr, /The sessions of profile \\?"dev\\?" are off/, "the AWS CLI passes the reason on");
          },
          { AWS_ENDPOINT_URL_STS: url },
        );
      }));
  }
}

if (awscli) {
  for (const program of programs) {
    test(`session: ${program.name}: what the AWS CLI sends is signed with the session's keys, and with the user's own once it is off`, () =>
      withFake(
        (asked, response) => {
          if (asked.form["Action"] === "GetSessionToken") return sts(asked, response);
          response.writeHead(200, { "content-type": "text/xml" });
          response.end(
            `<ListUsersResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListUsersResult><Users/><IsTruncated>false</IsTruncated></ListUsersResult></ListUsersResponse>`,
          );
        },
        async ({ url, asked }) => {
          await withSessions(
            program,
            async ({ home, session, shadow }) => {
              said(await session(["gen", "dev", "--code", "123456"]));
              const env = { ...cleanEnv(home), AWS_ENDPOINT_URL: url, AWS_SHARED_CREDENTIALS_FILE: shadow };
              const list = async (profile: string) => {
                const { code, stderr } = await aws(
                  awscli,
                  ["iam", "list-users", "--profile", profile, "--region", "us-east-1"],
                  env,
                );
                assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
                const headers: Record<string, unknown> = asked.at(-1)?.headers ?? {};
                return [
                  /Credential=(\w+)/.exec(String(headers["authorization"]))?.[1],
                  headers["x-amz-security-token"],
                ];
              };
              assert.deepEqual(await list("dev"), [temporary.accessKeyId, temporary.sessionToken]);
              assert.deepEqual(await list("default"), ["AKIAI44QH8DHBEXAMPLE", undefined]);
              said(await session(["set", "dev", "--off"]));
              assert.deepEqual(await list("dev"), ["AKIAIOSFODNN7EXAMPLE", undefined]);
            },
            { AWS_ENDPOINT_URL_STS: url },
          );
        },
      ));
  }
}

if (botocore) {
  /** Reads files as JSON lines with botocore's own reader; prints what it read, or that it could not. */
  const reader = `
import json, sys, tempfile, os
import botocore.configloader as loader
path = os.path.join(tempfile.mkdtemp(), "credentials")
for line in sys.stdin:
    with open(path, "w", newline="", encoding="utf-8") as f: f.write(json.loads(line))
    try: print(json.dumps({"profiles": loader.raw_config_parse(path)}))
    except Exception as e: print(json.dumps({"error": type(e).__name__}))
os.remove(path); os.rmdir(os.path.dirname(path))
`;
  const readByBotocore = (
    texts: readonly string[],
  ): { profiles?: Record<string, Record<string, unknown>>; error?: string }[] => {
    const input = texts.map((text) => `${JSON.stringify(text)}\n`).join("");
    const { stdout, stderr } = spawnSync(botocore, ["-c", reader], { input, encoding: "utf8", maxBuffer: 1 << 28 });
    assert.equal(stderr, "");
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  };
  const keys = {
    accessKeyId: "ASIAQNZGKIQY56JQ7WML",
    secretAccessKey: "session/secret+key",
    sessionToken: "IQoJb3JpZ2luX2VjE==",
  };
  const placed = {
    aws_access_key_id: keys.accessKeyId,
    aws_secret_access_key: keys.secretAccessKey,
    aws_session_token: keys.sessionToken,
  };

  test("session: botocore reads 3,000 edited files: the session's keys, and all else as before", () => {
    const files = fc.sample(iniFile, 3_000);
    const profiles = files.map((_, at) => ["dev", "default", "my profile", "nobody"][at % 4] ?? "dev");
    const before = readByBotocore(files.map(({ text }) => text));
    const after = readByBotocore(files.map(({ text }, at) => placeKeys(text, profiles[at] ?? "", keys, "a remark")));
    for (const [at, { profiles: was, error }] of before.entries()) {
      assert.equal(error, undefined, files[at]?.text);
      const profile = profiles[at] ?? "";
      assert.deepEqual(after[at]?.profiles, { ...was, [profile]: { ...was?.[profile], ...placed } }, files[at]?.text);
    }
  });

  test("session: files that people write oddly are read by botocore with the session's keys", () => {
    const odd = [
      "[dev]\n  aws_access_key_id = A\n  aws_secret_access_key = B\n  region = x\n",
      "[dev]\naws_access_key_id: A\naws_secret_access_key : B\n",
      "[dev]\nAWS_ACCESS_KEY_ID = A\nAws_Secret_Access_Key = B\n",
      "[dev]\naws_access_key_id=A\n\n; note\n\naws_secret_access_key=B\n# end",
      "[dev] # mine\naws_access_key_id = A # note\naws_secret_access_key = B ; note\n",
      "[dev]\ns3 =\n    aws_access_key_id = N\n    x = y\naws_access_key_id = A\naws_secret_access_key = B\n",
      "[dev]\n\taws_access_key_id = A\n\taws_secret_access_key = B\n[other]\n\tx = y\n",
      "[dev]\r\naws_access_key_id = A\r\naws_secret_access_key = B",
      "[dev]\naws_access_key_id = A\naws_secret_access_key = B\naws_session_token =\nregion = x\n",
      "[dev]\nregion = x\n",
      "[dev]",
      "",
    ];
    const after = readByBotocore(odd.map((text) => placeKeys(text, "dev", keys, "a remark")));
    for (const [at, { profiles }] of after.entries()) {
      const { aws_access_key_id, aws_secret_access_key, aws_session_token, region } = profiles?.["dev"] ?? {};
      assert.deepEqual({ aws_access_key_id, aws_secret_access_key, aws_session_token }, placed, odd[at]);
      if (odd[at]?.includes("region = x")) assert.equal(region, "x", odd[at]);
    }
  });
}

/** The file is whole: its head, and below it all that the user's own has. */
function checkWhole(text: string, where: string): void {
  assert.notEqual(readShadow(text), null, `${where}: ${text}`);
  assert.match(text, /x_unknown = kept\n(?:\[n\]\nregion = \d+\n)?$/, where);
  const key = /\[dev\]\n(?:# cacheauth.*\n)?(?:aws_session_token = .*\n)?aws_access_key_id = (\w+)/.exec(text)?.[1];
  assert.ok(key === "AKIAIOSFODNN7EXAMPLE" || key === temporary.accessKeyId, `${where}: ${key}`);
}

const [executable] = programs;
assert.ok(executable);

test("session: gen killed at 200 random moments leaves a whole file each time, and the next one works", () =>
  withFake(sts, async ({ url }) => {
    await withSessions(
      executable,
      async ({ home, session, shadow }) => {
        said(await session(["set", "dev"]));
        const [command = "", ...before] = executable.command;
        const env = { ...cleanEnv(home), AWS_ENDPOINT_URL_STS: url };
        // How long one takes here, so that the moments are all over it.
        const start = performance.now();
        said(await session(["gen", "dev", "--code", "123456"]));
        const usual = performance.now() - start;
        let killed = 0;
        for (let times = 0; killed < 200 && times < 2_000; times += 1) {
          const args = [...before, "session", "gen", "dev", "--code", "123456"];
          const child = spawn(command, args, { env, stdio: "ignore" });
          const timer = setTimeout(() => child.kill("SIGKILL"), Math.random() * usual);
          const signal = await new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
          clearTimeout(timer);
          if (signal === "SIGKILL") killed += 1;
          checkWhole(readFileSync(shadow, "utf8"), `after ${times}`);
        }
        assert.equal(killed, 200);
        said(await session(["gen", "dev", "--code", "123456"]));
        const { profiles } = jsonOf(await session(["info", "--json"]));
        assert.deepEqual([profiles.length, profiles[0].status], [1, "valid"]);
      },
      { AWS_ENDPOINT_URL_STS: url },
    );
  }));

test("session: runners killed at 100 random moments, while the file changes, leave it whole; the next takes over", () =>
  withFake(sts, async ({ url }) => {
    await withSessions(
      executable,
      async ({ home, session, shadow }) => {
        said(await session(["gen", "dev", "--code", "123456"]));
        const [command = "", ...before] = executable.command;
        const env = cleanEnv(home);
        for (let times = 0; times < 100; times += 1) {
          const child = spawn(command, [...before, "session", "run"], { env, stdio: ["ignore", "pipe", "pipe"] });
          let stderr = "";
          child.stderr.setEncoding("utf8").on("data", (text: string) => {
            stderr += text;
          });
          const ended = new Promise((resolve) => child.on("close", resolve));
          if (times % 2 === 0) await new Promise((resolve) => child.stdout.once("data", resolve));
          writeFileSync(join(home, ".aws/credentials"), `${ownCredentials}[n]\nregion = ${times}\n`);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 260));
          child.kill("SIGKILL");
          await ended;
          assert.equal(stderr, "");
          checkWhole(readFileSync(shadow, "utf8"), `after ${times}`);
        }
        const { pid } = jsonOf(await session(["run", "--detach", "--json"]));
        assert.equal(jsonOf(await session(["ping", "--json"])).pid, pid);
        assert.match(readFileSync(shadow, "utf8"), /region = 99\n$/);
        said(await session(["terminate"]));
      },
      { AWS_ENDPOINT_URL_STS: url },
    );
  }));

test("session: a reader in a loop never sees half a file while it is written 150 times", () => {
  let count = 0;
  const counting: Answer = (asked, response) => {
    count += 1;
    sts(asked, response);
  };
  return withFake(counting, async ({ url }) => {
    await withSessions(
      executable,
      async ({ session, shadow }) => {
        said(await session(["set", "dev"]));
        let isDone = false;
        let reads = 0;
        const reading = (async () => {
          while (!isDone) {
            checkWhole(readFileSync(shadow, "utf8"), `read ${reads}`);
            reads += 1;
            await new Promise((resolve) => setImmediate(resolve));
          }
        })();
        for (let times = 0; times < 75; times += 1) {
          // One switches on what the other switches off; both write.
          await Promise.all([
            session(["set", "dev", times % 2 ? "--on" : "--off"]),
            session(["gen", "dev", "--code", "123456"]),
          ]);
        }
        isDone = true;
        await reading;
        assert.ok(reads > 500 && count === 75, `${reads} reads, ${count} sessions`);
      },
      { AWS_ENDPOINT_URL_STS: url },
    );
  });
});

test("session: what killed programs left unfinished is removed by a later one", () =>
  withSessions(executable, async ({ home, session }) => {
    const folder = join(home, ".local/state/cacheauth");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const old = [".0123456789abcdef.tmp", ".fedcba9876543210.tmp"];
    for (const name of old) writeFileSync(join(folder, name), "SENTINEL", { mode: 0o600 });
    spawnSync("touch", ["-d", "2 minutes ago", ...old.map((name) => join(folder, name))]);
    const young = ".aaaaaaaaaaaaaaaa.tmp";
    for (const name of [young, "other.tmp", ".x.tmp"]) writeFileSync(join(folder, name), "");
    said(await session(["set", "dev"]));
    const left = readdirSync(folder)
      .filter((name) => name.endsWith(".tmp"))
      .sort();
    assert.deepEqual(left, [young, ".x.tmp", "other.tmp"].sort());
    assert.ok(!existsSync(join(folder, "credentials.lock")));
  }));
