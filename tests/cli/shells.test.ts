/** The lines that are printed to be typed, in the shell of whoever reads them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runCli } from "../../src/cli.ts";
import { genText } from "../../src/commands/session/text.ts";
import { shellOf } from "../../src/commands/shell-flag.ts";
import type { Host } from "../../src/runtime.ts";
import { createColour } from "../../src/terminal/colour.ts";
import { fakeRuntime } from "../fakes/runtime.ts";

/** What it tells when it listens; told to stop as soon as it has. */
async function told(platform: Host["platform"], ...args: readonly string[]): Promise<string> {
  const runtime = await fakeRuntime(["emulate", ...args]);
  let stop = () => {};
  const host: Host = {
    ...runtime.host,
    platform,
    onStop: (run) => {
      stop = () => run("SIGINT");
      return () => {};
    },
  };
  const stdout = async (text: string) => {
    await runtime.io.stdout(text);
    stop();
  };
  const code = await runCli({ ...runtime, host, io: { ...runtime.io, stdout } });
  assert.equal(code, 0, runtime.written.stderr);
  return runtime.written.stdout;
}

const names = "--replication-group-id my-cache -u my-user -r us-east-1";

test("emulate: on Windows the lines are PowerShell's", async () => {
  const text = await told("win32");
  assert.match(
    text,
    /^ {2}\$env:AWS_PROFILE = \$null\n {2}\$env:AWS_SESSION_TOKEN = \$null\n {2}\$env:AWS_ACCESS_KEY_ID = 'AKIA\w+'\n {2}\$env:AWS_SECRET_ACCESS_KEY = 'throwaway\/\S+'\n {2}\$env:AWS_REGION = 'us-east-1'$/m,
  );
  assert.ok(text.includes(`\n  $env:REDISCLI_AUTH = cacheauth token ${names}; redis-cli --tls --cacert `), text);
  assert.doesNotMatch(text, /export |unset |\$\(/);
});

test("emulate: elsewhere they are sh's, and fish's where that is asked for", async () => {
  const sh = await told("darwin");
  assert.match(sh, /^ {2}unset AWS_PROFILE\n {2}unset AWS_SESSION_TOKEN\n {2}export AWS_ACCESS_KEY_ID='AKIA\w+'$/m);
  assert.ok(sh.includes(`\n  REDISCLI_AUTH="$(cacheauth token ${names})" redis-cli --tls --cacert `), sh);
  assert.equal(keysHidden(await told("win32", "--shell", "sh")), keysHidden(sh));
  const fish = await told("linux", "--shell", "fish", "--plaintext");
  assert.match(fish, /^ {2}set -gx AWS_REGION 'us-east-1'$/m);
  assert.ok(fish.includes(`\n  REDISCLI_AUTH=(cacheauth token ${names}) redis-cli -h 127.0.0.1 `), fish);
});

test("emulate: a shell that is not known is refused before anything listens", async () => {
  const runtime = await fakeRuntime(["emulate", "--shell", "csh"]);
  assert.equal(await runCli(runtime), 2);
  assert.equal(runtime.written.stdout, "");
  assert.match(runtime.written.stderr, /--shell "csh" is unknown\.\nfix: Say sh, fish, powershell\.\n$/);
});

test("session gen: the AWS tools are pointed to the shadow file in the words of the system's shell", () => {
  const answer = {
    ...{ profile: "dev", on: true, serial: "arn:aws:iam::123456789012:mfa/me", durationSeconds: 3_600, notices: [] },
    ...{ madeAt: "2025-01-01T00:00:00Z", expiresAt: "2025-01-01T01:00:00Z", secondsLeft: 3_600 },
    ...{ accessKeyId: "ASIAIOSFODNN7EXAMPLE", file: "/home/me/credentials" },
  };
  const lastLine = (platform: Host["platform"]) =>
    genText(false, shellOf(undefined, { platform }))(answer, { colour: createColour(false), width: 80 })
      .split("\n")
      .at(-2);
  const tools = "For the AWS tools:";
  assert.equal(lastLine("win32"), `${tools} $env:AWS_SHARED_CREDENTIALS_FILE = '/home/me/credentials'`);
  assert.equal(lastLine("linux"), `${tools} export AWS_SHARED_CREDENTIALS_FILE=/home/me/credentials`);
});

/** Keys, ports and the folder of the certificate are made anew each time. */
function keysHidden(text: string): string {
  return text.replace(/AKIA\w+|throwaway\/[^\s']+|:\d+\b|-p \d+|\/\S+\/ca\.pem/g, "…");
}
