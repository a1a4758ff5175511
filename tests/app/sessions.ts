import assert from "node:assert/strict";
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { put } from "./asking.ts";
import { cleanEnv, type Program, type Run, run, withDirectory } from "./program.ts";

/** A home with AWS files, and sessions made in it by the program. */
export const serial = "arn:aws:iam::123456789012:mfa/me";
export const ownSecret = "SENTINELwJalrXUtnFEMIK7MDENGbPxRfiCYEX";

export const ownCredentials = `# my own file
[default]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = SENTINELje7MtGbClwBF2Zp9Utkh3yCo8nvbEXAM

[dev]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = ${ownSecret}
region = eu-west-3
s3 =
  max_concurrent_requests = 20
x_unknown = kept
`;

const ownConfig = `[profile dev]
mfa_serial = ${serial}
[profile admin]
role_arn = arn:aws:iam::123456789012:role/team/admin
source_profile = dev
`;

export interface SessionHome {
  readonly home: string;
  readonly shadow: string;
  /** Runs `cacheauth session …`. */
  session(args: readonly string[], env?: Record<string, string | undefined>): Promise<Run>;
  /** Runs any command. */
  cacheauth(args: readonly string[], env?: Record<string, string | undefined>): Promise<Run>;
}

export function withSessions(
  program: Program,
  use: (home: SessionHome) => Promise<void>,
  env: Record<string, string | undefined> = {},
): Promise<void> {
  return withDirectory(async (home) => {
    put(home, { ".aws/credentials": ownCredentials, ".aws/config": ownConfig });
    const cacheauth: SessionHome["cacheauth"] = (args, more = {}) =>
      run(program, args, { env: { ...cleanEnv(home), ...env, ...more } });
    const session: SessionHome["session"] = (args, more) => cacheauth(["session", ...args], more);
    try {
      await use({ home, shadow: join(home, ".local/state/cacheauth/credentials"), session, cacheauth });
    } finally {
      // Where a test failed, its runner may be left.
      if (existsSync(join(home, ".local/state/cacheauth/run/socket"))) await session(["terminate"]);
    }
    assert.equal(readFileSync(join(home, ".aws/config"), "utf8"), ownConfig, "the user's own files are never written");
  });
}

/** What it said, which must be all: no error, no notice. */
export function said({ code, stdout, stderr }: Run): string {
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" }, stdout);
  return stdout;
}

export function jsonOf(run: Run): ReturnType<typeof JSON.parse> {
  return JSON.parse(said(run));
}

/** Every file, folder and socket below a folder, with its mode. */
export function modesBelow(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    entries.map((name) => {
      const stat = lstatSync(join(folder, name));
      const kind = stat.isDirectory() ? "folder" : stat.isSocket() ? "socket" : stat.isFile() ? "file" : "other";
      return [name, `${kind} ${(stat.mode & 0o777).toString(8)}`];
    }),
  );
}
