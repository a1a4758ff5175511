import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConnectTarget } from "../../src/policy/connect-arns.ts";
import { connectArns } from "../../src/policy/connect-arns.ts";
import { arns, check, idsOf, parsed, policy, type StatementText, targets, variable } from "./sample.ts";

const elastiCache = "arn:aws:elasticache:us-east-1:123456789012:";
const both = [arns.group.cache, arns.group.user];

test("connect: the two ARNs of each kind, in each partition", () => {
  // The examples of AWS's two pages on authenticating with IAM.
  assert.deepEqual(connectArns(targets.group, "my-user", "123456789012"), arns.group);
  assert.deepEqual(connectArns(targets.serverless, "my-user", "123456789012"), arns.serverless);
  assert.deepEqual(connectArns(targets.memoryDb, "my-user", "123456789012"), arns.memoryDb);
  const partition = (region: string) => connectArns({ ...targets.group, region }, "u", "1").cache.split(":")[1];
  assert.equal(partition("cn-north-1"), "aws-cn");
  assert.equal(partition("us-gov-west-1"), "aws-us-gov");
});

test("connect: allowed on both ARNs, in one statement, two, or two policies", () => {
  for (const documents of [
    [policy({ Resource: both })],
    [policy({ Resource: arns.group.cache }, { Resource: arns.group.user })],
    [policy({ Resource: arns.group.cache }), policy({ Resource: arns.group.user })],
    [policy({ Resource: `${elastiCache}replicationgroup:my-*` }, { Resource: `${elastiCache}user:*` })],
    [policy({ Action: "elasticache:*", Resource: both })],
    [policy({ NotAction: "iam:*", NotResource: `${elastiCache}cluster:*` }, { Effect: "Deny", Action: "s3:*" })],
  ]) {
    const { connect, findings } = check(documents);
    assert.equal(connect, "allowed");
    assert.deepEqual(
      findings.filter(({ severity }) => severity === "error"),
      [],
    );
  }
  assert.deepEqual(idsOf(check(policy({ Resource: both }))), []);
  for (const [target, names] of [
    [targets.serverless, arns.serverless],
    [targets.memoryDb, arns.memoryDb],
  ] as const) {
    const Action = target.kind === "memorydb-cluster" ? "memorydb:Connect" : "elasticache:Connect";
    assert.deepEqual(idsOf(check(policy({ Action, Resource: [names.cache, names.user] }), { target })), []);
  }
});

test("connect: with one of the two ARNs the other is told, with the statement to add it to", () => {
  const onlyCache = check([policy({}), policy({ Sid: "A", Resource: arns.group.cache })].slice(1));
  assert.deepEqual(idsOf(onlyCache), ["policy-user-denied"]);
  const [finding] = onlyCache.findings;
  assert.equal(
    finding?.message,
    `elasticache:Connect is not allowed on the user, ${arns.group.user}. Only the cache is allowed, and connecting needs both.`,
  );
  assert.equal(finding?.fix, `Add "${arns.group.user}" to the Resource of statement 1 (A).`);
  assert.deepEqual(idsOf(check(policy({ Resource: arns.group.user }))), ["policy-cache-denied"]);
  assert.deepEqual(idsOf(check(policy({ Resource: "arn:aws:elasticache:us-east-1:123456789012:snapshot:x" }))), [
    "policy-cache-denied",
    "policy-user-denied",
  ]);
});

/** A resource in the place of one of the two, and what it is told to differ in. */
const nearMisses: readonly (readonly [
  kind: keyof typeof targets,
  role: "cache" | "user",
  pattern: string,
  differs: RegExp,
])[] = [
  [
    "group",
    "user",
    `${elastiCache}user/my-user`,
    /which has a slash behind the type, where ElastiCache has a colon\.$/,
  ],
  ["group", "cache", `${elastiCache}replicationgroup/my-cache`, /which has a slash behind the type/],
  [
    "group",
    "cache",
    `${elastiCache}cluster:my-cache`,
    /says "cluster" where an ElastiCache replication group has replicationgroup\.$/,
  ],
  ["group", "cache", `${elastiCache}cluster/my-cache`, /which says "cluster" where .*, and has a slash/],
  ["group", "cache", `${elastiCache}replicationGroup:my-cache`, /says "replicationGroup" where/],
  ["group", "cache", arns.serverless.cache, /says "serverlesscache" where/],
  [
    "serverless",
    "cache",
    arns.group.cache,
    /says "replicationgroup" where an ElastiCache serverless cache has serverlesscache\.$/,
  ],
  ["group", "user", `${elastiCache}usergroup:my-user`, /names the user's group, where the user itself is asked for\.$/],
  [
    "group",
    "user",
    arns.group.user.replace("us-east-1", "eu-west-1"),
    /is of the region "eu-west-1", not us-east-1\.$/,
  ],
  ["group", "user", arns.group.user.replace("us-east-1", ""), /is of no region, not us-east-1\.$/],
  [
    "group",
    "user",
    arns.group.user.replace("123456789012", "210987654321"),
    /is of the account "210987654321", not 123456789012\.$/,
  ],
  ["group", "user", arns.group.user.replace("123456789012", ""), /is of no account/],
  ["group", "user", arns.group.user.replace("aws:", "aws-cn:"), /is of the partition "aws-cn", not aws\.$/],
  ["group", "cache", `${elastiCache}replicationgroup:My-Cache`, /has the name in another case, "My-Cache"\.$/],
  ["group", "user", `${arns.group.user} `, /has a space at its end, "my-user "\.$/],
  ["group", "cache", `${elastiCache}replicationgroup: my-cache\t`, /has white space at its start and its end/],
  ["group", "cache", `${elastiCache}replicationgroup:other`, /is for "other"\.$/],
  [
    "group",
    "cache",
    `${elastiCache}replicationgroup:master.my-cache.abc123.use1.cache.amazonaws.com`,
    /has an endpoint where the name belongs/,
  ],
  ["group", "user", `${elastiCache}my-user`, /has no user: before the name\.$/],
  ["group", "user", "arn:aws:elasticache:user:my-user", /is no ARN/],
  [
    "memoryDb",
    "user",
    arns.memoryDb.user.replace("user/", "user:"),
    /has a colon behind the type, where MemoryDB has a slash\.$/,
  ],
  ["memoryDb", "cache", arns.memoryDb.cache.replace("cluster/", "cluster:"), /has a colon behind the type/],
  [
    "memoryDb",
    "user",
    arns.memoryDb.user.replace("memorydb", "elasticache"),
    /is of the service "elasticache", not memorydb\.$/,
  ],
  ["memoryDb", "user", arns.memoryDb.user.replace("user/", "acl/"), /names the user's ACL/],
];

for (const [kind, role, pattern, differs] of nearMisses) {
  test(`connect: ${kind}: ${pattern} is nearly the ${role}'s ARN`, () => {
    const other = role === "cache" ? "user" : "cache";
    const Action = kind === "memoryDb" ? "memorydb:Connect" : "elasticache:Connect";
    const document = policy(
      { Sid: "Other", Action, Resource: arns[kind][other] },
      { Sid: "Near", Action, Resource: pattern },
    );
    const { connect, findings } = check(document, { target: targets[kind] });
    assert.equal(connect, "denied");
    assert.deepEqual(idsOf({ findings }), [`policy-${role}-denied`]);
    const { message = "", fix = "" } = findings[0] ?? {};
    assert.ok(message.includes(`Statement 2 (Near) allows it on ${pattern}, which `), message);
    assert.match(message, differs);
    assert.ok(message.includes(arns[kind][role]) && fix.includes(`"${arns[kind][role]}"`), fix);
    // Once the ARN that is printed stands there, it is allowed.
    const mended = policy({ Action, Resource: arns[kind][other] }, { Action, Resource: [pattern, arns[kind][role]] });
    assert.equal(check(mended, { target: targets[kind] }).connect, "allowed");
  });
}

test("connect: a variable that is filled in with another name, or not at all, is told as one", () => {
  const Resource = [arns.group.cache, `${elastiCache}user:${variable("aws:username")}`];
  const { findings } = check(policy({ Resource }), { context: { "aws:username": "other" } });
  assert.match(findings[0]?.message ?? "", /which has a variable that is not my-user here, \$\{aws:username\}\.$/);
  assert.equal(findings[0]?.fix, `Add "${arns.group.user}" to the Resource of statement 1.`);
  const old = parsed(JSON.stringify({ Statement: { Effect: "Allow", Action: "elasticache:Connect", Resource } }));
  const { findings: unfilled } = check(old, { context: { "aws:username": "my-user" } });
  assert.match(unfilled[0]?.message ?? "", /which has \$\{aws:username\}, which only a policy with "Version"/);
});

test("connect: another's ARN is left, and the right one goes beside it", () => {
  const { findings } = check(policy({ Resource: [arns.group.cache, `${elastiCache}user:other`] }));
  assert.equal(findings[0]?.fix, `Add "${arns.group.user}" to the Resource of statement 1.`);
  const { findings: mended } = check(policy({ Resource: [arns.group.cache, `${elastiCache}user/my-user`] }));
  assert.equal(mended[0]?.fix, `Write "${arns.group.user}" there.`);
});

test("connect: the nearest of several is told", () => {
  const Resource = [
    `${elastiCache}user:other`,
    `${elastiCache}user/my-user`,
    "arn:aws:elasticache:eu-west-1:210987654321:user/my-user",
  ];
  const { findings } = check(policy({ Resource: arns.group.cache }, { Resource }));
  assert.match(findings[0]?.message ?? "", /allows it on arn:aws:elasticache:us-east-1:123456789012:user\/my-user,/);
});

test("connect: without the action nothing else matters, and a like one is named", () => {
  const { findings } = check(policy({ Sid: "Db", Action: "memorydb:Connect", Resource: "*" }));
  assert.deepEqual(idsOf({ findings }), ["policy-action"]);
  assert.equal(
    findings[0]?.message,
    "No statement allows elasticache:Connect. Statement 1 (Db) allows memorydb:Connect.",
  );
  assert.match(check([]).findings[0]?.message ?? "", /There is no policy\.$/);
  assert.deepEqual(idsOf(check(policy({ Effect: "Deny" }))), ["policy-action"]);
});

test("connect: a misspelt action is told with its statement, and shown", () => {
  for (const misspelt of ["memorydb:Conect", "memorydb:Connects", "memorydbb:connect", "memorydb:Connect "]) {
    const text = JSON.stringify({
      Statement: [
        { Effect: "Deny", Action: "memorydb:Conect", Resource: "*" },
        { Effect: "Allow", NotAction: ["memorydb:Conect", "memorydb:*"], Resource: "*" },
        { Sid: "Db", Effect: "Allow", Action: ["memorydb:Describe*", misspelt], Resource: "*" },
      ],
    });
    const [finding, ...others] = check(parsed(text), { target: targets.memoryDb }).findings;
    assert.deepEqual(others, []);
    assert.equal(
      finding?.message,
      `No statement allows memorydb:Connect. Statement 3 (Db) allows "${misspelt}", a misspelling.`,
    );
    assert.equal(finding?.fix, 'Write "memorydb:Connect" there.');
    const { text: shown = "", from = 0, to = 0 } = finding?.place ?? {};
    assert.equal(shown.slice(from, to), misspelt);
  }
});

test("connect: a Deny is told once for both ARNs, by its statement and policy", () => {
  const allow = parsed(JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: both } }), "allow-all");
  const deny = parsed(
    JSON.stringify({ Statement: { Sid: "No", Effect: "Deny", Action: "elasticache:*", Resource: "*" } }),
    "guard",
  );
  const { connect, findings } = check([allow, deny]);
  assert.equal(connect, "denied");
  assert.deepEqual(idsOf({ findings }), ["policy-explicit-deny"]);
  assert.match(
    findings[0]?.message ?? "",
    /^Statement 1 \(No\) of guard denies elasticache:Connect on the cache and the user,/,
  );
  const one = check(policy({ Resource: arns.group.cache }, { Effect: "Deny", Resource: arns.group.cache }));
  assert.deepEqual(idsOf(one), ["policy-explicit-deny", "policy-user-denied"]);
});

test("connect: a Deny with a condition is told with what the request has", () => {
  const guard = (Condition: object) => policy({ Resource: both }, { Effect: "Deny", Action: "*", Condition });
  const [address] = check(guard({ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }), {
    context: { "aws:SourceIp": "192.0.2.1" },
  }).findings;
  assert.match(
    address?.message ?? "",
    /denies .* \(its condition holds: NotIpAddress on aws:SourceIp, which is 192\.0\.2\.1 here\), and/,
  );
  assert.match(address?.fix ?? "", /out of what it denies, or spare this login in its condition\.$/);
  // The commonest guard of all: the key is not there, and then it is unequal to everything.
  const [region] = check(guard({ StringNotEquals: { "aws:RequestedRegion": "us-east-1" } })).findings;
  assert.match(region?.message ?? "", /aws:RequestedRegion, which the request does not have\)/);
});

test("connect: a condition that does not hold is told once, with what the request has", () => {
  const document = policy({ Resource: both, Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } });
  const { connect, findings } = check(document, { context: { "aws:SourceIp": "10.0.0.7" } });
  assert.equal(connect, "denied");
  assert.deepEqual(idsOf({ findings }), ["policy-condition-unmet"]);
  assert.match(findings[0]?.message ?? "", /IpAddress on aws:SourceIp, which is 10\.0\.0\.7 here\.$/);
  const absent = check(document, { otherwise: "absent" });
  assert.match(absent.findings[0]?.message ?? "", /on aws:SourceIp, which the request does not have\.$/);
});

test("connect: the keys that AWS documents for each kind, and no others", () => {
  const of = (key: string, target: ConnectTarget) => {
    const isMemoryDb = target.kind === "memorydb-cluster";
    const names = isMemoryDb ? arns.memoryDb : target.kind === "serverless-cache" ? arns.serverless : arns.group;
    const Action = isMemoryDb ? "memorydb:Connect" : "elasticache:Connect";
    const Condition = { StringEquals: { [key]: "x" } };
    return idsOf(
      check(policy({ Action, Resource: [names.cache, names.user], Condition }), { target, context: { [key]: "x" } }),
    );
  };
  const unsupported = ["policy-condition-unsupported"];
  const doubtful = ["policy-condition-unsupported (warning)"];
  assert.deepEqual(of("aws:SourceIp", targets.group), []);
  assert.deepEqual(of("AWS:sourceip", targets.group), []);
  assert.deepEqual(of("aws:ResourceTag/team", targets.group), []);
  assert.deepEqual(of("aws:SourceVpc", targets.group), unsupported);
  assert.deepEqual(of("aws:CurrentTime", targets.group), unsupported);
  assert.deepEqual(of("aws:RequestedRegion", targets.group), unsupported);
  assert.deepEqual(of("elasticache:ConnectionType", targets.group), unsupported);
  assert.deepEqual(of("aws:username", targets.group), doubtful);
  assert.deepEqual(of("aws:PrincipalTag/team", targets.group), doubtful);
  for (const key of ["aws:VpcSourceIp", "aws:SourceVpc", "aws:SourceVpce", "aws:ResourceTag/a"]) {
    assert.deepEqual(of(key, targets.serverless), [], key);
  }
  assert.deepEqual(of("aws:SourceIp", targets.serverless), unsupported);
  assert.deepEqual(of("aws:ResourceTag/team", targets.memoryDb), []);
  assert.deepEqual(of("aws:SourceIp", targets.memoryDb), doubtful);
  assert.deepEqual(of("memorydb:TLSEnabled", targets.memoryDb), unsupported);
});

test("connect: where another key does the same, that one comes first; where none does, what is without", () => {
  const fixes = (key: string, target: ConnectTarget) => {
    const { cache, user } = target.kind === "serverless-cache" ? arns.serverless : arns.group;
    const limited = policy({ Resource: [cache, user], Condition: { IpAddress: { [key]: "10.0.0.0/8" } } });
    const denied = policy(
      { Resource: [cache, user] },
      { Effect: "Deny", Resource: [cache, user], Condition: { NotIpAddress: { [key]: "10.0.0.0/8" } } },
    );
    return [limited, denied].map((one) => {
      const told = check(one, { target }).findings.find(({ rule }) => rule === "policy-condition-unsupported");
      return told?.fix.replace(/; the keys that are there: .*/, "");
    });
  };
  const instead = (key: string, what: string) =>
    Array(2).fill(`Write ${key} in its place, which says of an ElastiCache ${what} where somebody connects from`);
  assert.deepEqual(fixes("aws:SourceIp", targets.serverless), instead("aws:VpcSourceIp", "serverless cache"));
  assert.deepEqual(fixes("AWS:vpcsourceip", targets.group), instead("aws:SourceIp", "replication group"));
  const without = Array(2).fill("Take that condition out, and restrict the resources instead");
  assert.deepEqual(fixes("aws:SourceVpc", targets.group), without);
});

test("connect: an unsupported key that keeps nobody out is a warning, and says what comes of it", () => {
  const statement = (Condition: object): StatementText => ({ Effect: "Deny", Resource: both, Condition });
  const never = check(policy({ Resource: both }, statement({ StringEquals: { "aws:SourceVpc": "vpc-1" } })));
  assert.equal(never.connect, "allowed");
  assert.deepEqual(idsOf(never), ["policy-condition-unsupported (warning)"]);
  assert.match(never.findings[0]?.message ?? "", /never holds\.$/);
  const always = check(policy({ Resource: both }, statement({ StringNotEquals: { "aws:SourceVpc": "vpc-1" } })));
  assert.deepEqual(idsOf(always), ["policy-explicit-deny", "policy-condition-unsupported (warning)"]);
  assert.match(always.findings[1]?.message ?? "", /always holds\.$/);
});

test("connect: what depends on an unknown key is told with it, once", () => {
  const Condition = { StringEquals: { "aws:PrincipalTag/team": "blue" } };
  const { connect, findings } = check(policy({ Sid: "Team", Resource: both, Condition }));
  assert.equal(connect, "depends");
  assert.deepEqual(idsOf({ findings }), ["policy-condition-unknown (warning)"]);
  assert.match(
    findings[0]?.message ?? "",
    /on the cache and the user depends on aws:PrincipalTag\/team, .*: statement 1 \(Team\)\.$/,
  );
  assert.equal(check(policy({ Resource: arns.group.cache, Condition })).connect, "denied");
});

test("connect: what to compare is told for each key that it depends on", () => {
  const fixOf = (Condition: object) => {
    const deny = policy({ Resource: both }, { Effect: "Deny", Resource: `${elastiCache}user:my-*`, Condition });
    const { connect, dependsOn, findings } = check(deny);
    assert.deepEqual([connect, findings.length], ["depends", 1]);
    return [dependsOn.join(), findings[0]?.fix];
  };
  assert.deepEqual(fixOf({ Bool: { "aws:MultiFactorAuthPresent": "false" } }), [
    "aws:MultiFactorAuthPresent",
    "Compare it with what AWS has: whether whoever signs used MFA.",
  ]);
  assert.deepEqual(fixOf({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" }, StringEquals: { "aws:ResourceTag/a": "b" } }), [
    "aws:SourceIp,aws:ResourceTag/a",
    "Compare it with what AWS has: the address of the client, the tags of the cache and of the user.",
  ]);
});

/** Of MemoryDB AWS does not say whether the address is there: what it is decides only where its lack decides the same. */
test("connect: a key that may not be there decides nothing by its value alone", () => {
  const allow = { Action: "memorydb:Connect", Resource: [arns.memoryDb.cache, arns.memoryDb.user] };
  const network = { "aws:SourceIp": "10.0.0.0/8" };
  const judged = (statements: readonly StatementText[], address?: string) => {
    const context = address === undefined ? {} : { "aws:SourceIp": address };
    const found = check(policy(...statements), { target: targets.memoryDb, context });
    return [found.connect, ...idsOf(found)];
  };
  const doubtful = "policy-condition-unsupported (warning)";
  const only = [{ ...allow, Condition: { IpAddress: network } }];
  assert.deepEqual(judged(only), ["depends", doubtful]);
  assert.deepEqual(judged(only, "10.1.2.3"), ["depends", doubtful]);
  assert.deepEqual(judged(only, "192.0.2.1"), ["denied", "policy-condition-unmet"]);
  const but = [allow, { Effect: "Deny", Action: "*", Condition: { NotIpAddress: network } } as const];
  assert.deepEqual(judged(but, "10.1.2.3"), ["depends", doubtful]);
  assert.deepEqual(judged(but, "192.0.2.1"), ["denied", "policy-explicit-deny", doubtful]);
  const team = { StringEquals: { "aws:PrincipalTag/team": "blue" }, IpAddress: network };
  const both = check(policy({ ...allow, Condition: team }), { target: targets.memoryDb });
  assert.deepEqual(idsOf(both), ["policy-condition-unknown (warning)", doubtful]);
  assert.match(both.findings[0]?.message ?? "", /depends on aws:PrincipalTag\/team, which/);
  assert.match(both.findings[1]?.message ?? "", /asks for aws:SourceIp; AWS does not document/);
  // Filled in, it is as little known.
  const filled = { ...allow, Resource: [arns.memoryDb.cache, `${arns.memoryDb.user}${variable("aws:SourceIp, ''")}`] };
  assert.equal(judged([filled], "10.1.2.3")[0], "depends");
});

test("connect: any user at any cache is too wide; with a condition, or one of the two named, it is not", () => {
  const wide = ["policy-too-wide (warning)"];
  assert.deepEqual(idsOf(check(policy({}))), wide);
  assert.deepEqual(idsOf(check(policy({ Resource: "arn:aws:elasticache:*" }))), wide);
  assert.deepEqual(
    idsOf(check(policy({ Resource: `${elastiCache}user:*` }, { Resource: `${elastiCache}replicationgroup:*` }))),
    wide,
  );
  assert.deepEqual(idsOf(check(policy({ Resource: `${elastiCache}user:*` }, { Resource: arns.group.cache }))), []);
  const Condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
  assert.deepEqual(idsOf(check(policy({ Condition }), { context: { "aws:SourceIp": "10.0.0.7" } })), []);
  const but = { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
  assert.deepEqual(idsOf(check(policy({ Condition: but }), { context: { "aws:SourceIp": "192.0.2.1" } })), []);
});

test("connect: a resource that matches nothing is a warning where all is allowed, an error where it is not", () => {
  const odd = `${elastiCache}user/other`;
  assert.deepEqual(idsOf(check(policy({ Resource: [...both, odd] }))), ["policy-arn-shape (warning)"]);
  assert.deepEqual(idsOf(check(policy({ Resource: [arns.group.cache, `${elastiCache}replicationgroup/other`] }))), [
    "policy-user-denied",
    "policy-arn-shape",
  ]);
  // With other actions too, a cluster and a user group have their use.
  assert.deepEqual(
    idsOf(check(policy({ Action: "elasticache:*", Resource: [...both, `${elastiCache}cluster:x`] }))),
    [],
  );
  assert.deepEqual(idsOf(check(policy({ Resource: [...both, `${elastiCache}cluster:x`] }))), [
    "policy-arn-shape (warning)",
  ]);
  assert.deepEqual(idsOf(check(policy({ Resource: [...both, "arn:aws:elasticache:my-user"] }))), [
    "policy-arn-shape (warning)",
  ]);
});

test("connect: where the account is not known, one that the policy names is taken for it", () => {
  assert.equal(check(policy({ Resource: both }), { accountId: null }).connect, "allowed");
  const other = both.map((arn) => arn.replace("123456789012", "210987654321"));
  assert.equal(check(policy({ Resource: [...both.slice(1), ...other] }), { accountId: null }).connect, "allowed");
  const none = check(policy({ Resource: "arn:aws:elasticache:us-east-1:*:user:my-user" }), { accountId: null });
  assert.deepEqual(idsOf(none), ["policy-cache-denied"]);
  assert.equal(none.arns.cache, "arn:aws:elasticache:us-east-1:ACCOUNT:replicationgroup:my-cache");
});

test("connect: every finding says what is there and one thing to do, in sentences", () => {
  for (const [kind, , pattern] of nearMisses) {
    for (const { message, fix } of check(policy({ Resource: pattern }), { target: targets[kind] }).findings) {
      assert.match(message, /^[A-Z].*\.$|^(elasticache|memorydb):Connect .*\.$/s);
      assert.match(fix, /^[A-Z].*\.$/s);
      assert.doesNotMatch(message, / a [AEIOU]|undefined|null/);
    }
  }
});
