import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countFindings } from "../../src/findings/finding.ts";
import { judge } from "../../src/judge/judge.ts";
import type { Key, Login, World } from "../../src/judge/world.ts";
import { kinds } from "../../src/target/kinds.ts";
import { lowerCase } from "../../src/target/names.ts";
import { readFields } from "../../src/token/fields.ts";
import { parseTokenText } from "../../src/token/parse.ts";
import type { SigningKeys } from "../../src/token/signing-key.ts";
import { parseTime } from "../../src/token/time.ts";
import { arns, policy } from "../policy/sample.ts";
import { runs } from "../runs.ts";
import { vectors } from "../vectors/vectors.ts";
import wrongSigners from "../vectors/wrong-signers.json" with { type: "json" };
import {
  at,
  hash,
  idsOf,
  judged,
  key,
  keyWith,
  login,
  signed,
  temporaryKey,
  userWith,
  world,
  worldWith,
} from "./sample.ts";

test("judge: a good login of each kind is accepted without a word", async () => {
  const serverless = worldWith({
    target: { kind: "serverless-cache" },
    keys: [{ ...key, policies: [policy({ Resource: [arns.serverless.cache, arns.serverless.user] })] }],
  });
  const memoryDb = worldWith({
    target: { kind: "memorydb-cluster", service: "memorydb" },
    keys: [
      {
        ...key,
        policies: [policy({ Action: "memorydb:Connect", Resource: [arns.memoryDb.cache, arns.memoryDb.user] })],
      },
    ],
  });
  for (const [token, where] of [
    [await signed(), world],
    [await signed({ key: temporaryKey }), world],
    [await signed({ resourceType: "ServerlessCache" }), serverless],
    [await signed({ service: "memorydb" }), memoryDb],
    [await signed(), worldWith({ groups: null, keys: [{ ...key, policies: null }] })],
  ] as const) {
    assert.deepEqual(judged(login(token), where), { accepted: true, findings: [] });
  }
});

/** One mistake each: what is sent, by whom, to which world, and the one error that it gives. */
const mistakes: readonly (readonly [name: string, id: string, () => Promise<Login>, World?])[] = [
  ["nothing", "empty", async () => login("")],
  ["a password", "not-a-token", async () => login("hunter2")],
  ["a line ending", "surrounding-whitespace", async () => login(`${await signed()}\n`)],
  ["quotes", "quoted", async () => login(`"${await signed()}"`)],
  ["a scheme", "scheme-prefix", async () => login(`https://${await signed()}`)],
  ["an AUTH line for a password", "unwrapped", async () => login(`AUTH my-user ${await signed()}`)],
  ["an environment line", "unwrapped", async () => login(`REDISCLI_AUTH=${await signed()}`)],
  ["JSON", "unwrapped", async () => login(JSON.stringify({ password: await signed() }))],
  ["a byte order mark", "surrounding-whitespace", async () => login(`\ufeff${await signed()}`)],
  [
    "UTF-16",
    "escaped",
    async () => login(Uint8Array.from([...(await signed())].flatMap((char) => [char.charCodeAt(0), 0]))),
  ],
  ["cut at the first &", "truncated", async () => login((await signed()).split("&")[0] ?? "")],
  ["cut inside the signature", "truncated", async () => login((await signed()).slice(0, -3))],
  ["another cache", "name-mismatch", async () => login(await signed({ name: "other" }))],
  [
    "an endpoint for the name",
    "name-is-endpoint",
    async () => login(await signed({ name: "master.my-cache.abc123.use1.cache.amazonaws.com" })),
  ],
  ["another region", "region-mismatch", async () => login(await signed({ region: "eu-west-1" }))],
  ["the other service", "service-wrong", async () => login(await signed({ service: "memorydb" }))],
  [
    "ResourceType for a group",
    "resource-type-unexpected",
    async () => login(await signed({ resourceType: "ServerlessCache" })),
  ],
  [
    "no ResourceType for serverless",
    "resource-type-missing",
    async () => login(await signed()),
    worldWith({ target: { kind: "serverless-cache" }, keys: [{ ...key, policies: null }] }),
  ],
  ["too long a life", "expires-too-long", async () => login(await signed({ expiresIn: 3600 }))],
  ["expired", "expired", async () => login(await signed({ at: new Date("2025-01-31T11:00:00Z") }))],
  ["from the future", "not-yet-valid", async () => login(await signed({ at: new Date("2025-01-31T13:00:00Z") }))],
  [
    "another secret",
    "signature-mismatch",
    async () => login(await signed({ key: { ...key, secretAccessKey: "another" } })),
  ],
  [
    "changed after signing",
    "signature-mismatch",
    async () => login((await signed()).replace("X-Amz-Expires=900", "X-Amz-Expires=899")),
  ],
  [
    "an unknown key",
    "access-key-mismatch",
    async () => login(await signed({ key: { ...key, accessKeyId: "AKIAI44QH8DHBEXAMPLE" } })),
  ],
  ["no key at all", "access-key-mismatch", async () => login(await signed()), worldWith({ keys: [] })],
  [
    "the secret for the key id",
    "access-key-malformed",
    async () => login(await signed({ key: { ...key, accessKeyId: key.secretAccessKey } })),
  ],
  ["no user", "auth-without-user", async () => login(await signed(), null)],
  [
    "another user than the token's",
    "user-mismatch",
    async () => login(await signed(), "default"),
    userWith({ id: "default", name: "default" }),
  ],
  ["a misspelt AUTH user", "user-mismatch", async () => login(await signed(), "my-usr")],
  ["the user in upper case", "user-invalid", async () => login(await signed({ user: "My-User" }), "My-User")],
  ["the AUTH user in upper case", "user-mismatch", async () => login(await signed(), "My-User")],
  ["a user that is not there", "user-not-found", async () => login(await signed({ user: "nobody" }), "nobody")],
  ["user and token the wrong way round", "user-not-found", async () => login("my-user", await signed())],
  [
    "a user with a password",
    "user-not-iam",
    async () => login(await signed()),
    userWith({ authentication: "password" }),
  ],
  ["that user's password", "user-not-iam", async () => login("hunter2"), userWith({ authentication: "password" })],
  ["a user that is off", "user-off", async () => login(await signed()), userWith({ enabled: false })],
  [
    "a name that is not the id",
    "user-id-name-differ",
    async () => login(await signed()),
    userWith({ id: "my-user-id", name: "my-user" }),
  ],
  [
    "the id where the name is another",
    "user-id-name-differ",
    async () => login(await signed()),
    userWith({ name: "my-name" }),
  ],
  [
    "in no group",
    "user-not-in-group",
    async () => login(await signed()),
    worldWith({ groups: [{ id: "g", users: ["default"], attached: true }] }),
  ],
  [
    "in another group",
    "user-not-in-group",
    async () => login(await signed()),
    worldWith({
      groups: [
        { id: "g", users: [], attached: true },
        { id: "h", users: ["my-user"], attached: false },
      ],
    }),
  ],
  [
    "in a group that is not attached",
    "group-not-attached",
    async () => login(await signed()),
    worldWith({ groups: [{ id: "g", users: ["my-user"], attached: false }] }),
  ],
  ["a key that is off", "access-key-inactive", async () => login(await signed()), keyWith({ active: false })],
  [
    "credentials that are over",
    "credentials-expired",
    async () => login(await signed()),
    keyWith({ expiresAt: new Date("2025-01-31T12:00:30Z") }),
  ],
  [
    "credentials and token that are over",
    "credentials-expired",
    async () => login(await signed({ at: new Date("2025-01-31T11:00:00Z") })),
    keyWith({ expiresAt: new Date("2025-01-31T11:05:00Z") }),
  ],
  [
    "an older session token",
    "session-token-mismatch",
    async () => login(await signed({ key: { ...temporaryKey, sessionToken: "FwoGZXIvYXdzEOlder" } })),
  ],
  [
    "a temporary key without its session token",
    "session-token-missing",
    async () => login(await signed({ key: { ...temporaryKey, sessionToken: null } })),
  ],
  [
    "a long-term key with one",
    "session-token-unexpected",
    async () => login(await signed({ key: { ...key, sessionToken: "left-over" } })),
  ],
  [
    "a session token that lost its escapes",
    "unencoded-value",
    async () => login((await signed({ key: temporaryKey })).replaceAll("%2B", "+")),
  ],
  [
    "a session token cut out of it",
    "session-token-missing",
    async () => login((await signed({ key: temporaryKey })).replace(/&X-Amz-Security-Token=[^&]*/, "")),
  ],
  [
    "a session token that was changed",
    "session-token-mismatch",
    async () => login((await signed({ key: temporaryKey })).replace("IQoJb3", "IQoJb4")),
  ],
  [
    "a policy for the cache alone",
    "policy-user-denied",
    async () => login(await signed()),
    keyWith({ policies: [policy({ Resource: arns.group.cache })] }),
  ],
  [
    "a policy for the user alone",
    "policy-cache-denied",
    async () => login(await signed()),
    keyWith({ policies: [policy({ Resource: arns.group.user })] }),
  ],
  [
    "a slash in the policy",
    "policy-user-denied",
    async () => login(await signed()),
    keyWith({ policies: [policy({ Resource: [arns.group.cache, arns.group.user.replace("user:", "user/")] })] }),
  ],
  ["no policy", "policy-action", async () => login(await signed()), keyWith({ policies: [] })],
  [
    "a policy that denies",
    "policy-explicit-deny",
    async () => login(await signed()),
    keyWith({ policies: [policy({}), policy({ Effect: "Deny" })] }),
  ],
  [
    "a condition that is not met",
    "policy-condition-unmet",
    async () => login(await signed()),
    keyWith({
      policies: [policy({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })],
      context: { "aws:SourceIp": "192.0.2.1" },
    }),
  ],
  [
    "a condition that cannot be met",
    "policy-condition-unsupported",
    async () => login(await signed()),
    keyWith({ policies: [policy({ Condition: { Bool: { "aws:SecureTransport": "true" } } })] }),
  ],
];

for (const [name, id, given, where] of mistakes) {
  test(`judge: ${name} gives one error, ${id}`, async () => {
    const { accepted, findings } = judged(await given(), where);
    assert.equal(accepted, false);
    assert.deepEqual(
      findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule),
      [id],
      JSON.stringify(findings, null, 1),
    );
    for (const { message, fix, docs } of findings) {
      assert.match(message, /\.$/s);
      assert.match(fix, /^[A-Z].*\.$/s);
      assert.equal(docs.startsWith("cacheauth rules "), true);
    }
  });
}

test("judge: two mistakes give two errors", async () => {
  const where = worldWith({
    groups: [{ id: "g", users: [], attached: false }],
    keys: [{ ...key, policies: [policy({ Resource: arns.group.cache })] }],
  });
  const token = await signed({ region: "eu-west-1" });
  assert.deepEqual(idsOf(judged(login(token), where)), [
    "region-mismatch",
    "user-not-in-group",
    "group-not-attached",
    "policy-user-denied",
  ]);
});

test("judge: warnings refuse nobody", async () => {
  for (const [given, where, id] of [
    [login(await signed({ expiresIn: 59 })), world, "expires-short"],
    [login(await signed({ at: new Date("2025-01-31T12:01:30Z") })), world, "not-yet-valid"],
    [login(await signed({ at: new Date("2025-01-31T11:45:45Z") })), world, "expiring-soon"],
    [login((await signed()).replaceAll("%2F", "/")), world, "unencoded-value"],
    [login((await signed()).replace("/?", "?")), world, "path-unexpected"],
    [login(await signed()), keyWith({ expiresAt: new Date("2025-01-31T12:05:00Z") }), "credentials-end-early"],
    [login(await signed()), keyWith({ policies: [policy({})] }), "policy-too-wide"],
    [
      login(await signed()),
      keyWith({ policies: [policy({ Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })], context: null }),
      "policy-condition-unknown",
    ],
    [
      login(await signed({ name: "my_cache" })),
      worldWith({ target: { name: "my_cache" }, keys: [{ ...key, policies: null }] }),
      "name-invalid",
    ],
  ] as const) {
    const { accepted, findings } = judged(given, where);
    assert.deepEqual({ accepted, ids: idsOf({ findings }) }, { accepted: true, ids: [`${id} (warning)`] });
  }
});

test("judge: for a serverless cache the time is known to conditions, and for a group it is not there", async () => {
  const Condition = {
    DateLessThan: { "aws:CurrentTime": "2025-02-01T00:00:00Z" },
    NumericGreaterThan: { "aws:EpochTime": "1" },
  };
  const Resource = [arns.serverless.cache, arns.serverless.user, arns.group.cache];
  const policies = [policy({ Resource, Condition })];
  const serverless = worldWith({ target: { kind: "serverless-cache" }, keys: [{ ...key, policies }] });
  const token = login(await signed({ resourceType: "ServerlessCache" }));
  assert.equal(judged(token, serverless).accepted, true);
  const later = {
    ...key,
    policies: [policy({ Resource, Condition: { DateLessThan: { "aws:CurrentTime": "2025-01-31T12:00:00Z" } } })],
  };
  assert.deepEqual(idsOf(judged(token, { ...serverless, keys: [later] })), ["policy-condition-unmet"]);
  assert.deepEqual(idsOf(judged(login(await signed()), keyWith({ policies }))), ["policy-condition-unsupported"]);
});

test("judge: where a login came from is what conditions on addresses see, unless the key tells another", async () => {
  const Condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
  const policies = [policy({ Resource: [arns.group.cache, arns.group.user], Condition })];
  const from = async (address: string | null) => ({ ...login(await signed()), address });
  assert.equal(judged(await from("10.1.2.3"), keyWith({ policies })).accepted, true);
  assert.match(
    judged(await from("127.0.0.1"), keyWith({ policies })).findings[0]?.message ?? "",
    /aws:SourceIp, which is 127\.0\.0\.1 here\.$/,
  );
  assert.deepEqual(idsOf(judged(await from(null), keyWith({ policies }))), ["policy-condition-unmet"]);
  const told = keyWith({ policies, context: { "aws:SourceIp": "10.0.0.7" } });
  assert.equal(judged(await from("127.0.0.1"), told).accepted, true);
});

test("judge: the account of the policies' ARNs is the cache's, else the key's", async () => {
  const of = (account: string) => [
    policy({ Resource: [arns.group.cache, arns.group.user].map((arn) => arn.replace("123456789012", account)) }),
  ];
  // A key id that tells its account: 609629065308.
  const telling = { ...key, accessKeyId: "AKIAY34FZKBOKMUTVV7A" };
  const token = login(await signed({ key: telling }));
  const where = (policies: ReturnType<typeof of>, accountId: string | null) =>
    worldWith({ target: { accountId }, keys: [{ ...telling, policies }] });
  assert.equal(judged(token, where(of("609629065308"), null)).accepted, true);
  assert.equal(judged(token, where(of("123456789012"), null)).accepted, false);
  assert.equal(judged(token, where(of("123456789012"), "123456789012")).accepted, true);
});

/** The world that a token was made for, as far as it tells. */
function worldOf(token: string, keys: Pick<Key, "accessKeyId" | "secretAccessKey" | "sessionToken">): World {
  const fields = readFields(parseTokenText(token));
  const user = fields.parameters.User?.value ?? "";
  const kind = fields.kind ?? "replication-group";
  return {
    target: {
      kind,
      service: kinds[kind].service,
      name: lowerCase(fields.name),
      region: fields.credential?.region ?? "",
      endpoint: null,
      accountId: null,
    },
    users: [{ id: user, name: user, authentication: "iam", enabled: true }],
    groups: null,
    keys: [{ ...key, ...keys, policies: null }],
  };
}

test("judge: the tokens of independent signers are accepted", () => {
  assert.ok(vectors.length > 20);
  for (const { id, token, credentials, user, at: when } of vectors) {
    const judgement = judged(login(token, user), worldOf(token, credentials), parseTime(when));
    assert.equal(judgement.accepted, true, `${id} ${idsOf(judgement)}`);
  }
});

test("judge: the tokens of wrong signers are refused, and what shows in the text is told once", () => {
  for (const { token, variant, note, ...keys } of wrongSigners.rows) {
    const where = worldOf(token, keys);
    const judgement = judged(login(token, where.users[0]?.name ?? ""), where, new Date("2025-06-15T09:08:30Z"));
    assert.equal(judgement.accepted, false, note);
    const errors = judgement.findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
    const inText = errors.filter((id) => id !== "signature-mismatch");
    assert.ok(errors.length > 0 && (inText.length <= 1 || variant.includes("+")), `${variant} ${note}: ${errors}`);
  }
});

test("judge: signing keys that are kept, and no search, change no verdict", async () => {
  const keys: SigningKeys = new Map();
  for (const [, , given, where = world] of mistakes) {
    const [once, again] = [
      judge(await given(), where, at, hash, { keys }),
      judge(await given(), where, at, hash, { keys, search: false }),
    ];
    assert.equal(again.accepted, once.accepted);
    assert.deepEqual(idsOf(again), idsOf(once));
  }
  assert.equal(judge(login(await signed()), world, at, hash, { keys, search: false }).accepted, true);
  assert.ok(keys.size > 0 && keys.size < 100);
});

test("judge: with a search the mistake of the signer is named, without one it is not", async () => {
  const token = (await signed({ expiresIn: 600 })).replace("X-Amz-Expires=600", "X-Amz-Expires=900");
  const message = (search: boolean) => judge(login(token), world, at, hash, { search }).findings[0]?.message ?? "";
  assert.match(message(true), /600/);
  assert.equal(
    message(false),
    "The signature does not match: another secret key signed, or the token was changed afterwards.",
  );
});

/** The good token with one change somewhere, which a wire or a person may make. */
const changed = (token: string) =>
  fc
    .tuple(fc.nat(token.length), fc.constantFrom("", "a", "&", "%", "=", " ", "A", "\u0000"), fc.nat(3))
    .map(([place, put, cut]) => `${token.slice(0, place)}${put}${token.slice(place + cut)}`);

test("judge: a token that was changed anywhere is refused with at least one error, or reads the same", async () => {
  const token = await signed({ key: temporaryKey });
  const plain = new Set(decodeURIComponent(token).split(/[?&]/));
  fc.assert(
    fc.property(changed(token), (text) => {
      const { accepted, findings } = judge(login(text), world, at, hash, { search: false });
      assert.equal(accepted, countFindings(findings).error === 0);
      if (!accepted) return;
      // Escapes and the / before the ? may be written in another way.
      const same = decodeURIComponent(text)
        .replace(/^my-cache\?/, "my-cache/?")
        .split(/[?&]/)
        .filter((part) => part !== "");
      assert.deepEqual(new Set(same), plain);
    }),
    runs(500),
  );
});

test("judge: whatever is sent, it never throws, and accepts nothing", () => {
  const user = fc.oneof(fc.constant(null), fc.constantFrom("my-user", "default", ""), fc.string({ unit: "binary" }));
  const piece = fc.constantFrom(
    "my-cache/?",
    "Action=connect",
    "&",
    "User=my-user",
    "X-Amz-Credential=AKIAIOSFODNN7EXAMPLE/20250131/us-east-1/elasticache/aws4_request",
    "X-Amz-Date=20250131T120000Z",
    "X-Amz-Signature=",
    "0".repeat(64),
    "%",
    "\n",
    "AUTH ",
    '"',
    "{",
    "https://",
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => new TextEncoder().encode(pieces.join("")));
  fc.assert(
    fc.property(user, fc.oneof(text, fc.uint8Array({ maxLength: 200 })), (name, token) => {
      const { accepted, findings } = judge(login(token, name), world, at, hash, { search: false });
      assert.equal(accepted, false);
      assert.ok(countFindings(findings).error > 0);
    }),
    runs(500),
  );
});

test("judge: no finding holds a secret", async () => {
  const secrets = [key.secretAccessKey, temporaryKey.secretAccessKey, temporaryKey.sessionToken ?? ""];
  for (const [, , given, where] of mistakes) {
    const sent = await given();
    const text = new TextDecoder().decode(sent.token);
    const signature = /X-Amz-Signature=([0-9a-f]{32})/.exec(`${text} ${sent.user}`)?.[1];
    const told = JSON.stringify(judged(sent, where));
    for (const secret of signature === undefined ? secrets : [...secrets, signature]) {
      assert.ok(!told.includes(secret) && !told.includes(encodeURIComponent(secret)), told);
    }
  }
});

test("judge: what AWS keeps is a word of a command, or is not in it", async () => {
  const user = { id: "my-user", name: "my-user", authentication: "iam", enabled: true } as const;
  for (const [id, word] of [
    ["a b", "'a b'"],
    ["$(touch x)", "'$(touch x)'"],
    ["a`b", "GROUP"],
    ["a\u001bb", "GROUP"],
  ] as const) {
    const where = worldWith({ users: [user], groups: [{ id, users: [], attached: true }] });
    const [finding] = judged(login(await signed()), where).findings;
    assert.ok(finding?.fix.includes(`--user-group-id ${word} --user-ids-to-add my-user`), finding?.fix);
  }
});
