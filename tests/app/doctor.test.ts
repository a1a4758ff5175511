/** `doctor` as it is shipped: its answer in words, as JSON and as a report, and where AWS or the credentials are not there. */
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { group, key } from "../judge/situations/make.ts";
import { withHostile } from "../real/hostile.ts";
import { deadPort } from "./aws-servers.ts";
import { answerOf, assertNoSecret, examined, good, mostMs, unknownOf, userIsOff } from "./doctoring.ts";
import { assertHarmless, withoutDenosOwn, withoutTls, withTls } from "./probing.ts";
import { programs } from "./program.ts";

/** The scripted AWS is in the place of AWS. */
const elsewhere = /^notice: AWS is asked at http:\/\/127\.0\.0\.1:\d+, as AWS_ENDPOINT_URL says\.\n$/;

for (const program of withTls) {
  const { name } = program;

  test(`${name}: doctor: all is well`, () =>
    examined(program, {}, ({ code, stdout, stderr }) => {
      assert.equal(code, 0, stderr);
      assert.match(stderr, elsewhere);
      assert.match(stdout, /All is well: the login works, as my-user\./);
      assertHarmless(stdout);
    }));

  test(`${name}: doctor: the cause in words, as JSON and as a report for a ticket`, () =>
    examined(program, { world: userIsOff, args: ["--report", "report.md", "-v"] }, ({ code, stdout, stderr, home }) => {
      assert.equal(code, 1, stderr);
      assert.match(stdout, /^error\[user-off\]/m);
      assert.equal([...stdout.matchAll(/^(?:error|warning)\[/gm)].length, 1, stdout);
      const file = join(home, "report.md");
      assert.equal(statSync(file).mode & 0o777, 0o600);
      const report = readFileSync(file, "utf8");
      assert.match(report, /user-off/);
      // It says what made it, of whom it asked, and no more of the refusal than what it was.
      assert.match(
        report,
        /^cacheauth \S+, \S+, by `cacheauth doctor localhost:\d+ -u my-user --replication-group-id my-cache --region us-east-1 --ca \S+ --ipv4 --report report\.md`$/m,
      );
      assert.match(report, /^- notice: AWS is asked at http:\\\/\/127\.0\.0\.1:\d+, as AWS\\_ENDPOINT\\_URL says\.$/m);
      assert.match(
        report,
        /^\| login \| .* wrongpass: The server refused .*\. The check named user tells why: user-off\. \|$/m,
      );
      assert.doesNotMatch(report, /the cause is in|name-mismatch/);
      assert.match(stderr, /^notice: The report for a ticket is in report\.md\.\n$/m);
      for (const text of [stdout, stderr, report]) assertNoSecret(text);
    }));

  test(`${name}: doctor: under --json a notice says where the report is; where it cannot be written, the answer is there all the same`, async () => {
    const told = (report: string) => ({ world: userIsOff, args: ["--json", "--report", report] });
    await examined(program, told("a b\u202e.md"), (ran) => {
      const { notices } = answerOf(ran);
      assert.deepEqual(notices.at(-1), {
        code: "report-written",
        message: "The report for a ticket is in a b\\u{202e}.md.",
      });
      assert.deepEqual([ran.code, ran.stderr], [1, ""]);
      assert.match(readFileSync(join(ran.home, "a b\u202e.md"), "utf8"), / --report FILE`/);
    });
    await examined(program, told("nowhere/report.md"), (ran) => {
      const { notices } = answerOf(ran);
      assert.deepEqual(
        notices.map(({ code }) => code),
        ["aws-elsewhere"],
      );
      assert.deepEqual([ran.code, JSON.parse(ran.stderr).error.code], [2, "output-folder-missing"]);
    });
  });

  test(`${name}: doctor: what came from AWS is escaped, in words, JSON and report`, () => {
    const evil = "\u001b[31mred\u202e` <b>*x*</b>| $(touch pwned)";
    const world = group({ id: evil, users: ["default"] })(good);
    const args = ["--report", "report.md"];
    return examined(program, { world, args }, async ({ code, stdout, home }) => {
      assert.equal(code, 1);
      assertHarmless(stdout);
      assert.match(stdout, /--user-group-id GROUP --user-ids-to-add my-user/);
      const report = readFileSync(join(home, "report.md"), "utf8");
      assertHarmless(report);
      assert.doesNotMatch(report, /<b>|[^\\][*|`]x|[^\\]` <|[^\\]` &lt;/);
      assert.match(
        report,
        /`aws elasticache modify-user-group --user-group-id GROUP --user-ids-to-add my-user --region us-east-1`/,
      );
      await examined(program, { world, args: ["--json"] }, (told) => void answerOf(told));
    });
  });

  test(`${name}: doctor: nobody is there in the place of AWS`, async () => {
    const env = { AWS_ENDPOINT_URL: `http://127.0.0.1:${await deadPort()}` };
    await examined(program, { world: userIsOff, env, args: ["--json"] }, (told) => {
      const answer = answerOf(told);
      assert.deepEqual(unknownOf(answer), ["credentials", "clock", "cache", "user", "policy"]);
      assert.equal(answer.verdict.causes[0]?.rule, "wrongpass");
      assert.equal(told.code, 5);
      assert.ok(told.ms < mostMs, String(told.ms));
    });
  });

  test(`${name}: doctor: a login that works beside what nobody could look at is not called all, and a reason is given once`, async () => {
    const env = { AWS_ENDPOINT_URL: `http://127.0.0.1:${await deadPort()}` };
    await examined(program, { env }, ({ code, stdout }) => {
      assert.equal(code, 0);
      assert.match(stdout, /The login works, as my-user, and nothing is wrong with what was looked\s+at\./);
      const [details = "", verdict = ""] = stdout.split("The login works");
      assert.equal(details.match(/ECONNREFUSED/g)?.length, 1, stdout);
      assert.match(details, /elasticache:DescribeUsers,\s+as\s+above\./);
      assert.equal(verdict.match(/ECONNREFUSED/g)?.length, 1, stdout);
    });
  });

  test(`${name}: doctor: the SSO session is over`, () => {
    const config =
      "[profile s]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = r\nregion = us-east-1\n[sso-session corp]\nsso_start_url = https://corp.example.com/start\nsso_region = us-east-1\n";
    const env = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };
    const args = ["--profile", "s", "--json"];
    return examined(program, { files: { ".aws/config": config }, env, args }, (told) => {
      const answer = answerOf(told);
      const [first] = answer.verdict.causes;
      assert.equal(first?.rule, "credentials-expired");
      assert.match(first?.fix ?? "", /aws sso login --profile s/);
      assert.deepEqual([told.code, told.actions], [3, []]);
      // The way there is looked at all the same.
      assert.equal(answer.checks.find(({ name: check }) => check === "network")?.status, "ok");
      assert.ok(told.ms < mostMs, String(told.ms));
    });
  });

  test(`${name}: doctor: two things that are wrong are both told`, () => {
    const world = key({ policies: [] })(userIsOff);
    return examined(program, { world }, ({ code, stdout }) => {
      assert.equal(code, 1);
      const told = [...stdout.matchAll(/^error\[([\w-]+)\]/gm)].map(([, rule]) => rule);
      assert.deepEqual(told, ["user-off", "policy-action"]);
    });
  });
}

for (const program of programs.filter(withoutTls)) {
  const { name } = program;

  test(`${name}: doctor: AWS's records are looked at, and nothing is sent over TLS that it cannot verify`, () =>
    withHostile("good", async (server) => {
      const given = { port: server.port, world: userIsOff };
      await examined(program, given, ({ code, stdout, stderr }) => {
        assert.equal(code, 1);
        assert.match(withoutDenosOwn(program, stderr), elsewhere);
        assert.match(
          stdout,
          /It cannot work, because: .*\n?.*Could not look at: network, login\. The Deno that this runs on/s,
        );
        assert.match(stdout, /^error\[user-off\]/m);
        assertHarmless(stdout);
      });
      for (const bytes of await server.received()) assert.equal(bytes, "");
    }));

  test(`${name}: doctor: where only the login could tell, it says that it could not be tried, and how it can`, () =>
    examined(program, { args: ["--json"] }, (told) => {
      const answer = answerOf(told);
      assert.deepEqual([told.code, answer.ok, answer.verdict.causes], [4, false, []]);
      assert.deepEqual(unknownOf(answer), ["network", "login"]);
      for (const check of answer.checks.filter(({ status }) => status === "unknown")) {
        assert.match(check.findings[0]?.message ?? "", /does not wait for TLS to verify the server/);
        assert.match(check.findings[0]?.fix ?? "", /Node 22 or newer/);
      }
    }));
}
