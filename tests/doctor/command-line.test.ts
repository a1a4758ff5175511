/** The command line in a report: what was looked at, as it was understood, and no secret. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { commandLine } from "../../src/commands/doctor/command-line.ts";
import { type DoctorCall, doctorFlags } from "../../src/commands/doctor/flags.ts";

const none = Object.fromEntries(
  Object.entries(doctorFlags).map(([name, { takes }]) => [name, takes === "switch" ? false : undefined]),
);

function lineOf(flags: object, user = "my-user", endpoint: { host: string; port: number } | null = null): string {
  return commandLine({ flags: { ...none, ...flags } as DoctorCall["flags"] }, { endpoint, user });
}

test("command line: the place and the user as they were understood, then the flags", () => {
  const endpoint = { host: "master.my-cache.abc123.use1.cache.amazonaws.com", port: 6379 };
  const flags = {
    endpoint: "rediss://me:hunter2@master.my-cache.abc123.use1.cache.amazonaws.com",
    "user-id": "My-User",
  };
  assert.equal(
    lineOf({ ...flags, "token-env": "REDISCLI_AUTH", timeout: "9", ipv4: true }, "my-user", endpoint),
    `cacheauth doctor ${endpoint.host}:6379 -u my-user --token-env REDISCLI_AUTH --timeout 9 --ipv4`,
  );
  assert.equal(lineOf({}, "my-user", { host: "::1", port: 7000 }), "cacheauth doctor '[::1]:7000' -u my-user");
  const byName = { "memorydb-cluster": "my-cache", region: "us-east-1", report: "it's.md" };
  assert.equal(
    lineOf(byName),
    "cacheauth doctor -u my-user --memorydb-cluster my-cache --region us-east-1 --report 'it'\\''s.md'",
  );
});

test("command line: nothing that may be a secret, that ends the code it stands in, or moves a cursor", () => {
  const hidden = {
    "mfa-code": "123456",
    "external-id": "hunter2",
    sni: "rediss://me:hunter2@h",
    "token-env": `my-cache/?Action=connect&X-Amz-Signature=${"a".repeat(64)}`,
    ca: "a`b",
    profile: "a\u001b[31m",
  };
  const line = lineOf(hidden, "me:hunter2@h");
  assert.match(line, / -u USER /);
  assert.doesNotMatch(line, /hunter2|123456|aaaa|[`\u001b]/);
  for (const flag of ["--sni NAME", "--external-id ID", "--mfa-code CODE", "--ca FILE", "--token-env NAME"])
    assert.ok(line.includes(` ${flag}`), flag);
  assert.equal(lineOf({ ca: "\u2028" }), "cacheauth doctor -u my-user --ca '\\u{2028}'");
  const arn = "arn:aws:iam::123456789012:mfa/me@example.com";
  assert.equal(lineOf({ "mfa-serial": arn }), `cacheauth doctor -u my-user --mfa-serial ${arn}`);
});
