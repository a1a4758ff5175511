/** `doctor` as it is shipped, in real time, at an AWS that leaves it waiting: it ends, with what it could learn. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { withSilentServer } from "./aws-servers.ts";
import { answerOf, examined, mostMs, type Told, unknownOf, userIsOff } from "./doctoring.ts";
import { withTls } from "./probing.ts";
import { type Program, withDirectory } from "./program.ts";

/** All programs at once: they only wait. */
function ofAll(what: string, holds: (program: Program) => Promise<void>): void {
  test(`doctor: ${what}`, async () => {
    await Promise.all(withTls.map(holds));
  });
}

const everything = ["credentials", "clock", "cache", "user", "policy"];

function inTime(told: Told) {
  assert.ok(told.ms < mostMs, String(told.ms));
  return answerOf(told);
}

ofAll("AWS takes every call and answers none", (program) =>
  examined(program, { world: userIsOff, script: { failures: { "*": "silent" } }, args: ["--json"] }, (told) => {
    const answer = inTime(told);
    assert.deepEqual(unknownOf(answer), everything);
    assert.equal(answer.verdict.causes[0]?.rule, "wrongpass");
  }),
);

ofAll("some of AWS is silent, and the cause is found in the rest", (program) => {
  const failures = { "iam:*": "silent", "elasticache:DescribeReplicationGroups": "silent" } as const;
  return examined(program, { world: userIsOff, script: { failures }, args: ["--json"] }, (told) => {
    const answer = inTime(told);
    assert.equal(answer.verdict.causes[0]?.rule, "user-off");
    assert.deepEqual(unknownOf(answer), ["cache", "policy"]);
  });
});

ofAll("neither AWS nor the cache answers", (program) =>
  withSilentServer(({ port }) =>
    examined(program, { script: { failures: { "*": "silent" } }, args: ["--json"], port }, (told) => {
      assert.equal(inTime(told).verdict.causes[0]?.rule, "tls-silent");
      assert.equal(told.code, 4);
    }),
  ),
);

ofAll("AWS throttles everything", (program) =>
  examined(program, { world: userIsOff, script: { failures: { "*": "throttled" } }, args: ["--json"] }, (told) => {
    const answer = inTime(told);
    assert.deepEqual(
      unknownOf(answer),
      everything.filter((name) => name !== "clock"),
    );
    assert.equal(answer.verdict.causes[0]?.rule, "wrongpass");
  }),
);

ofAll("a role is to be assumed, and neither STS nor the cache answers", (program) =>
  withSilentServer(({ port }) => {
    const args = ["--role-arn", "arn:aws:iam::123456789012:role/team/app", "--json"];
    return examined(program, { script: { failures: { "*": "silent" } }, args, port }, (told) => {
      const { checks, verdict } = inTime(told);
      assert.deepEqual(
        checks.flatMap(({ name, status }) => (status === "failed" ? [name] : [])),
        ["credentials", "network"],
      );
      assert.equal(verdict.causes[0]?.rule, "tls-silent");
    });
  }),
);

ofAll("a credential_process that never answers, with nobody at a terminal", (program) =>
  withDirectory((directory) => {
    const config = join(directory, "config");
    writeFileSync(config, "[profile stuck]\ncredential_process = sleep 60\n");
    const env = { AWS_CONFIG_FILE: config, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    return examined(program, { args: ["--profile", "stuck", "--json"], env }, (told) => {
      const { checks, verdict } = inTime(told);
      assert.deepEqual([checks[0]?.status, checks[3]?.status], ["failed", "ok"]);
      assert.equal(verdict.causes[0]?.rule, "credentials-missing");
      assert.equal(told.code, 3);
    });
  }),
);
