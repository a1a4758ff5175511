/** Why a name has no address, or an address gives no connection. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unresolved } from "../../src/probe/diagnose/name.ts";
import { type Attempt, unconnected } from "../../src/probe/diagnose/network.ts";
import type { ProbeRequest } from "../../src/probe/request.ts";

const aws = "master.my-cache.abc123.use1.cache.amazonaws.com";
const asked = (host: string, family: 4 | 6 | null = null) =>
  ({ endpoint: { host, port: 6379 }, family }) as ProbeRequest;
const fails = (code?: string) => ({ end: "failed", error: Object.assign(new Error("no"), { code }) }) as const;

test("a name that nobody knows: certain where the name server says so, with AWS's own advice for AWS's names", () => {
  const foreign = unresolved(asked("cache.example.com"), fails("ENOTFOUND"));
  assert.deepEqual([foreign.rule, foreign.likelihood], ["name-not-found", "certain"]);
  assert.match(foreign.message, /knows no "cache\.example\.com" \(ENOTFOUND\)/);
  assert.match(foreign.fix, /spelling/);
  assert.match(unresolved(asked(aws), fails("ENOTFOUND")).fix, /the console .*from inside the VPC/);
  assert.match(unresolved(asked(`${aws}.cn`), fails("ENOTFOUND")).fix, /the console/);
  const odd = unresolved(asked("x"), fails());
  assert.deepEqual([odd.likelihood, /\(unknown\)/.test(odd.message)], ["likely", true]);
});

test("a name server that does not answer is told apart from a name that is not there", () => {
  for (const ended of [fails("EAI_AGAIN"), fails("ETIMEOUT"), { end: "timeout", afterMs: 5_000 } as const]) {
    const { rule, likelihood, message } = unresolved(asked(aws), ended);
    assert.deepEqual([rule, likelihood], ["name-not-found", "likely"]);
    assert.match(message, /No name server answered .*( in time|\(EAI_AGAIN\)|\(ETIMEOUT\)): nothing is known/);
  }
});

test("a name that has only addresses that are not wanted", () => {
  const found = [1, 2, 3, 4, 5].map((last) => ({ address: `10.0.0.${last}`, family: 4 as const }));
  const six = unresolved(asked(aws, 6), { end: "none-wanted", found });
  assert.match(six.message, /no IPv6 address; it has 10\.0\.0\.1, 10\.0\.0\.2, 10\.0\.0\.3 and 2 more/);
  assert.equal(six.fix, "Leave -6 out.");
  const clear = unresolved(asked("localhost"), { end: "none-wanted", found });
  assert.match(clear.message, /"localhost" is not of this machine alone .* a token goes nowhere else in clear text/);
});

const attempts = (...codes: (readonly [string, string | null])[]): Attempt[] =>
  codes.map(([address, code]) => ({ address, code }));

const rows: readonly (readonly [what: string, attempts: Attempt[], rule: string, says: RegExp, fix: RegExp])[] = [
  [
    "one refuses",
    attempts(["10.0.0.1", "ECONNREFUSED"]),
    "connect-refused",
    /^10\.0\.0\.1 refuses port 6379: the machine answers, and nothing listens there\.$/,
    /6379 unless it was chosen otherwise\.$/,
  ],
  [
    "two refuse, on this machine",
    attempts(["::1", "ECONNREFUSED"], ["127.0.0.1", "ECONNREFUSED"]),
    "connect-refused",
    /^::1, 127\.0\.0\.1 refuse port/,
    /tunnel/,
  ],
  [
    "one refuses, another is silent, a third has no route",
    attempts(["fd00::1", "ENETUNREACH"], ["10.0.0.1", null], ["10.0.0.2", "ECONNREFUSED"]),
    "connect-refused",
    /^10\.0\.0\.2 refuses port .*; fd00::1: ENETUNREACH; 10\.0\.0\.1: no answer\.$/,
    /console/,
  ],
  [
    "one resets",
    attempts(["10.0.0.1", "ECONNRESET"]),
    "closed-early",
    /^10\.0\.0\.1 resets the connection at once\.$/,
    /proxy/,
  ],
  [
    "silence, and no route for the other family",
    attempts(["fd00::1", "ENETUNREACH"], ["10.0.0.1", null]),
    "connect-timeout",
    /^10\.0\.0\.1 did not answer on port 6379 within 5 s; fd00::1: ENETUNREACH: packets .* The address is private/,
    /security group take TCP 6379 .*`aws ec2 describe-security-groups --group-ids GROUP`$/,
  ],
  [
    "the system's own time-out",
    attempts(["52.1.2.3", "ETIMEDOUT"]),
    "connect-timeout",
    /packets are dropped on the way\.$/,
    /group/,
  ],
  ["silence on this machine", attempts(["127.0.0.1", null]), "connect-timeout", /takes no connection/, /tunnel/],
  [
    "no route",
    attempts(["fd00::1", "ENETUNREACH"], ["10.0.0.1", "EHOSTUNREACH"]),
    "connect-unreachable",
    /^This machine cannot send to fd00::1, 10\.0\.0\.1 \(ENETUNREACH, EHOSTUNREACH\)\.$/,
    /inside the VPC/,
  ],
];

for (const [what, tried, rule, says, fix] of rows) {
  test(`no connection: ${what}`, () => {
    const finding = unconnected(asked(aws), tried, 5_000);
    assert.equal(finding.rule, rule);
    assert.match(finding.message, says);
    assert.match(finding.fix, fix);
  });
}

test("no connection: another port than the usual is named", () => {
  const other = { endpoint: { host: aws, port: 6380 } };
  assert.match(unconnected(other, attempts(["10.0.0.1", "ECONNREFUSED"]), null).fix, /, not 6380\.$/);
});

test("private addresses are those of the RFCs", () => {
  const says = (address: string) => /is private/.test(unconnected(asked(aws), attempts([address, null]), 1).message);
  for (const address of ["10.1.2.3", "172.16.0.1", "172.31.9.9", "192.168.1.1", "100.64.0.1", "100.127.0.1", "fd12::1"])
    assert.ok(says(address), address);
  for (const address of ["11.1.2.3", "172.15.0.1", "172.32.0.1", "192.169.1.1", "100.63.0.1", "100.128.0.1", "2600::1"])
    assert.ok(!says(address), address);
});
