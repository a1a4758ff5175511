import assert from "node:assert/strict";
import { test } from "node:test";
import { requestContext } from "../../src/policy/request-context.ts";

const at = new Date("2025-01-31T12:00:00Z");

test("request: what is said of a login, by key in any case, and the time", () => {
  const said = { "source-ip": ["10.0.0.7"], "resource-tag": ["team=blue", "Env=a=b"] };
  const context = requestContext("replication-group", said, ["aws:PrincipalTag/Team=red", "aws:username=me"], at);
  assert.deepEqual(context("aws:sourceip"), ["10.0.0.7"]);
  assert.deepEqual(context("aws:resourcetag/team"), ["blue"]);
  assert.deepEqual(context("aws:resourcetag/env"), ["a=b"]);
  assert.deepEqual(context("aws:principaltag/team"), ["red"]);
  assert.deepEqual(context("aws:currenttime"), ["2025-01-31T12:00:00Z"]);
  assert.deepEqual(context("aws:epochtime"), ["1738324800"]);
  assert.equal(context("aws:userid"), "unknown");
});

test("request: a key that is said several times has several values; the time may be said", () => {
  const twice = ["aws:PrincipalOrgPaths=o-1/a", "aws:principalorgpaths=o-1/b"];
  const context = requestContext("serverless-cache", {}, [...twice, "aws:CurrentTime=2030-01-01T00:00:00Z"], at);
  assert.deepEqual(context("aws:principalorgpaths"), ["o-1/a", "o-1/b"]);
  assert.deepEqual(context("aws:currenttime"), ["2030-01-01T00:00:00Z"]);
});

test("request: what no login has, and what is no value, is refused", () => {
  const refused = (kind: "replication-group" | "memorydb-cluster", said: object, others: readonly string[] = []) => {
    try {
      requestContext(kind, said, others, at);
      return null;
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  assert.equal(refused("replication-group", { "source-vpc": ["vpc-0a1b2c3d"] }), "condition-unsupported");
  assert.equal(refused("replication-group", {}, ["aws:CurrentTime=2030-01-01T00:00:00Z"]), "condition-unsupported");
  assert.equal(refused("memorydb-cluster", {}, ["memorydb:TLSEnabled=true"]), "condition-unsupported");
  // Each kind has a key of its own for where somebody connects from.
  const instead = (kind: "replication-group" | "serverless-cache", said: object) => {
    try {
      requestContext(kind, said, [], at);
      return null;
    } catch (error) {
      return (error as { hint?: string }).hint;
    }
  };
  const neverHolds = "in its place: a condition that asks for";
  assert.equal(
    instead("serverless-cache", { "source-ip": ["10.0.0.7"] }),
    `Use --vpc-source-ip ${neverHolds} aws:SourceIp never holds.`,
  );
  assert.equal(
    instead("replication-group", { "vpc-source-ip": ["10.0.0.7"] }),
    `Use --source-ip ${neverHolds} aws:VpcSourceIp never holds.`,
  );
  assert.match(instead("replication-group", { "source-vpc": ["vpc-0a1b2c3d"] }) ?? "", /^Drop it/);
  // Nothing is documented of it: then it may be there.
  assert.equal(refused("memorydb-cluster", { "source-ip": ["10.0.0.7"] }), null);
  for (const ip of ["10.0.0.0/8", "10.0.0.7/32", "host", ""]) {
    assert.equal(refused("replication-group", { "source-ip": [ip] }), "flag-value-invalid", ip);
  }
  for (const text of ["team", "=x", "a b:c=d", "aws:=x"]) {
    assert.equal(refused("replication-group", {}, [text]), "flag-value-invalid", text);
  }
});
