/** A profile whose sessions are on signs with its session: tokens, and the roles that its keys assume. */
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answerOf, errorOf, good, roleArn } from "./asking.ts";
import { type Answer, sts, temporary, withFake } from "./aws-servers.ts";
import { exampleKeys, programs } from "./program.ts";
import { type SessionHome, said, serial, withSessions } from "./sessions.ts";

const own = "AKIAIOSFODNN7EXAMPLE";
const role = "ASIAROLEROLEROLEROLE";

/** An STS that gives roles other keys than sessions. */
const both: Answer = (asked, response) => {
  const end = response.end.bind(response) as (text: string) => typeof response;
  const text = (text: string) =>
    asked.form["Action"] === "AssumeRole" ? text.replace(temporary.accessKeyId, role).replace("2099", "2098") : text;
  response.end = ((given: string) => end(text(given))) as typeof response.end;
  sts(asked, response);
};

for (const program of programs) {
  const { name } = program;
  const withSession = (
    use: (home: SessionHome, asked: { form: Record<string, string>; headers: object }[]) => Promise<void>,
  ) =>
    withFake(both, async ({ url, asked }) => {
      await withSessions(
        program,
        async (home) => {
          said(await home.session(["gen", "dev", "--code", "123456"]));
          await use(home, asked as never);
        },
        { AWS_ENDPOINT_URL_STS: url },
      );
    });
  const token = ({ cacheauth }: SessionHome, args: readonly string[], env = {}) =>
    cacheauth([...good, "--json", ...args], env);

  test(`${name}: token --profile: the session signs, and when it ends is known`, () =>
    withSession(async (home) => {
      const env = [
        { args: ["--profile", "dev"], env: {} },
        { args: [], env: { AWS_PROFILE: "dev" } },
        // Where the AWS tools are pointed at the shadow file.
        { args: ["--profile", "dev"], env: { AWS_SHARED_CREDENTIALS_FILE: home.shadow } },
      ];
      for (const { args, env: variables } of env) {
        const run = await token(home, args, variables);
        const { source, accessKeyId, expires, notices } = answerOf(run);
        assert.deepEqual(
          [source, accessKeyId, expires, notices],
          ["the MFA session of profile dev", temporary.accessKeyId, temporary.expiration, []],
        );
        assert.match(JSON.parse(run.stdout).token, /X-Amz-Security-Token=SENTINEL/);
      }
    }));

  test(`${name}: token --profile: off, or for other keys, the profile's own sign`, () =>
    withSession(async (home) => {
      said(await home.session(["set", "dev", "--off"]));
      assert.deepEqual(answerOf(await token(home, ["--profile", "dev"])).accessKeyId, own);
      said(await home.session(["set", "dev", "--on"]));
      assert.equal(answerOf(await token(home, ["--profile", "dev"])).accessKeyId, temporary.accessKeyId);
      // Another file, whose [dev] is somebody else.
      const other = join(home.home, "other");
      writeFileSync(other, "[dev]\naws_access_key_id = AKIAOTHEROTHEROTHER0\naws_secret_access_key = x\n");
      const { accessKeyId, notices } = answerOf(
        await token(home, ["--profile", "dev"], { AWS_SHARED_CREDENTIALS_FILE: other }),
      );
      assert.deepEqual([accessKeyId, notices], ["AKIAOTHEROTHEROTHER0", ["session-missing"]]);
    }));

  test(`${name}: token --profile: on, but none made yet: its own keys, and that is said`, () =>
    withSessions(program, async (home) => {
      said(await home.session(["set", "dev"]));
      const { accessKeyId, notices } = answerOf(await token(home, ["--profile", "dev"]));
      assert.deepEqual([accessKeyId, notices], [own, ["session-missing"]]);
      const { stderr } = await home.cacheauth([...good, "--profile", "dev"]);
      assert.match(
        stderr,
        /^notice: The sessions of profile dev are on, but none was made .* cacheauth session gen dev makes one\.\n$/,
      );
    }));

  test(`${name}: token: the default profile's session, and keys in the environment before it`, () =>
    withSession(async (home) => {
      said(await home.session(["set", "default", "--serial", serial]));
      said(await home.session(["gen", "default", "--code", "123456"]));
      assert.equal(answerOf(await token(home, [])).source, "the MFA session of profile default");
      assert.equal(answerOf(await token(home, [], exampleKeys)).source, "the environment");
    }));

  test(`${name}: token --profile: a role is assumed with the session of the profile whose keys assume it`, () =>
    withSession(async (home, asked) => {
      const { accessKeyId, expires, source } = answerOf(await token(home, ["--profile", "admin"]));
      assert.deepEqual([accessKeyId, expires], [role, "2098-01-01T00:00:00Z"]);
      assert.match(source, /^role arn:.*of profile admin$/);
      const last = asked.at(-1);
      assert.match(JSON.stringify(last?.headers), new RegExp(`Credential=${temporary.accessKeyId}/`));
      assert.ok(JSON.stringify(last?.headers).includes(`"x-amz-security-token":"${temporary.sessionToken}"`));
      // By flag as well.
      const flagged = answerOf(await token(home, ["--profile", "dev", "--role-arn", roleArn]));
      assert.match(flagged.source, /assumed with credentials from the MFA session of profile dev/);
      assert.match(JSON.stringify(asked.at(-1)?.headers), new RegExp(`Credential=${temporary.accessKeyId}/`));
    }));

  test(`${name}: token --profile: an MFA device that is named asks for a session of its own`, () =>
    withSession(async (home, asked) => {
      const count = asked.length;
      answerOf(await token(home, ["--profile", "dev", "--mfa-serial", serial, "--mfa-code", "654321"]));
      assert.deepEqual([asked.length, asked.at(-1)?.form["TokenCode"]], [count + 1, "654321"]);
      assert.match(JSON.stringify(asked.at(-1)?.headers), new RegExp(`Credential=${own}/`));
    }));

  test(`${name}: token --profile: a code for a session that is there is refused, with what renews it`, () =>
    withSession(async (home) => {
      const { code, hint } = errorOf(await token(home, ["--profile", "dev", "--mfa-code", "654321"]), 2);
      assert.equal(code, "flag-conflict");
      assert.match(hint, /cacheauth session gen dev --code CODE/);
    }));

  test(`${name}: token --profile: a session that has ended is said, and how to renew it; nothing is signed without MFA`, () =>
    withSession(async (home, asked) => {
      const text = readFileSync(home.shadow, "utf8").replaceAll(temporary.expiration, "2025-01-01T00:00:00Z");
      writeFileSync(home.shadow, text, { mode: 0o600 });
      for (const profile of ["dev", "admin"]) {
        const { code, message, hint } = errorOf(await token(home, ["--profile", profile]));
        assert.equal(code, "session-expired");
        assert.match(message, /^The MFA session of profile "dev" ended at 2025-01-01T00:00:00Z, .* ago\.$/);
        assert.equal(hint, "Renew it: cacheauth session gen dev.");
      }
      assert.equal(asked.length, 1);
      assert.equal(answerOf(await token(home, [], exampleKeys)).source, "the environment");
    }));

  test(`${name}: verify --profile takes the session too`, () =>
    withSession(async (home) => {
      const made = JSON.parse((await token(home, ["--profile", "dev"])).stdout).token;
      writeFileSync(join(home.home, "token"), made);
      const args = ["verify", "--token-file", join(home.home, "token"), "--profile", "dev", "--json"];
      const { code, stdout } = await home.cacheauth(args);
      assert.deepEqual([code, JSON.parse(stdout).signature.status], [0, "match"]);
    }));

  test(`${name}: token --profile: settings of sessions that are broken are an error, none at all cost nothing`, () =>
    withSessions(program, async (home) => {
      assert.deepEqual(answerOf(await token(home, ["--profile", "dev"])).notices, []);
      const folder = join(home.home, ".config/cacheauth");
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      appendFileSync(join(folder, "sessions.json"), "{");
      assert.equal(errorOf(await token(home, ["--profile", "dev"]), 2).code, "session-file-malformed");
      assert.equal(answerOf(await token(home, [], exampleKeys)).source, "the environment");
    }));
}
