import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cleanEnv, type Program, type Run, run, withDirectory } from "./program.ts";

/** A token asked for with --json, with AWS files of the test's own, and what came of it. */
const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
export const good = ["token", host, "-u", "my-user"];
export const roleArn = "arn:aws:iam::123456789012:role/team/my-role";

export const staticProfile =
  "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = SENTINELwJalrXUtnFEMIK7MDENGbPxRfiCYEX\n";

export type Ask = (home: string, args: readonly string[], env?: Record<string, string | undefined>) => Promise<Run>;

export function asker(program: Program): Ask {
  return (home, args, env = {}) => run(program, [...good, ...args, "--json"], { env: { ...cleanEnv(home), ...env } });
}

/** Writes files below a home directory; `.aws/credentials` and the like. */
export function put(home: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text, { mode: 0o700 });
  }
}

export function withHome(files: Readonly<Record<string, string>>, use: (home: string) => Promise<void>): Promise<void> {
  return withDirectory(async (home) => {
    put(home, files);
    await use(home);
  });
}

export function answerOf({ code, stdout, stderr }: Run): {
  source: string;
  accessKeyId: string;
  expires: string | null;
  notices: string[];
} {
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  const { credentials, credentialsExpireAt, notices } = JSON.parse(stdout);
  // The token of a good answer holds the session token, as it must; the rest may not.
  assert.ok(!JSON.stringify({ ...JSON.parse(stdout), token: null }).includes("SENTINEL"));
  return {
    ...credentials,
    expires: credentialsExpireAt,
    notices: notices.map((notice: { code: string }) => notice.code),
  };
}

/** The error on stderr, which must be all of it: no line of the SDK's own beside it. */
export function errorOf({ code, stdout, stderr }: Run, exit = 3): { code: string; message: string; hint: string } {
  assert.deepEqual([code, stdout], [exit, ""], stderr);
  assert.ok(!stderr.includes("SENTINEL"), stderr);
  assert.match(stderr, /^[^\n]+\n$/);
  const { error } = JSON.parse(stderr);
  assert.equal(error.exitCode, exit);
  return error;
}
