import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answerOf, asker, errorOf, good, put, roleArn, staticProfile, withHome } from "./asking.ts";
import {
  type Answer,
  deadPort,
  ssoPortal,
  ssoRenewal,
  sts,
  stsRefusing,
  temporary,
  withFake,
  withSilentServer,
} from "./aws-servers.ts";
import { cleanEnv, exampleKeys, programs, run } from "./program.ts";

for (const program of programs) {
  const { name } = program;
  const ask = asker(program);
  const withSts = (answer: Answer, use: Parameters<typeof withFake<void>>[1]) => withFake(answer, use);

  test(`${name}: keys of the default profile`, () =>
    withHome({ ".aws/credentials": staticProfile.replace("[base]", "[default]") }, async (home) => {
      const { source, accessKeyId } = answerOf(await ask(home, []));
      assert.deepEqual([source, accessKeyId], ["profile default", "AKIAIOSFODNN7EXAMPLE"]);
    }));

  test(`${name}: --profile, AWS_PROFILE and the region of a profile, with CRLF and comments`, () =>
    withHome(
      {
        ".aws/config":
          "# mine\r\n[profile base]\r\nregion = eu-west-3 ; Paris\r\ns3 =\r\n  max_concurrent_requests = 10\r\n",
        ".aws/credentials": staticProfile,
      },
      async (home) => {
        for (const [args, env] of [
          [["--profile", "base"], {}],
          [[], { AWS_PROFILE: "base" }],
        ] as const) {
          const result = await run(program, ["token", "--replication-group-id", "c", "-u", "u", "--json", ...args], {
            env: { ...cleanEnv(home), ...env },
          });
          assert.equal(answerOf(result).source, "profile base");
          assert.equal(JSON.parse(result.stdout).target.region, "eu-west-3");
        }
      },
    ));

  test(`${name}: files by AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, without a home`, () =>
    withHome({ a: staticProfile, b: "[profile base]\nregion = eu-west-3\n" }, async (home) => {
      const env = { HOME: undefined, AWS_SHARED_CREDENTIALS_FILE: join(home, "a"), AWS_CONFIG_FILE: join(home, "b") };
      assert.equal(answerOf(await ask(home, ["--profile", "base"], env)).source, "profile base");
    }));

  test(`${name}: a profile wins over keys in the environment, with a notice`, () =>
    withHome({ ".aws/credentials": staticProfile }, async (home) => {
      const env = { ...exampleKeys, AWS_PROFILE: "base" };
      const answer = answerOf(await ask(home, [], env));
      assert.deepEqual([answer.source, answer.notices], ["profile base", ["profile-wins"]]);
      const { stderr } = await run(program, good, { env: { ...cleanEnv(home), ...env } });
      assert.match(stderr, /^notice: Both keys in the environment and AWS_PROFILE are set; profile base wins/);
    }));

  test(`${name}: a profile with nothing in it says so`, () =>
    withHome({ ".aws/config": "[profile bare]\nregion=us-east-1\n" }, async (home) => {
      const { code, message, hint } = errorOf(await ask(home, ["--profile", "bare"]));
      assert.equal(code, "profile-without-credentials");
      assert.match(message, /Profile bare yields no credentials/);
      assert.match(hint, /aws configure --profile bare/);
    }));

  /** Config files with a fault that the SDK tells badly, late, or only after asking for an MFA code. */
  const mfa = "mfa_serial=arn:aws:iam::123456789012:mfa/me\n";
  const faults: readonly (readonly [what: string, config: string, code: string, says: RegExp])[] = [
    [
      "a source profile that is not there",
      `[profile p]\nrole_arn=${roleArn}\nsource_profile=bsae\n${mfa}`,
      "aws-file-malformed",
      /source_profile of profile p names "bsae"/,
    ],
    [
      "a source profile with half its keys",
      `[profile p]\nrole_arn=${roleArn}\nsource_profile=h\n${mfa}[profile h]\naws_access_key_id=AKIAIOSFODNN7EXAMPLE\n`,
      "credentials-malformed",
      /Profile h has no aws_secret_access_key/,
    ],
    [
      "a source profile with nothing",
      `[profile p]\nrole_arn=${roleArn}\nsource_profile=e\n${mfa}[profile e]\nregion=us-east-1\n`,
      "aws-file-malformed",
      /Profile e, the source_profile of p, yields no credentials/,
    ],
    [
      "source profiles in a circle",
      `[profile p]\nrole_arn=${roleArn}\nsource_profile=q\n[profile q]\nrole_arn=${roleArn}\nsource_profile=p\n`,
      "aws-file-malformed",
      /circle/,
    ],
    [
      "a role without a source",
      `[profile p]\nrole_arn=${roleArn}\n`,
      "aws-file-malformed",
      /nothing to assume the role with/,
    ],
    [
      "a role with two sources",
      `[profile p]\nrole_arn=${roleArn}\nsource_profile=base\ncredential_source=Environment\n`,
      "aws-file-malformed",
      /both source_profile and credential_source/,
    ],
    [
      "a role that is no ARN",
      "[profile p]\nrole_arn=admin\nsource_profile=base\n",
      "aws-file-malformed",
      /role_arn of profile p is not the ARN/,
    ],
    ["a section without the word profile", `[p]\nrole_arn=${roleArn}\n`, "profile-not-found", /has a section \[p\]/],
  ];
  for (const [what, config, code, says] of faults) {
    test(`${name}: a config file with ${what}`, () =>
      withHome({ ".aws/config": config, ".aws/credentials": staticProfile }, async (home) => {
        const result = await ask(home, ["--profile", "p"]);
        const error = errorOf(result);
        assert.deepEqual([error.code, result.stderr.split("\n").length], [code, 2]);
        assert.match(error.message, says);
      }));
  }

  test(`${name}: a source that fails while the MFA code is given is an error of two lines, not a crash`, () =>
    withHome(
      {
        ".aws/config": `[profile p]\nrole_arn=${roleArn}\nsource_profile=q\n${mfa}[profile q]\ncredential_process=false\n`,
      },
      async (home) => {
        const { code } = errorOf(await ask(home, ["--profile", "p", "--mfa-code", "123456"]));
        assert.match(code, /credential/);
      },
    ));

  test(`${name}: half a pair of keys in a profile`, () =>
    withHome({ ".aws/credentials": "[half]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n" }, async (home) => {
      const { code, message } = errorOf(await ask(home, ["--profile", "half"]));
      assert.deepEqual([code, message], ["credentials-malformed", "Profile half has no aws_secret_access_key."]);
    }));

  test(`${name}: a role by source_profile, asked of STS`, () =>
    withSts(sts, ({ url, asked }) =>
      withHome(
        {
          ".aws/credentials": staticProfile,
          ".aws/config": `[profile role]\nrole_arn=${roleArn}\nsource_profile=base\nexternal_id=ext\nduration_seconds=900\n`,
        },
        async (home) => {
          const answer = answerOf(await ask(home, ["--profile", "role"], { AWS_ENDPOINT_URL_STS: url }));
          assert.deepEqual(answer, {
            source: `role ${roleArn} of profile role`,
            accessKeyId: temporary.accessKeyId,
            expires: temporary.expiration,
            notices: [],
          });
          assert.equal(asked.length, 1);
          const { Action, RoleArn, ExternalId, DurationSeconds } = asked[0]?.form ?? {};
          assert.deepEqual([Action, RoleArn, ExternalId, DurationSeconds], ["AssumeRole", roleArn, "ext", "900"]);
          assert.match(
            asked[0]?.headers.authorization ?? "",
            /Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/us-east-1\/sts\//,
          );
        },
      ),
    ));

  test(`${name}: --role-arn and its companions, with keys of the environment`, () =>
    withSts(sts, async ({ url, asked }) => {
      const args = [
        "--role-arn",
        roleArn,
        "--role-session-name",
        "me",
        "--external-id",
        "ext",
        "--mfa-serial",
        "arn:aws:iam::123456789012:mfa/me",
        "--mfa-code",
        "123456",
      ];
      const answer = answerOf(await ask("/nonexistent", args, { ...exampleKeys, AWS_ENDPOINT_URL_STS: url }));
      assert.equal(answer.source, `role ${roleArn}, assumed with credentials from the environment`);
      const { RoleArn, RoleSessionName, ExternalId, SerialNumber, TokenCode } = asked[0]?.form ?? {};
      assert.deepEqual(
        [RoleArn, RoleSessionName, ExternalId, SerialNumber, TokenCode],
        [roleArn, "me", "ext", "arn:aws:iam::123456789012:mfa/me", "123456"],
      );
    }));

  test(`${name}: --mfa-serial alone makes an MFA session of one's own keys; AWS_ENDPOINT_URL counts`, () =>
    withSts(sts, async ({ url, asked }) => {
      const args = ["--mfa-serial", "arn:aws:iam::123456789012:mfa/me", "--mfa-code", "123456"];
      const answer = answerOf(await ask("/nonexistent", args, { ...exampleKeys, AWS_ENDPOINT_URL: url }));
      assert.deepEqual(
        [answer.source, answer.accessKeyId],
        ["an MFA session of the environment", temporary.accessKeyId],
      );
      assert.deepEqual([asked[0]?.form["Action"], asked[0]?.form["TokenCode"]], ["GetSessionToken", "123456"]);
    }));

  test(`${name}: an MFA code that is needed and cannot be asked for`, () =>
    withHome(
      {
        ".aws/credentials": staticProfile,
        ".aws/config": `[profile role]\nrole_arn=${roleArn}\nsource_profile=base\nmfa_serial=arn:aws:iam::123456789012:mfa/me\n`,
      },
      async (home) => {
        const missing = errorOf(await ask(home, ["--profile", "role"]));
        assert.deepEqual([missing.code, missing.hint], ["mfa-code-missing", "Pass it with --mfa-code CODE."]);
        for (const code of ["12345", "1234567", "abcdef"]) {
          const wrong = errorOf(await ask(home, ["--profile", "role", "--mfa-code", code]), 2);
          assert.equal(wrong.code, "flag-value-invalid");
          assert.match(wrong.hint, /six digits that the device shows/);
        }
      },
    ));

  /** How STS refuses: status, code and message as AWS sends them; our code and words. */
  const refusals: readonly (readonly [number, string, string, string, RegExp, RegExp])[] = [
    [
      403,
      "AccessDenied",
      `User: arn:aws:iam::123456789012:user/me is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      "aws-refused",
      /AccessDenied: User: arn/,
      /trust policy/,
    ],
    [
      403,
      "InvalidClientTokenId",
      "The security token included in the request is invalid",
      "aws-refused",
      /InvalidClientTokenId/,
      /IAM console/,
    ],
    [
      403,
      "ExpiredToken",
      "The security token included in the request is expired",
      "credentials-expired",
      /expired/,
      /fresh/,
    ],
    [
      403,
      "AccessDenied",
      "MultiFactorAuthentication failed with invalid MFA one time pass code.",
      "mfa-code-invalid",
      /MFA code/,
      /next code/,
    ],
    [
      403,
      "RegionDisabledException",
      "STS is not activated in this region for account",
      "aws-refused",
      /RegionDisabled/,
      /Switch STS on/,
    ],
    [400, "ValidationError", "evil \u202e \u001b[31m text", "aws-refused", /ValidationError/, /See what it says/],
  ];
  for (const [status, awsCode, awsMessage, code, says, hint] of refusals) {
    test(`${name}: STS refuses with ${awsCode}: ${code}`, () =>
      withSts(stsRefusing(status, awsCode, awsMessage.replace("\u001b", "")), async ({ url }) => {
        const error = errorOf(
          await ask("/nonexistent", ["--role-arn", roleArn], { ...exampleKeys, AWS_ENDPOINT_URL_STS: url }),
        );
        assert.equal(error.code, code);
        assert.match(error.message, says);
        assert.match(error.hint, hint);
        assert.doesNotMatch(error.message, /\u202e/);
      }));
  }

  test(`${name}: STS at a dead port, and one that never answers: an error within 12 s`, async () => {
    const dead = errorOf(
      await ask("/nonexistent", ["--role-arn", roleArn], {
        ...exampleKeys,
        AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${await deadPort()}`,
      }),
    );
    assert.equal(dead.code, "aws-unreachable");
    await withSilentServer(async ({ url }) => {
      const start = performance.now();
      const silent = errorOf(
        await ask("/nonexistent", ["--role-arn", roleArn], { ...exampleKeys, AWS_ENDPOINT_URL_STS: url }),
      );
      assert.equal(silent.code, "aws-unreachable");
      assert.ok(performance.now() - start < 12_000);
    });
  });

  const processes: readonly (readonly [what: string, script: string, code: string | null, says: RegExp])[] = [
    [
      "good",
      `printf '{"Version":1,"AccessKeyId":"ASIAQNZGKIQY56JQ7WML","SecretAccessKey":"SENTINELs","SessionToken":"t","Expiration":"2099-01-01T00:00:00Z"}'`,
      null,
      /./,
    ],
    [
      "failing",
      "echo 'Token has expired and refresh failed' >&2; exit 7",
      "credential-process-failed",
      /failed\. It said: Token has expired and refresh failed/,
    ],
    [
      "failing with a secret",
      "echo 'key SENTINEL0wJalrXUtnFEMI/K7MDENG' >&2; exit 1",
      "credential-process-failed",
      /key \[redacted\]/,
    ],
    [
      "failing with a secret of letters alone",
      "echo 'no such password: SENTINELxyz; SENTINELpasswordOfLettersAlone is wrong for prod-eu in /etc/vault.conf' >&2; exit 1",
      "credential-process-failed",
      /It said: no such password: \[redacted\]; \[redacted\] is wrong for prod-eu in \/etc\/vault\.conf$/,
    ],
    [
      "failing with its own argument",
      "echo 'bad secret SENTINEL' >&2; exit 1",
      "credential-process-failed",
      /bad secret \[redacted\]$/,
    ],
    ["no JSON", "echo SENTINEL", "credential-process-failed", /not JSON/],
    ["version 2", `echo '{"Version":2,"x":"SENTINEL"}'`, "credential-process-failed", /not of version 1/],
    [
      "no key",
      `echo '{"Version":1,"SecretAccessKey":"SENTINEL"}'`,
      "credential-process-failed",
      /without an access key/,
    ],
    [
      "expired",
      `echo '{"Version":1,"AccessKeyId":"ASIAX","SecretAccessKey":"SENTINEL","Expiration":"2020-01-01T00:00:00Z"}'`,
      "credentials-expired",
      /have expired/,
    ],
    ["nothing", "true", "credential-process-failed", /not JSON/],
  ];
  for (const [what, script, code, says] of processes) {
    test(`${name}: credential_process, ${what}`, () =>
      withHome({ "process.sh": `#!/bin/sh\n${script}\n` }, async (home) => {
        put(home, {
          ".aws/config": `[profile p]\ncredential_process = ${join(home, "process.sh")} --secret SENTINEL\n`,
        });
        const result = await ask(home, ["--profile", "p"]);
        if (code === null) {
          assert.deepEqual(answerOf(result), {
            source: "credential_process of profile p",
            accessKeyId: temporary.accessKeyId,
            expires: "2099-01-01T00:00:00Z",
            notices: [],
          });
          return;
        }
        const error = errorOf(result);
        assert.equal(error.code, code);
        assert.match(error.message, says);
      }));
  }

  const ssoFiles = (accessToken: string, expiresAt: string) => ({
    ".aws/config":
      "[profile s]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = r\n[sso-session corp]\nsso_start_url = https://corp.example.com/start\nsso_region = eu-west-1\n",
    [`.aws/sso/cache/${createHash("sha1").update("corp").digest("hex")}.json`]: JSON.stringify({
      accessToken,
      expiresAt,
      region: "eu-west-1",
      startUrl: "https://corp.example.com/start",
    }),
  });

  test(`${name}: SSO by its cached token`, () =>
    withFake(ssoPortal, ({ url, asked }) =>
      withHome(ssoFiles("sso-access-token", "2099-01-01T00:00:00Z"), async (home) => {
        const answer = answerOf(await ask(home, ["--profile", "s"], { AWS_ENDPOINT_URL_SSO: url }));
        assert.deepEqual([answer.source, answer.accessKeyId], ["SSO of profile s", temporary.accessKeyId]);
        assert.match(asked[0]?.path ?? "", /account_id=123456789012/);
      }),
    ));

  test(`${name}: SSO that has ended, was refused, or was never begun: sign in again`, () =>
    withFake(ssoPortal, async ({ url }) => {
      const never = { ".aws/config": ssoFiles("", "")[".aws/config"] ?? "" };
      for (const files of [
        ssoFiles("SENTINELold", "2020-01-01T00:00:00Z"),
        ssoFiles("SENTINELother", "2099-01-01T00:00:00Z"),
        never,
      ]) {
        await withHome(files, async (home) => {
          const { code, hint } = errorOf(
            await ask(home, ["--profile", "s"], { AWS_ENDPOINT_URL_SSO: url, AWS_ENDPOINT_URL: url }),
          );
          assert.equal(code, "credentials-expired");
          assert.match(hint, /aws sso login --profile s/);
        });
      }
    }));

  test(`${name}: an SSO token that has ended is renewed without a login, and kept where every AWS tool keeps it`, () =>
    withFake(ssoPortal, ({ url }) =>
      withFake(ssoRenewal, async ({ url: renewal, asked }) => {
        const { ".aws/config": config = "", ...cached } = ssoFiles("SENTINELold", "2020-01-01T00:00:00Z");
        const [[path = "", token = ""] = []] = Object.entries(cached);
        const client = { clientId: "c", clientSecret: "SENTINELclient", refreshToken: "SENTINELrefresh" };
        const files = { ".aws/config": config, [path]: JSON.stringify({ ...JSON.parse(token), ...client }) };
        await withHome(files, async (home) => {
          const mode = statSync(join(home, path)).mode;
          const env = { AWS_ENDPOINT_URL_SSO: url, AWS_ENDPOINT_URL_SSO_OIDC: renewal };
          const answer = answerOf(await ask(home, ["--profile", "s"], env));
          assert.deepEqual([answer.source, answer.accessKeyId], ["SSO of profile s", temporary.accessKeyId]);
          assert.deepEqual(
            asked.map(({ path }) => path),
            ["/token"],
          );
          const kept = JSON.parse(readFileSync(join(home, path), "utf8"));
          assert.deepEqual([kept.accessToken, kept.refreshToken], ["sso-access-token", "next"]);
          assert.equal(statSync(join(home, path)).mode, mode);
          assert.equal(readFileSync(join(home, ".aws/config"), "utf8"), config);
        });
      }),
    ));

  test(`${name}: an SSO session that is in no file`, () =>
    withHome(
      { ".aws/config": "[profile s]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = r\n" },
      async (home) => {
        const { code, message } = errorOf(await ask(home, ["--profile", "s"]));
        assert.equal(code, "aws-file-malformed");
        assert.match(message, /SSO session corp/);
      },
    ));

  const loginSession = "arn:aws:iam::123456789012:user/me";
  test(`${name}: console login by its cached token, and without one`, () =>
    withHome({ ".aws/config": `[profile l]\nlogin_session = ${loginSession}\n` }, async (home) => {
      const { code, hint } = errorOf(await ask(home, ["--profile", "l"]));
      assert.deepEqual([code, hint], ["credentials-expired", "Sign in again: aws login --profile l."]);
      const { expiration, ...keys } = temporary;
      const cached = {
        accessToken: { ...keys, accountId: "123456789012", expiresAt: expiration },
        tokenType: "aws_sigv4",
        clientId: "c",
        refreshToken: "SENTINEL",
        idToken: "x",
        dpopKey: "x",
      };
      put(home, {
        [`.aws/login/cache/${createHash("sha256").update(loginSession).digest("hex")}.json`]: JSON.stringify(cached),
      });
      const answer = answerOf(await ask(home, ["--profile", "l"]));
      assert.deepEqual([answer.source, answer.accessKeyId], ["the console login of profile l", temporary.accessKeyId]);
    }));

  test(`${name}: web identity, by variables and by profile`, () =>
    withSts(sts, ({ url, asked }) =>
      withHome({ jwt: "SENTINEL.jwt.token" }, async (home) => {
        const jwt = join(home, "jwt");
        put(home, { ".aws/config": `[profile w]\nrole_arn=${roleArn}\nweb_identity_token_file=${jwt}\n` });
        const env = { AWS_ENDPOINT_URL_STS: url };
        const byVariables = answerOf(
          await ask(home, [], { ...env, AWS_WEB_IDENTITY_TOKEN_FILE: jwt, AWS_ROLE_ARN: roleArn }),
        );
        assert.equal(byVariables.source, "the web identity in AWS_WEB_IDENTITY_TOKEN_FILE");
        assert.equal(answerOf(await ask(home, ["--profile", "w"], env)).source, "the web identity of profile w");
        assert.deepEqual(
          asked.map(({ form }) => [form["Action"], form["WebIdentityToken"]]),
          Array(2).fill(["AssumeRoleWithWebIdentity", "SENTINEL.jwt.token"]),
        );
        const gone = errorOf(
          await ask(home, [], { ...env, AWS_WEB_IDENTITY_TOKEN_FILE: `${jwt}-gone`, AWS_ROLE_ARN: roleArn }),
        );
        assert.match(gone.message, /jwt-gone/);
      }),
    ));
}
