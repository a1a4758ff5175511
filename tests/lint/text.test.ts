import assert from "node:assert/strict";
import { test } from "node:test";
import { lintText } from "../../src/commands/judgement-text.ts";
import { judgementOf } from "../../src/lint/judgement.ts";
import { createColour } from "../../src/terminal/colour.ts";
import { errorLines } from "../../src/token/pasted/error-lines.ts";
import { idsOf, judge, replicationGroup, temporary, token } from "./sample.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const plain = { colour: createColour(false), width: 100 };

test("lint: the text of one finding, whole", () => {
  const result = judge(token({ name: host }), replicationGroup);
  assert.equal(
    lintText(judgementOf(result, false), plain),
    `a token for the ElastiCache replication group ${host} in
us-east-1 as the user my-user, good for another 14 min

error[name-is-endpoint]: "${host}" was signed as the host:
  the endpoint of the ElastiCache replication group my-cache, where the cache's bare name belongs.
    ${host}/?Action=con…
    ${"^".repeat(host.length)}
  fix: Sign my-cache as the host, and connect to the endpoint: cacheauth token does so.
  more: cacheauth rules name-is-endpoint

1 error, 0 warnings
`,
  );
});

test("lint: the text of a likely finding, with a caret where something is missing", () => {
  const result = judge(token(), { kind: "serverless-cache", service: "elasticache", name: "my-cache" });
  const text = lintText(judgementOf(result, false), plain);
  // As what it was signed is not what it is for.
  assert.match(text, /^a token signed as for the ElastiCache replication group my-cache in us-east-1/);
  assert.match(text, /error\[resource-type-missing\] \(likely\): There is no ResourceType/);
  assert.match(text, /\n {4}….*X-Amz-Signature=…\n {4} +\^\n/);
});

test("lint: 30 columns are enough", () => {
  const text = lintText(judgementOf(judge(token({ name: host }), replicationGroup), false), {
    ...plain,
    width: 30,
  });
  for (const line of text.split("\n"))
    assert.ok(line.length <= 30 || line.includes(host) || line.includes("cacheauth rules"), line);
});

test("lint: a command in a fix is not broken, however narrow the terminal", () => {
  const line = judge("WRONGPASS invalid username-password pair or user is disabled.", replicationGroup);
  const text = lintText(judgementOf(line, false), { ...plain, width: 30 });
  assert.match(text, /\n {7}cacheauth lint --endpoint ENDPOINT -u USER\n/);
});

test("lint: the commands in what is said of an error text are marked as such", () => {
  for (const { id, next } of errorLines()) {
    assert.doesNotMatch(next.replace(/`[^`]*`/g, ""), /\b(?:cacheauth|aws|openssl) [a-z0-9_-]+[ .]/, id);
  }
});

/** Two faults that one badly written program can have at once: both are named. */
const pairs: readonly (readonly [first: string, second: string, text: string, expected?: object])[] = (() => {
  const names: readonly (readonly [string, object])[] = [
    ["name-is-endpoint", { name: host }],
    ["name-has-port", { name: "my-cache:6379" }],
    ["name-not-lowercase", { name: "My-Cache" }],
    ["path-unexpected", { path: "/connect?" }],
  ];
  const sets: readonly (readonly [string, Record<string, string | null>])[] = [
    ["action-wrong", { Action: "Connect" }],
    ["user-missing", { User: null }],
    ["user-invalid", { User: "My-User" }],
    ["service-wrong", { "X-Amz-Credential": "AKIAIOSFODNN7EXAMPLE/20250131/us-east-1/redis/aws4_request" }],
    ["expires-too-long", { "X-Amz-Expires": "3600" }],
    ["expires-missing", { "X-Amz-Expires": null }],
    ["signed-headers-wrong", { "X-Amz-SignedHeaders": "content-type;host" }],
    [
      "session-token-missing",
      { "X-Amz-Credential": "ASIAIOSFODNN7EXAMPLE/20250131/us-east-1/elasticache/aws4_request" },
    ],
    ["expired", { "X-Amz-Date": "20250131T110000Z" }],
    ["resource-type-wrong", { ResourceType: "serverless" }],
  ];
  const crossed = names.flatMap(([first, changes]) =>
    sets.map(([second, set]) => [first, second, token({ ...changes, set })] as const),
  );
  const wrapped = sets.flatMap(([second, set]) => [
    ["surrounding-whitespace", second, `${token({ set })}\n`] as const,
    ["scheme-prefix", second, `https://${token({ set })}`] as const,
  ]);
  return [
    ...crossed,
    ...wrapped,
    ["region-mismatch", "user-mismatch", token(), { region: "eu-west-1", user: "other" }],
    ["name-mismatch", "region-mismatch", token(), { name: "other", region: "eu-west-1" }],
    ["quoted", "surrounding-whitespace", ` "${token()}"`],
  ];
})();

test("lint: a missing parameter does not hide one that is too much", () => {
  const found = idsOf(judge(token({ set: { User: null, Version: "2015-02-02" } })));
  assert.deepEqual(found, ["user-missing", "parameter-unexpected"]);
});

test("lint: a misspelt name is named, and its secret is not", () => {
  const [finding] = judge(temporary().replace("Security-Token", "SecurityToken")).findings;
  assert.equal(finding?.rule, "session-token-missing");
  assert.match(finding?.message ?? "", /but "X-Amz-SecurityToken": the name is misspelt/);
  assert.match(finding?.place?.text ?? "", /X-Amz-SecurityToken=…/);
});

for (const [first, second, text, expected] of pairs) {
  test(`lint: both are named: ${first} and ${second}`, () => {
    const found = idsOf(judge(text, expected), ["error"]);
    assert.deepEqual([...found].sort(), [first, second].sort());
  });
}

test("lint: at least 40 pairs of faults are tried", () => assert.ok(pairs.length >= 40));
