import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkDocuments } from "../../src/policy/check-documents.ts";
import { itemSpans, stringSpan } from "../../src/policy/json-spans.ts";
import { readPolicy } from "../../src/policy/parse-policy.ts";
import { type Asked, arns, check, connectionOf, idsOf, parsed } from "./sample.ts";

const good = {
  Version: "2012-10-17",
  Statement: [
    { Sid: "Connect", Effect: "Allow", Action: "elasticache:Connect", Resource: [arns.group.cache, arns.group.user] },
  ],
};
const text = JSON.stringify(good);

function judged(texts: string | readonly string[], asked: Asked = {}) {
  const all = [texts].flat().map((text, index) => ({ name: `p${index + 1}.json`, text }));
  return checkDocuments(all, connectionOf(asked));
}

/** A policy as people have it, and the words for what it was taken out of. */
const wrapped: readonly (readonly [what: string, text: string, says: RegExp | null])[] = [
  ["the document itself", text, null],
  ["with white space around it", `\n  ${JSON.stringify(good, null, 2)}\n`, null],
  [
    "get-policy-version",
    JSON.stringify({ PolicyVersion: { Document: good, VersionId: "v3", IsDefaultVersion: true } }),
    /out of the answer of aws iam get-policy-version\.$/,
  ],
  [
    "get-role-policy",
    JSON.stringify({ RoleName: "r", PolicyName: "p", PolicyDocument: good }),
    /out of the answer of aws iam get-role-policy\.$/,
  ],
  ["a PolicyDocument alone", JSON.stringify({ PolicyName: "p", PolicyDocument: text }), /out of a PolicyDocument\.$/],
  [
    "IAM's own answer",
    JSON.stringify({ RoleName: "r", PolicyName: "p", PolicyDocument: encodeURIComponent(text) }),
    /out of URL encoding, and that out of the answer of aws iam get-role-policy/,
  ],
  ["the raw value of IAM", `${encodeURIComponent(text)}\n`, /out of URL encoding\.$/],
  ["URL-encoded with white space", encodeURIComponent(JSON.stringify(good, null, 2)), /out of URL encoding\.$/],
  ["a JSON string", JSON.stringify(text), /out of a JSON string\.$/],
  [
    "a resource of a template",
    JSON.stringify({ Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: good } }),
    /out of a CloudFormation resource\.$/,
  ],
  ["cacheauth policy --json", JSON.stringify({ policy: good, user: "my-user" }), /out of the answer of cacheauth/],
];

for (const [what, given, says] of wrapped) {
  test(`documents: ${what} is judged as the document in it`, () => {
    const { connect, findings } = judged(given);
    assert.equal(connect, "allowed");
    assert.deepEqual(idsOf({ findings }), says === null ? [] : ["policy-unwrapped (info)"]);
    if (says) assert.match(findings[0]?.message ?? "", says);
  });
}

/** What is no policy, what is said of it, and what to do. */
const strangers: readonly (readonly [what: string, text: string, says: RegExp, fix: RegExp])[] = [
  [
    "a role with its trust policy",
    JSON.stringify({ Role: { RoleName: "r", AssumeRolePolicyDocument: good } }),
    /trust policy of a role/,
    /list-attached-role-policies/,
  ],
  [
    "get-policy",
    JSON.stringify({ Policy: { Arn: "a", DefaultVersionId: "v3" } }),
    /description of a policy/,
    /Default/,
  ],
  ["list-attached-role-policies", JSON.stringify({ AttachedPolicies: [] }), /list of policies/, /get-role-policy/],
  ["list-policy-versions", JSON.stringify({ Versions: [] }), /policy's versions/, /get-policy-version/],
  ["a template", JSON.stringify({ Resources: {} }), /CloudFormation template/, /PolicyDocument/],
  [
    "Terraform",
    'resource "aws_iam_policy" "p" {\n}\n',
    /it is Terraform, and a policy is JSON/,
    /`terraform show -json \| jq .*prints what was applied\.$/,
  ],
  ["YAML", 'Version: "2012-10-17"\nStatement: []\n', /it is YAML/, /get-policy-version/],
  ["nothing", "", /p1\.json: the file is empty\.$/, /get-role-policy/],
  ["white space", " \n", /p1\.json: there is nothing but white space in it\.$/, /get-role-policy/],
  ["no JSON", `${text},`, /there is something after the end/, /Mend/],
  ["bad URL encoding", "%7B%22Version%zz", /there is no value/, /Mend/],
  [
    "a policy with another in it",
    JSON.stringify({ ...good, PolicyDocument: good }),
    /no element "PolicyDocument"/,
    /Take/,
  ],
  ["an empty object", "{}", /it has no Statement/, /Add/],
  ["a number", "7", /a policy is an object/, /Begin it/],
  [
    "more than IAM takes",
    JSON.stringify({ ...good, Id: "x".repeat(11_000) }),
    /no kind of policy may have more/,
    /6144/,
  ],
];

for (const [what, given, says, fix] of strangers) {
  test(`documents: ${what} is told for what it is`, () => {
    const { connect, notJudged, findings, add } = judged(given);
    assert.deepEqual([connect, idsOf({ findings }), add], ["denied", ["policy-document-invalid"], null]);
    assert.deepEqual(notJudged, ["p1.json"]);
    assert.match(findings[0]?.message ?? "", says);
    assert.match(findings[0]?.message ?? "", /^IAM would not take p1\.json: /);
    assert.match(findings[0]?.fix ?? "", fix);
  });
}

test("documents: a version that is not the default one is told, and judged all the same", () => {
  const { connect, findings } = judged(
    JSON.stringify({ PolicyVersion: { Document: good, VersionId: "v1", IsDefaultVersion: false } }),
  );
  assert.equal(connect, "allowed");
  assert.deepEqual(idsOf({ findings }), ["policy-unwrapped (info)", "policy-version-inactive (warning)"]);
  assert.match(findings[1]?.message ?? "", /the version v1 of its policy, which is not the default one/);
});

test("documents: several are judged together; of one that is invalid the others' lack is not told", () => {
  const [cache, user] = [arns.group.cache, arns.group.user].map((Resource) =>
    JSON.stringify({ Statement: { Effect: "Allow", Action: "elasticache:Connect", Resource } }),
  );
  assert.ok(cache && user);
  assert.equal(judged([cache, user]).connect, "allowed");
  assert.deepEqual(idsOf(judged(cache)), ["policy-user-denied"]);
  const broken = judged([cache, user.slice(1)]);
  assert.deepEqual([broken.connect, idsOf(broken), broken.add], ["denied", ["policy-document-invalid"], null]);
  const beside = judged([cache, user, "{"]);
  assert.deepEqual([beside.connect, beside.notJudged], ["allowed", ["p3.json"]]);
  assert.deepEqual(judged([cache, user]).notJudged, []);
});

test("documents: a finding says the line, and shows the place", () => {
  const wrong = JSON.stringify(good, null, 2).replace("user:my-user", "user/my-user");
  const [finding] = judged(wrong).findings;
  assert.match(finding?.message ?? "", /Statement 1 \(Connect, line 4\) allows it on/);
  const { text: shown = "", from = 0, to = 0 } = finding?.place ?? {};
  assert.equal(shown.slice(from, to), arns.group.user.replace("user:", "user/"));
  assert.equal(shown.at(0), '"');
  const wrappedText = JSON.stringify({ RoleName: "Statement", PolicyDocument: JSON.parse(wrong) }, null, 2);
  const inside = judged(wrappedText).findings.find(({ severity }) => severity === "error");
  assert.match(inside?.message ?? "", /Statement 1 \(Connect, line 6\) allows it on/);
  assert.equal(inside?.place?.text, shown);
  // In one line there is nothing to count; nor in what was decoded.
  for (const flat of [JSON.stringify(JSON.parse(wrong)), encodeURIComponent(wrong)]) {
    const message = judged(flat).findings.find(({ severity }) => severity === "error")?.message ?? "";
    assert.match(message, /Statement 1 \(Connect\) allows it on/);
  }
  const two = judged([text, JSON.stringify({ Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] }, null, 1)]);
  assert.match(two.findings[0]?.message ?? "", /^Statement 1 \(line 3\) of p2\.json denies/);
  assert.equal(two.findings[0]?.place?.text, '"Effect": "Deny",');
});

test("documents: what nobody sees in a place does not move it", () => {
  const odd = JSON.stringify({
    ...good,
    Statement: [{ ...good.Statement[0], Action: ["s3:*", "memorydb:\u202eConnect"] }],
  });
  const [finding] = judged(odd).findings;
  const { text: shown = "", from = 0, to = 0 } = finding?.place ?? {};
  assert.equal(shown.slice(from, to), "memorydb:\ufffdConnect");
  assert.ok(shown.length < 200 && shown.startsWith("…") && shown.endsWith("…"));
});

test("documents: a NotAction that denies is told as one", () => {
  const guard = { Effect: "Deny", NotAction: ["iam:*", "s3:*", "sts:*", "ec2:*"], NotResource: "arn:aws:s3:::x" };
  const { findings } = judged([text, JSON.stringify({ Statement: guard })]);
  assert.match(
    findings[0]?.message ?? "",
    /^Statement 1 of p2\.json denies elasticache:Connect on the cache and the user \(by its NotAction: all actions but iam:\*, s3:\*, sts:\* and 1 more; by its NotResource: all resources but arn:aws:s3:::x\), and a Deny wins/,
  );
  assert.equal(findings[0]?.fix, 'Add "elasticache:Connect" to its NotAction.');
  assert.match(findings[0]?.place?.text ?? "", /"NotAction"/);
  const elsewhere = { Effect: "Deny", Action: "*", NotResource: [arns.group.cache] };
  const { findings: found } = judged([text, JSON.stringify({ Statement: elsewhere })]);
  assert.equal(found[0]?.fix, `Add "${arns.group.user}" to its NotResource.`);
});

test("documents: the statement that is missing has what is missing, and with it the login is allowed", () => {
  const { cache, user } = arns.group;
  const lack = (Resource: unknown, Action = "elasticache:Connect") =>
    judged(JSON.stringify({ Statement: { Effect: "Allow", Action, Resource } })).add?.Resource ?? null;
  assert.deepEqual(lack(cache), [user]);
  assert.deepEqual(lack(user), [cache]);
  assert.deepEqual(lack([]), null);
  assert.deepEqual(lack("arn:aws:s3:::x"), [cache, user]);
  assert.deepEqual(lack("*", "s3:*"), [cache, user]);
  assert.deepEqual(lack([cache, user]), null);
  // A condition is in the way: one more statement would take it away.
  const Condition = { StringEquals: { "aws:SourceVpc": "vpc-1" } };
  const conditional = { Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition } };
  assert.equal(judged(JSON.stringify(conditional)).add, null);
});

const resource = fc.constantFrom(
  "*",
  arns.group.cache,
  arns.group.user,
  arns.group.user.replace("user:", "user/"),
  arns.serverless.cache,
  arns.group.cache.replace("us-east-1", "*"),
);
const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
  Action: fc.constantFrom("elasticache:Connect", "elasticache:*", "memorydb:Connect", "*"),
  Resource: fc.array(resource, { minLength: 1, maxLength: 3 }),
});

test("property: with the missing statement it is allowed, unless something denies it", () => {
  const policy = fc.record({
    Version: fc.constant("2012-10-17"),
    Statement: fc.array(statement, { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(policy, (policy) => {
      const { connect, add } = check(parsed(JSON.stringify(policy)));
      const denies = policy.Statement.some(({ Effect }) => Effect === "Deny");
      if (connect === "allowed") assert.equal(add, null);
      else if (!denies) assert.ok(add);
      if (!add || denies) return;
      const { document } = readPolicy({ ...policy, Statement: [...policy.Statement, add] });
      assert.ok(document);
      assert.equal(check(document).connect, "allowed");
    }),
  );
});

test("property: the spans of a list's items are those of its items", () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 5 }),
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(0, 1, 2),
      (items, other, indent) => {
        const text = JSON.stringify({ a: other, 'b"\\': { list: items }, list: other }, null, indent);
        const spans = itemSpans(text, ['b"\\', "list"]);
        assert.deepEqual(
          spans.map(({ from, to }) => JSON.parse(text.slice(from, to))),
          JSON.parse(JSON.stringify(items)),
        );
      },
    ),
  );
});

test("documents: a string of a million escapes has an end", () => {
  for (const unit of ['\\"', "\\u0041", "\\\\"]) {
    const text = `{"a":"${unit.repeat(1 << 18)}","Statement":["x"]}`;
    assert.deepEqual(itemSpans(text, ["Statement"]), [{ from: text.length - 5, to: text.length - 2 }]);
  }
});

test("property: a string is found where it stands, whatever is in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      const text = JSON.stringify({ a: [1, { b: value }] });
      const span = stringSpan(text, { from: 1, to: text.length - 1 }, value);
      assert.ok(span);
      assert.equal(JSON.parse(`"${text.slice(span.from, span.to)}"`), value);
    }),
  );
});

test("property: no text makes the judgement fail", () => {
  const odd = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.json().map(encodeURIComponent),
    fc.json().map((text) => JSON.stringify({ PolicyDocument: text })),
  );
  fc.assert(
    fc.property(odd, (text) => {
      const { connect, findings } = judged(text);
      assert.equal(connect, "denied");
      assert.ok(findings.length > 0);
    }),
    { numRuns: 500 },
  );
});
