/** `exec`: what the command gets, what becomes of its exit code, and what is refused before it starts. */
import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isOfCredentials } from "../../src/commands/exec/variables.ts";
import { parametersOf } from "../vectors/vectors.ts";
import { errorOf } from "./asking.ts";
import { exampleKeys, notRun, programs, type Run, run, withDirectory } from "./program.ts";
import { withRunning } from "./running.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const exec = ["exec", host, "-u", "my-user"];
const named = ["exec", "--memorydb-cluster", "my-cluster", "-r", "eu-west-1", "-u", "my-user"];

/** What `env` printed; no value that a test looks at has a line ending. */
function variables({ code, stdout, stderr }: Run): Record<string, string> {
  assert.deepEqual([code, stderr.replace(/^notice: .*\n/gm, "")], [0, ""]);
  return Object.fromEntries(stdout.split("\n").map((line) => [line.split("=", 1)[0], line.replace(/^[^=]*=/, "")]));
}

test("exec: variables that name or yield credentials, and those that do not", () => {
  const out = [
    "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_CREDENTIAL_EXPIRATION",
    "AWS_ACCESS_KEY AWS_SECRET_KEY AWS_CREDENTIAL_FILE AWS_PROFILE AWS_DEFAULT_PROFILE AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE AWS_ROLE_ARN AWS_ROLE_SESSION_NAME AWS_WEB_IDENTITY_TOKEN_FILE AWS_VAULT",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE AWS_EC2_METADATA_SERVICE_ENDPOINT AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
    "AWS_SSO_SESSION AWS_SSO_ACCOUNT_ID AWS_MFA_SERIAL AWS_BEARER_TOKEN_BEDROCK AWS_SESSION_TOKEN_EXPIRATION",
  ];
  const kept = [
    "AWS_REGION AWS_DEFAULT_REGION AWS_CA_BUNDLE AWS_ENDPOINT_URL AWS_ENDPOINT_URL_STS AWS_EC2_METADATA_DISABLED",
    "AWS_SDK_UA_APP_ID AWS_DEFAULT_OUTPUT AWS_MAX_ATTEMPTS AWS_USE_FIPS_ENDPOINT AWS_EXECUTION_ENV REDISCLI_AUTH",
    "MY_AWS_ACCESS_KEY_ID PATH",
  ];
  for (const name of out.flatMap((names) => names.split(" "))) assert.equal(isOfCredentials(name), true, name);
  for (const name of kept.flatMap((names) => names.split(" "))) assert.equal(isOfCredentials(name), false, name);
});

for (const program of programs) {
  const { name } = program;
  const ask = (args: readonly string[], more: Parameters<typeof run>[2] = {}) =>
    run(program, args, { ...more, env: { ...exampleKeys, ...more.env } });

  test(`${name}: exec: the command finds the login in its environment, under every name`, async () => {
    const wanted = ["--env", "A=token", "--env", "B=user", "--env=C=host", "--env", "D=port", "--env", "E=url"];
    const env = variables(await ask([...exec, ...wanted, "--env", "A=token", "--", "env"], { env: { OWN: "kept" } }));
    const token = env["CACHEAUTH_TOKEN"] ?? "";
    assert.deepEqual([parametersOf(token)["User"], parametersOf(token)["X-Amz-Signature"]?.length], ["my-user", 64]);
    for (const same of ["REDISCLI_AUTH", "VALKEYCLI_AUTH", "A"]) assert.equal(env[same], token, same);
    assert.deepEqual(
      [env["CACHEAUTH_USER"], env["CACHEAUTH_HOST"], env["CACHEAUTH_PORT"], env["B"], env["C"], env["D"], env["OWN"]],
      ["my-user", host, "6379", "my-user", host, "6379", "kept"],
    );
    const url = new URL(env["E"] ?? "");
    assert.deepEqual(
      [url.protocol, decodeURIComponent(url.username), decodeURIComponent(url.password), url.host],
      ["rediss:", "my-user", token, `${host}:6379`],
    );
    assert.equal(env["AWS_SECRET_ACCESS_KEY"], exampleKeys.AWS_SECRET_ACCESS_KEY);
  });

  test(`${name}: exec: a name alone gives no host and no port, and is refused where one is asked for`, async () => {
    const env = variables(await ask([...named, "--", "env"]));
    assert.equal(env["CACHEAUTH_USER"], "my-user");
    assert.deepEqual([env["CACHEAUTH_HOST"], env["CACHEAUTH_PORT"]], [undefined, undefined]);
    for (const what of ["host", "port", "url"]) {
      const { code, stdout, stderr } = await ask([...named, "--env", `X=${what}`, "--", "env"]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^error: --env X=\w+ needs an endpoint/);
    }
  });

  test(`${name}: exec: --clean-env takes the credentials out, and leaves the rest`, async () => {
    const env = { AWS_SESSION_TOKEN: "t", AWS_REGION: "us-east-1", AWS_CA_BUNDLE: "", AWS_ROLE_ARN: "" };
    const got = variables(await ask([...exec, "--clean-env", "--", "env"], { env }));
    const left = Object.keys(got).filter((one) => one.startsWith("AWS_"));
    assert.deepEqual(left.sort(), ["AWS_CA_BUNDLE", "AWS_EC2_METADATA_DISABLED", "AWS_REGION"]);
    assert.ok(got["CACHEAUTH_TOKEN"]?.includes("X-Amz-Signature"));
  });

  test(`${name}: exec: the exit code is the command's, or 128 and the signal's number`, async () => {
    const codes: readonly (readonly [script: string, code: number])[] = [
      ["exit 0", 0],
      ["exit 1", 1],
      ["exit 255", 255],
      ["kill -KILL $$", 137],
      ["kill -TERM $$", 143],
      ["kill -INT $$", 130],
      ["kill -USR1 $$", 138],
    ];
    for (const [script, expected] of codes) {
      const { code, signal, stdout, stderr } = await ask([...exec, "--", "sh", "-c", script]);
      assert.deepEqual({ code, signal, stdout, stderr }, { code: expected, signal: null, stdout: "", stderr: "" });
    }
  });

  test(`${name}: exec: 127 for what is not there, 126 for what cannot be executed, each with its remedy`, () =>
    withDirectory(async (directory) => {
      const file = (file: string, text: string, mode: number) => {
        writeFileSync(join(directory, file), text);
        chmodSync(join(directory, file), mode);
        return join(directory, file);
      };
      const cases: readonly (readonly [command: string, code: number, says: RegExp])[] = [
        ["no-such-command", 127, /There is no command "no-such-command"/],
        [join(directory, "none"), 127, /There is no command/],
        [file("plain", "echo\n", 0o644), 126, /cannot be executed: permission denied \(EACCES\)/],
        [directory, 126, /cannot be executed: permission denied \(EACCES\)/],
        [file("lost", "#!/nonexistent/x\n", 0o755), 126, /cannot be executed: it is no program .* \(ENOEXEC\)/],
      ];
      for (const [command, expected, says] of cases) {
        const { code, stdout, stderr } = await ask([...exec, "--", command, "argument"]);
        assert.deepEqual([code, stdout], [expected, ""], command);
        assert.match(stderr, /^error: [^\n]+\nfix: [^\n]+\n$/);
        assert.match(stderr, says);
      }
    }));

  test(`${name}: exec: stdin and both streams are the command's own`, async () => {
    const text = "a line\n".repeat(20_000);
    const { code, stdout, stderr } = await ask([...exec, "--", "sh", "-c", "cat; echo done >&2"], { stdin: text });
    assert.deepEqual([code, stdout === text, stderr], [0, true, "done\n"]);
  });

  test(`${name}: exec: arguments arrive as they are, dashes and all`, async () => {
    const words = ["-v", "--json", "--", "a b", "", "$X", "-u"];
    const { stdout } = await ask([...exec, "--", "printf", "[%s]", ...words]);
    assert.equal(stdout, words.map((word) => `[${word}]`).join(""));
  });

  test(`${name}: exec: the token is in no argument of any process that it starts`, async () => {
    if (!existsSync("/proc/self/cmdline")) return notRun("a look at /proc, which this system has not");
    const env = { ...exampleKeys };
    const args = [...exec, "--env", "URL=url", "--token-file-env", "FILE", "--", "sh", "-c", "echo ready; read x"];
    await withRunning(program, args, { env }, async ({ child, until, closed }) => {
      await until("stdout", /ready/);
      const lines = readdirSync("/proc").flatMap((one) => {
        try {
          // Its own: it was started in a session of its own, and other tests have tokens too.
          const [, , , session] = readFileSync(`/proc/${Number(one)}/stat`, "latin1")
            .replace(/^.*\) /s, "")
            .split(" ");
          return Number(session) === child.pid ? [readFileSync(`/proc/${one}/cmdline`, "latin1")] : [];
        } catch {
          return [];
        }
      });
      assert.ok(lines.some((line) => line.includes("echo ready; read x")));
      for (const line of lines) assert.doesNotMatch(line, /X-Amz-(?:Signature|Date)(?:=|%3D)/);
      child.stdin?.end("\n");
      assert.equal((await closed).code, 0);
    });
  });

  test(`${name}: exec: without credentials nothing is started`, () =>
    withDirectory(async (directory) => {
      const mark = join(directory, "mark");
      const { code, stdout, stderr } = await run(program, [...exec, "--token-file-env", "F", "--", "touch", mark]);
      assert.deepEqual([code, stdout, existsSync(mark)], [3, "", false]);
      assert.match(stderr, /^error: /);
    }));

  test(`${name}: exec: what is refused, before credentials are asked for`, async () => {
    const cases: readonly (readonly [args: readonly string[], code: string, says: RegExp])[] = [
      [[...exec, "--json", "--", "env"], "flag-conflict", /exec takes no --json/],
    ];
    for (const [args, expected, says] of cases) {
      const error = errorOf(await run(program, args), 2);
      assert.equal(error.code, expected);
      assert.match(error.message, says);
    }
    const plain: readonly (readonly [args: readonly string[], says: RegExp])[] = [
      [["--at", "2025-01-01T00:00:00Z", "--", "env"], /exec takes no --at/],
      [["--env", "A", "--", "env"], /--env is not NAME=WHAT/],
      [["--env", "A=secret", "--", "env"], /--env "A": what it shall hold is unknown/],
      [["--env", "1A=token", "--", "env"], /--env "1A": that is no name of a variable/],
      [["--env", "=token", "--", "env"], /no name of a variable/],
      [["--env", "A=token", "--env", "A=url", "--", "env"], /--env gives A two values/],
      [["--env", "A=token", "--token-file-env", "A", "--", "env"], /name one variable, A/],
      [["--token-file-env", "A-B", "--", "env"], /no name of a variable/],
      [["--ca", "x.pem", "--", "redis-cli"], /--ca counts where no command is given.*"redis-cli" is given/],
      [
        ["--ca", "x.pem", "--", "redis-cli", "PING"],
        /^fix: .*\(cacheauth exec ENDPOINT -u USER --ca FILE -- -- PING\)/m,
      ],
      // What may be a password is not said again.
      [["--sni", "x", "--", "/bin/valkey-cli", "-a", "hunter2"], /^fix: .* --sni HOST -- -- WORDS\)/m],
      [["env"], /takes one argument, ENDPOINT, and more were given/],
    ];
    for (const [args, says] of plain) {
      const { code, stdout, stderr } = await run(program, [...exec, ...args]);
      assert.deepEqual([code, stdout], [2, ""], args.join(" "));
      assert.match(stderr, says);
    }
  });

  test(`${name}: exec: notices and -v go to stderr, and no secret with them`, async () => {
    const { stderr, stdout } = await ask(["exec", host, "-u", "My-User", "-v", "--", "printenv", "CACHEAUTH_TOKEN"]);
    assert.match(stderr, /notice: AWS stores the user in lower case/);
    assert.match(stderr, /Credentials from the environment/);
    const { "X-Amz-Signature": signature = "" } = parametersOf(stdout.trim());
    assert.equal(signature.length, 64);
    for (const secret of [signature, exampleKeys.AWS_SECRET_ACCESS_KEY]) assert.ok(!stderr.includes(secret));
  });

  test(`${name}: exec: it ends with the command, though somebody else holds the streams`, async () => {
    const args = [...exec, "--", "sh", "-c", "sleep 60 & exit 3"];
    await withRunning(program, args, { env: exampleKeys }, async ({ exited }) => {
      assert.deepEqual(await exited, { code: 3, signal: null });
    });
  });
}
