import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { asker, errorOf, put, roleArn, staticProfile, withHome } from "./asking.ts";
import { type Answer, stsRefusing, temporary, withFake } from "./aws-servers.ts";
import { programs } from "./program.ts";

const secret = "SENTINELwJalrXUtnFEMIK7MDENGbPxRfiCYEX";

/** An STS, or whoever answers for it, that refuses and repeats what it was sent and what it knows. */
const tellTale =
  (known: readonly string[]): Answer =>
  (asked, response) => {
    const { WebIdentityToken, TokenCode } = asked.form;
    const heard = [asked.headers["x-amz-security-token"], WebIdentityToken, TokenCode].filter(Boolean).join(" ");
    stsRefusing(403, "AccessDenied", `heard ${heard || "nothing"} and know ${known.join(" ")}.`)(asked, response);
  };

for (const program of programs) {
  const { name } = program;
  const ask = asker(program);
  const refused = (
    home: string,
    args: readonly string[],
    known: readonly string[],
    env: Record<string, string | undefined> = {},
  ) =>
    withFake(tellTale(known), async ({ url }) => {
      const { code, message } = errorOf(await ask(home, args, { AWS_ENDPOINT_URL: url, ...env }));
      assert.equal(code, "aws-refused");
      assert.match(message, / and know (?:\[redacted\] ?)+\.$/);
      return message;
    });

  test(`${name}: AWS repeats the environment's secrets: they are not shown`, async () => {
    const env = { AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: secret };
    await refused("/nonexistent", ["--role-arn", roleArn], [secret, temporary.sessionToken], {
      ...env,
      AWS_SESSION_TOKEN: temporary.sessionToken,
    });
  });

  test(`${name}: AWS repeats a profile's secrets: they are not shown`, () =>
    withHome(
      {
        ".aws/credentials": `${staticProfile}aws_session_token = ${temporary.sessionToken}\n`,
        ".aws/config": `[profile role]\nrole_arn=${roleArn}\nsource_profile=base\n`,
      },
      async (home) => {
        await refused(home, ["--profile", "base", "--role-arn", roleArn], [secret, temporary.sessionToken]);
        await refused(home, ["--profile", "role"], [secret, temporary.sessionToken]);
      },
    ));

  test(`${name}: AWS repeats what a process printed: it is not shown, as the source of a role either`, () =>
    withHome({}, async (home) => {
      const { accessKeyId, secretAccessKey, sessionToken } = temporary;
      const printed = {
        Version: 1,
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
      };
      put(home, {
        "process.sh": `#!/bin/sh\nprintf '%s' '${JSON.stringify(printed)}'\n`,
        ".aws/config": `[profile p]\ncredential_process = ${join(home, "process.sh")}\n[profile role]\nrole_arn=${roleArn}\nsource_profile=p\n`,
      });
      await refused(home, ["--profile", "p", "--role-arn", roleArn], [secretAccessKey, sessionToken]);
      // The secret of a source is the SDK's alone, and AWS never hears it; the session token it does.
      await withFake(
        (asked, response) =>
          stsRefusing(403, "AccessDenied", `heard ${asked.headers["x-amz-security-token"]}.`)(asked, response),
        async ({ url }) => {
          const { message } = errorOf(await ask(home, ["--profile", "role"], { AWS_ENDPOINT_URL: url }));
          assert.match(message, /heard \[redacted\]\./);
        },
      );
    }));

  test(`${name}: AWS repeats the web identity and the MFA code: they are not shown`, () =>
    withHome({ jwt: "SENTINEL.jwt.token" }, async (home) => {
      const env = { AWS_WEB_IDENTITY_TOKEN_FILE: join(home, "jwt"), AWS_ROLE_ARN: roleArn };
      const web = (asked: Parameters<Answer>[0], response: Parameters<Answer>[1]) =>
        stsRefusing(403, "AccessDenied", `heard ${asked.form["WebIdentityToken"]}.`)(asked, response);
      await withFake(web, async ({ url }) => {
        const { message } = errorOf(await ask(home, [], { ...env, AWS_ENDPOINT_URL: url }));
        assert.match(message, /heard \[redacted\]/);
      });
      const serial = "arn:aws:iam::123456789012:mfa/me";
      const keys = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: secret };
      const message = await refused(home, ["--mfa-serial", serial, "--mfa-code", "654321"], [secret], keys);
      assert.doesNotMatch(message, /654321/);
    }));
}
