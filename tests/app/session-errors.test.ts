/** What STS answers to GetSessionToken when something is wrong, in plain words; and that nothing secret is in them. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { errorOf } from "./asking.ts";
import { type Answer, deadPort, sts, stsRefusing, temporary, withFake, withSilentServer } from "./aws-servers.ts";
import { exampleKeys, programs } from "./program.ts";
import { jsonOf, ownSecret, said, serial, withSessions } from "./sessions.ts";
import { onTerminal } from "./terminal.ts";

/** As AWS words them: codes and messages seen in public reports. */
const refusals: readonly (readonly [what: string, answer: Answer, code: string, says: RegExp, hint: RegExp])[] = [
  [
    "a wrong code",
    stsRefusing(403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. "),
    "mfa-code-invalid",
    /^AWS refused the MFA code\.$/,
    /next code.*device's clock/,
  ],
  [
    "no such device",
    stsRefusing(
      403,
      "AccessDenied",
      "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    ),
    "mfa-device-unknown",
    /no MFA device with that serial/,
    /list-mfa-devices/,
  ],
  [
    "a serial that is none",
    stsRefusing(
      400,
      "ValidationError",
      "1 validation error detected: Value 'x' at 'serialNumber' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=/:,.@-]*",
    ),
    "mfa-device-unknown",
    /does not take that for the serial/,
    /mfa\/NAME/,
  ],
  [
    "an explicit deny",
    stsRefusing(
      403,
      "AccessDenied",
      "User: arn:aws:iam::123456789012:user/me is not authorized to perform: sts:GetSessionToken with an explicit deny in a service control policy",
    ),
    "aws-refused",
    /AWS refused an MFA session of profile dev: AccessDenied: User: arn/,
    /denies sts:GetSessionToken/,
  ],
  [
    "session credentials",
    stsRefusing(403, "AccessDenied", "Cannot call GetSessionToken with session credentials"),
    "session-unfit",
    /a session already/,
    /long-term keys/,
  ],
  ["too many calls", stsRefusing(400, "Throttling", "Rate exceeded"), "aws-refused", /Throttling/, /Too many calls/],
  [
    "keys that are deleted or switched off",
    stsRefusing(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
    "aws-refused",
    /InvalidClientTokenId/,
    /wrong, switched off or deleted/,
  ],
  [
    "a wrong secret",
    stsRefusing(
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided.",
    ),
    "aws-refused",
    /SignatureDoesNotMatch/,
    /key or its secret is wrong/,
  ],
  [
    "keys that have expired",
    stsRefusing(403, "ExpiredToken", "The security token included in the request is expired"),
    "credentials-expired",
    /have expired/,
    /fresh ones/,
  ],
  [
    "a clock that is behind",
    stsRefusing(
      403,
      "SignatureDoesNotMatch",
      "Signature expired: 20240522T115159Z is now earlier than 20240522T120519Z (20240522T121019Z - 5 min.)",
    ),
    "clock-skewed",
    /signed as of 20240522T115159Z, and AWS's clock says 20240522T121019Z/,
    /Set the clock/,
  ],
  [
    "a clock that is ahead",
    stsRefusing(
      403,
      "SignatureDoesNotMatch",
      "Signature not yet current: 20240522T121519Z is still later than 20240522T120519Z (20240522T120019Z + 5 min.)",
    ),
    "clock-skewed",
    /clock of this machine is off/,
    /Set the clock/,
  ],
  ["a bad day of AWS", stsRefusing(503, "ServiceUnavailable", "oops"), "aws-failed", /answered 503/, /Try again/],
  [
    "a log-in page",
    (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<html>Log in</html>"),
    "aws-answer-malformed",
    /is not AWS/,
    /log-in page/,
  ],
];

/** Keys that would break the lines of a file, and a session that is not known to end. */
const malformed = [
  [temporary.secretAccessKey, "two words"],
  [temporary.sessionToken, "x\n[default]\naws_access_key_id = EVIL"],
  [temporary.accessKeyId, ""],
  [`<Expiration>${temporary.expiration}</Expiration>`, ""],
] as const;

for (const program of programs) {
  const { name } = program;

  for (const [what, answer, code, says, hint] of refusals) {
    test(`${name}: session gen: ${what}: ${code}, and asked once`, () =>
      withFake(answer, async ({ url, asked }) => {
        await withSessions(program, async ({ session, shadow }) => {
          said(await session(["set", "dev"]));
          const before = readFileSync(shadow, "utf8");
          const error = errorOf(
            await session(["gen", "dev", "--code", "123456", "--json"], { AWS_ENDPOINT_URL_STS: url }),
          );
          assert.equal(error.code, code, error.message);
          assert.match(error.message, says);
          assert.match(error.hint, hint);
          assert.equal(asked.length, 1, "a code that is sent twice is refused");
          assert.equal(readFileSync(shadow, "utf8"), before);
        });
      }));
  }

  for (const [from, to] of malformed) {
    test(`${name}: session gen: an answer with ${JSON.stringify(to).slice(0, 30)} for ${from.slice(0, 12)} is no session`, () =>
      withFake(
        (asked, response) => {
          const end = response.end.bind(response) as (text: string) => typeof response;
          response.end = ((text: string) => end(text.replace(from, to))) as typeof response.end;
          sts(asked, response);
        },
        async ({ url }) => {
          await withSessions(program, async ({ session, shadow }) => {
            const error = errorOf(
              await session(["gen", "dev", "--code", "123456", "--json"], { AWS_ENDPOINT_URL_STS: url }),
            );
            assert.equal(error.code, "aws-answer-malformed");
            assert.ok(!existsSync(shadow));
          });
        },
      ));
  }

  test(`${name}: session gen: a code that was used just before is told as such`, () => {
    let answer: Answer = sts;
    return withFake(
      (asked, response) => answer(asked, response),
      async ({ url }) => {
        await withSessions(program, async ({ session }) => {
          const env = { AWS_ENDPOINT_URL_STS: url };
          said(await session(["gen", "dev", "--code", "123456"], env));
          answer = refusals[0]?.[1] ?? sts;
          const { code, message, hint } = errorOf(await session(["gen", "dev", "--code", "123456", "--json"], env));
          assert.equal(code, "mfa-code-invalid");
          assert.match(message, /a session was made with this device \d+ s ago, and each code is good once\.$/);
          assert.match(hint, /next code/);
          // Of another device, or long ago, it tells nothing.
          said(await session(["set", "dev", "--serial", `${serial}2`]));
          const other = errorOf(await session(["gen", "dev", "--code", "123456", "--json"], env));
          assert.equal(other.message, "AWS refused the MFA code.");
        });
      },
    );
  });

  test(`${name}: session gen: with a clock that is off it is asked again by AWS's, and that is told`, () =>
    withFake(
      (asked, response) => {
        const date = new Date(Date.now() - 3_600_000);
        response.setHeader("date", date.toUTCString());
        const signed = String(asked.headers["x-amz-date"]);
        const behind = Math.abs(
          date.getTime() - Date.parse(signed.replace(/(....)(..)(..T..)(..)(..Z)/, "$1-$2-$3:$4:$5")),
        );
        if (behind < 300_000) return sts(asked, response);
        const skewed = `Signature not yet current: ${signed} is still later than 20240522T120519Z (20240522T120019Z + 5 min.)`;
        return stsRefusing(403, "SignatureDoesNotMatch", skewed)(asked, response);
      },
      async ({ url, asked }) => {
        await withSessions(program, async ({ session }) => {
          const run = await session(["gen", "dev", "--code", "123456"], { AWS_ENDPOINT_URL_STS: url });
          assert.deepEqual([run.code, asked.length], [0, 2], run.stderr);
          assert.match(run.stderr, /^notice: This machine's clock is 1 h .*ahead of AWS's/m);
        });
      },
    ));

  test(`${name}: session gen: AWS out of reach, or silent`, () =>
    withSessions(program, async ({ session }) => {
      const gen = (url: string) => session(["gen", "dev", "--code", "123456", "--json"], { AWS_ENDPOINT_URL_STS: url });
      const dead = errorOf(await gen(`http://127.0.0.1:${await deadPort()}`));
      assert.deepEqual([dead.code, /ECONNREFUSED|connection failed/.test(dead.message)], ["aws-unreachable", true]);
      assert.equal(errorOf(await gen("http://sts.invalid")).code, "aws-unreachable");
      // Nine seconds each; the waiting is the same code everywhere.
      if (program !== programs[0]) return;
      await withSilentServer(async ({ url }) => {
        assert.match(errorOf(await gen(url)).message, /did not answer|gave no answer/);
      });
    }));

  test(`${name}: session gen: the region is the environment's, the profile's, or one of the device's partition`, () =>
    withFake(sts, async ({ url, asked }) => {
      await withSessions(program, async ({ session }) => {
        const scope = () =>
          /Credential=[^/]+\/\d+\/([\w-]+)\/sts/.exec(String(asked.at(-1)?.headers.authorization))?.[1];
        const gen = async (profile: string, env = {}) => {
          said(await session(["gen", profile, "--code", "123456"], { AWS_ENDPOINT_URL_STS: url, ...env }));
          return scope();
        };
        assert.equal(await gen("dev"), "eu-west-3");
        const { stderr } = await session(["gen", "dev", "--code", "765432", "-v"], { AWS_ENDPOINT_URL_STS: url });
        assert.equal(
          stderr,
          `- Asking STS in eu-west-3 for a session of profile dev for 12 h, with the MFA device ${serial}.\n`,
        );
        assert.equal(await gen("dev", { AWS_DEFAULT_REGION: "eu-north-1" }), "eu-north-1");
        assert.equal(await gen("dev", { AWS_DEFAULT_REGION: "eu-north-1", AWS_REGION: "sa-east-1" }), "sa-east-1");
        for (const [partition, region] of [
          ["aws", "us-east-1"],
          ["aws-cn", "cn-north-1"],
          ["aws-us-gov", "us-gov-west-1"],
        ] as const) {
          said(await session(["set", "default", "--serial", `arn:${partition}:iam::123456789012:mfa/me`]));
          assert.equal(await gen("default"), region);
        }
      });
    }));

  test(`${name}: session gen: the code is asked for on a terminal, without echo, and nothing is kept of it`, () =>
    withFake(sts, async ({ url, asked }) => {
      await withSessions(program, async ({ home, shadow }) => {
        const { status, screen, out } = await onTerminal(
          program,
          ["session", "gen", "dev"],
          { HOME: home, AWS_ENDPOINT_URL_STS: url },
          "876 543\r",
        );
        assert.equal(status, 0, screen);
        assert.match(screen, /MFA code of arn:aws:iam::123456789012:mfa\/me: /);
        assert.match(out, /^MFA session of profile dev: until /);
        assert.equal(asked[0]?.form["TokenCode"], "876543");
        for (const text of [screen, out, readFileSync(shadow, "utf8")]) assert.doesNotMatch(text, /876\s?543/);
      });
    }));

  test(`${name}: session: no secret in any output, log or file but the shadow file's`, () => {
    const secrets = [ownSecret, temporary.secretAccessKey, temporary.sessionToken, "135791"];
    const none = (text: string, where: string) => {
      for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} in ${where}: ${text}`);
    };
    let tells = false;
    const tellTale: Answer = (asked, response) => {
      if (!tells) return sts(asked, response);
      const heard = [asked.form["TokenCode"], ...secrets].join(" and ");
      return stsRefusing(403, "AccessDenied", `we know ${heard}.`)(asked, response);
    };
    return withFake(tellTale, async ({ url }) => {
      await withSessions(program, async ({ home, session }) => {
        const env = { AWS_ENDPOINT_URL_STS: url };
        const all = async (args: readonly string[]) => {
          const { stdout, stderr } = await session(args, env);
          none(stdout + stderr, args.join(" "));
          return stdout + stderr;
        };
        for (const more of [[], ["-v"], ["--json"], ["--json", "-v"]]) {
          tells = false;
          await all(["set", "dev", ...more]);
          await all(["gen", "dev", "--mfa-command", "echo 135791", ...more]);
          await all(["info", ...more]);
          await all(["run", "--detach", ...more]);
          await all(["ping", ...more]);
          tells = true;
          assert.match(await all(["gen", "dev", "--mfa-command", "echo 135791", ...more]), /we know \[redacted\]/);
          assert.match(await all(["gen", "dev", "--code", "135791", ...more]), /we know \[redacted\]/);
          await all(["terminate", ...more]);
        }
        none(readFileSync(join(home, ".local/state/cacheauth/run/log"), "utf8"), "the log");
        none(readFileSync(join(home, ".config/cacheauth/sessions.json"), "utf8"), "the settings");
      });
    });
  });

  test(`${name}: session: keys in the environment are not those of the profile, and are not used`, () =>
    withFake(sts, async ({ url, asked }) => {
      await withSessions(program, async ({ session }) => {
        const env = {
          AWS_ENDPOINT_URL_STS: url,
          ...exampleKeys,
          AWS_ACCESS_KEY_ID: "AKIAOTHERKEYEXAMPLE0",
          AWS_SESSION_TOKEN: "SENTINEL",
        };
        jsonOf(await session(["gen", "dev", "--code", "123456", "--json"], env));
        assert.match(String(asked[0]?.headers.authorization), /AKIAIOSFODNN7EXAMPLE/);
        assert.equal(asked[0]?.headers["x-amz-security-token"], undefined);
      });
    }));
}
