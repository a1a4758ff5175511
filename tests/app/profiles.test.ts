import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { answerOf, asker, errorOf, good, put, roleArn, staticProfile, withHome } from "./asking.ts";
import { sts, temporary, withFake } from "./aws-servers.ts";
import { cleanEnv, exampleKeys, programs, run } from "./program.ts";

const serial = (name: string) => `arn:aws:iam::123456789012:mfa/${name}`;

for (const program of programs) {
  const { name } = program;
  const ask = asker(program);

  test(`${name}: mfa_serial beside plain keys counts for nothing, as the AWS CLI has it`, () =>
    withHome({ ".aws/credentials": `${staticProfile}mfa_serial = ${serial("me")}\n` }, async (home) => {
      assert.equal(answerOf(await ask(home, ["--profile", "base"])).source, "profile base");
      const { code, message, hint } = errorOf(await ask(home, ["--profile", "base", "--mfa-code", "123456"]), 2);
      assert.equal(code, "flag-conflict");
      assert.match(message, /--mfa-code does nothing.*belongs to a role/);
      assert.match(hint, /--mfa-serial arn:aws:iam::123456789012:mfa\/me/);
    }));

  test(`${name}: --mfa-code for a profile that asks for none is refused`, () =>
    withHome({ ".aws/credentials": staticProfile }, async (home) => {
      for (const more of [[], ["--role-arn", roleArn]]) {
        const error = errorOf(await ask(home, ["--profile", "base", "--mfa-code", "123456", ...more]), 2);
        assert.deepEqual([error.code, /profile base has no mfa_serial/.test(error.message)], ["flag-conflict", true]);
      }
    }));

  test(`${name}: every role on the way gets the code of its own device`, () =>
    withFake(sts, ({ url, asked }) =>
      withHome(
        {
          ".aws/credentials": staticProfile,
          ".aws/config": `[profile p]\nrole_arn=${roleArn}\nsource_profile=q\nmfa_serial=${serial("p")}\n[profile q]\nrole_arn=${roleArn}\nsource_profile=base\nmfa_serial=${serial("q")}\n`,
        },
        async (home) => {
          answerOf(await ask(home, ["--profile", "p", "--mfa-code", "123456"], { AWS_ENDPOINT_URL: url }));
          assert.deepEqual(
            asked.map(({ form }) => [form["SerialNumber"], form["TokenCode"]]),
            [
              [serial("q"), "123456"],
              [serial("p"), "123456"],
            ],
          );
        },
      ),
    ));

  test(`${name}: a bad AWS_CA_BUNDLE stops only who calls AWS, and is told in one short line`, () =>
    withHome({ ".aws/credentials": staticProfile }, async (home) => {
      for (const path of [join(home, "missing"), `/${"a/".repeat(2_000)}`]) {
        const env = { AWS_CA_BUNDLE: path, AWS_ENDPOINT_URL: "https://127.0.0.1:1" };
        assert.equal(answerOf(await ask(home, ["--profile", "base"], env)).source, "profile base");
        const result = await ask(home, ["--profile", "base", "--role-arn", roleArn], env);
        const { code, hint } = errorOf(result);
        assert.equal(code, "ca-bundle-unreadable");
        assert.match(hint, /^[A-Z].*\.$/);
        assert.ok(result.stderr.length < 600, `${result.stderr.length} bytes`);
      }
    }));

  test(`${name}: AWS files that are FIFOs are read once, by cacheauth for the SDK too`, () =>
    withFake(sts, ({ url }) =>
      withHome(
        { c: `[profile p]\nregion = eu-west-3\nrole_arn=${roleArn}\nsource_profile=base\n`, k: staticProfile },
        async (home) => {
          const [config, keys] = [join(home, "config-fifo"), join(home, "keys-fifo")];
          assert.equal(spawnSync("mkfifo", [config, keys]).status, 0);
          const writers = [
            [join(home, "c"), config],
            [join(home, "k"), keys],
          ].map(([from, to]) => spawn("sh", ["-c", `cat '${from}' > '${to}'`]));
          const env = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: keys, AWS_ENDPOINT_URL: url };
          const words = ["token", "--replication-group-id", "c", "-u", "u", "--json", "--profile", "p"];
          const result = await run(program, words, { env: { ...cleanEnv(home), ...env } });
          for (const writer of writers) writer.kill();
          assert.equal(answerOf(result).accessKeyId, temporary.accessKeyId);
          assert.equal(JSON.parse(result.stdout).target.region, "eu-west-3");
        },
      ),
    ));

  test(`${name}: ~/ in AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE is the home, for the SDK too`, () =>
    withFake(sts, ({ url }) =>
      withHome({ c: `[profile p]\nrole_arn=${roleArn}\nsource_profile=base\n`, k: staticProfile }, async (home) => {
        const env = { AWS_CONFIG_FILE: "~/c", AWS_SHARED_CREDENTIALS_FILE: "~/k", AWS_ENDPOINT_URL: url };
        assert.equal(answerOf(await ask(home, ["--profile", "p"], env)).source, `role ${roleArn} of profile p`);
        // What the SDK passes over in silence is told of that file as well.
        put(home, { c: "[profile p\n" });
        assert.equal(errorOf(await ask(home, ["--profile", "p"], env)).code, "aws-file-malformed");
      }),
    ));

  test(`${name}: a section that is no profile is none`, () =>
    withHome({ ".aws/config": "[sso-session s]\nsso_region = us-east-1\n[services t]\nsts =\n" }, async (home) => {
      for (const section of ["sso-session.s", "services.t"]) {
        assert.equal(errorOf(await ask(home, ["--profile", section])).code, "profile-not-found");
      }
    }));

  /** What an SSO profile and its session can lack. */
  const session = "sso_start_url = https://corp.example.com/start\nsso_region = eu-west-1\n";
  const sso: readonly (readonly [config: string, says: RegExp])[] = [
    [
      `[profile s]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n[sso-session corp]\nsso_start_url = x\n`,
      /SSO session corp of profile s has no sso_region/,
    ],
    [
      `[profile s]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n[sso-session corp]\nsso_region = x\n`,
      /SSO session corp of profile s has no sso_start_url/,
    ],
    [
      `[profile s]\nsso_session = corp\nsso_role_name = r\n[sso-session corp]\n${session}`,
      /Profile s has SSO, but no sso_account_id/,
    ],
    ["[profile s]\nsso_start_url = x\nsso_account_id = 1\nsso_role_name = r\n", /Profile s has SSO, but no sso_region/],
    [`[profile s]\nsso_account_id = 1\n${session}`, /Profile s has SSO, but no sso_role_name/],
  ];
  for (const [config, says] of sso) {
    test(`${name}: ${says.source}`, () =>
      withHome({ ".aws/config": config }, async (home) => {
        const { code, message } = errorOf(await ask(home, ["--profile", "s"]));
        assert.equal(code, "aws-file-malformed");
        assert.match(message, says);
      }));
  }

  test(`${name}: -v names when the credentials end`, async () => {
    const end = { AWS_CREDENTIAL_EXPIRATION: "2099-01-01T00:00:00Z" };
    const { stderr } = await run(program, [...good, "-v"], { env: { ...exampleKeys, ...end } });
    assert.match(stderr, /^- Credentials from the environment, .* they expire at 2099-01-01T00:00:00Z\.$/m);
    assert.match((await run(program, [...good, "-v"], { env: exampleKeys })).stderr, /no expiry known\.$/m);
  });
}
