/** Why a token was refused, by tokens that are broken in one way each: the certain causes first, and nothing of a secret. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../src/findings/finding.ts";
import type { FindingId } from "../../src/findings/ids.ts";
import { nothingExpected } from "../../src/lint/expected.ts";
import { lint } from "../../src/lint/lint.ts";
import type { Expected } from "../../src/lint/rule.ts";
import { nodeHash } from "../../src/node-runtime.ts";
import { explainWrongpass, type Refused } from "../../src/probe/diagnose/wrongpass.ts";
import type { FoundCredentials } from "../../src/probe/request.ts";
import { sign } from "../../src/token/sign.ts";
import wrongSigners from "../vectors/wrong-signers.json" with { type: "json" };
import { credentials } from "./attempt.ts";

const at = new Date("2025-06-15T09:08:07Z");
const now = new Date("2025-06-15T09:10:00Z");
const words = "WRONGPASS invalid username-password pair or user is disabled.";
const group: Expected = {
  ...nothingExpected,
  service: "elasticache",
  kind: "replication-group",
  name: "my-cache",
  region: "us-east-1",
  endpoint: { host: "master.my-cache.abc123.use1.cache.amazonaws.com", port: 6379 },
  user: "my-user",
};
const session: FoundCredentials = {
  ...credentials,
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  sessionToken: "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJIMEYCIQDx+abc/def==",
};

interface Options extends Partial<Refused> {
  readonly expected?: Partial<Expected>;
  readonly when?: Date;
}

async function explained(token: string, { expected = {}, when = now, ...more }: Options = {}) {
  const linted = lint({ bytes: new TextEncoder().encode(token), expected: { ...group, ...expected }, at: when });
  assert.ok(linted.isToken);
  const refused = {
    words,
    user: "my-user",
    linted,
    credentials,
    madeHere: false,
    openToAll: false,
    inClearText: false,
    ...more,
  };
  const told = explainWrongpass(refused, await nodeHash());
  assertNoSecret(told, token, more.credentials ?? credentials);
  return told;
}

function assertNoSecret(told: readonly Finding[], token: string, found: FoundCredentials): void {
  const text = JSON.stringify(told);
  const signature = /Signature=([0-9A-Fa-f]{8,})/.exec(token)?.[1] ?? "";
  for (const secret of [signature, found.secretAccessKey, found.sessionToken ?? ""])
    for (let start = 0; start + 8 <= secret.length; start += 1)
      assert.ok(!text.includes(secret.slice(start, start + 8)), secret.slice(start, start + 8));
}

/** Signed as it is, whatever that is. */
const made = async (signer: FoundCredentials = credentials, name = "my-cache") =>
  sign(
    {
      service: "elasticache",
      region: "us-east-1",
      name,
      user: "my-user",
      resourceType: null,
      credentials: signer,
      at,
      expiresIn: 900,
    },
    await nodeHash(),
  );
const rules = (told: readonly Finding[]) => told.map(({ rule }) => rule);
const onlyAws: readonly FindingId[] = [
  "policy-user-denied",
  "user-not-iam",
  "user-not-in-group",
  "group-not-attached",
  "credentials-expired",
  "engine-too-old",
  "clock-skew",
];

interface Row extends Options {
  readonly what: string;
  readonly change: (token: string) => string;
  /** The causes after `wrongpass`, those that only AWS tells left out. */
  readonly causes: readonly FindingId[];
  readonly says: RegExp;
  readonly signer?: FoundCredentials;
  /** The name that is signed, if not the cache's. */
  readonly name?: string;
  /** No cause is certain: what only AWS tells follows. */
  readonly uncertain?: boolean;
  /** The engine of such a cache is never too old. */
  readonly serverless?: boolean;
}

const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
const same = (token: string) => token;

const rows: readonly Row[] = [
  { what: "expired", change: same, when: later(60), causes: ["expired"], says: /45 min ago/ },
  { what: "dated ahead", change: same, when: later(-30), causes: ["not-yet-valid"], says: /30 min/ },
  {
    what: "for another region",
    change: same,
    expected: { region: "eu-west-1" },
    causes: ["region-mismatch"],
    says: /us-east-1.*eu-west-1|eu-west-1.*us-east-1/,
  },
  {
    what: "for another cache",
    change: same,
    expected: { name: "other" },
    causes: ["name-mismatch"],
    says: /my-cache.*other|other.*my-cache/,
  },
  { what: "for another user", change: same, expected: { user: "someone" }, causes: ["user-mismatch"], says: /someone/ },
  {
    what: "for the other service",
    change: same,
    expected: { service: "memorydb", kind: "memorydb-cluster", endpoint: null },
    causes: ["service-wrong"],
    says: /memorydb|MemoryDB/,
  },
  {
    what: "for a serverless cache, without ResourceType",
    change: same,
    expected: { kind: "serverless-cache" },
    causes: ["resource-type-missing"],
    says: /ResourceType/,
    uncertain: true,
    serverless: true,
  },
  {
    what: "with a parameter appended",
    change: (token) => `${token}&X-Amz-Meta=1`,
    causes: ["parameter-unexpected"],
    says: /X-Amz-Meta/,
  },
  {
    what: "with the endpoint for its name",
    change: same,
    name: "master.my-cache.abc123.use1.cache.amazonaws.com",
    causes: ["name-is-endpoint"],
    says: /my-cache/,
  },
  { what: "with a port", change: same, name: "my-cache:6379", causes: ["name-has-port"], says: /6379/ },
  {
    what: "with a name in upper case",
    // Signed in lower case, as some signers do.
    change: (token) => token.replace("my-cache", "My-Cache"),
    causes: ["name-not-lowercase", "signature-mismatch"],
    says: /lower case/,
  },
  {
    what: "with a line ending",
    change: (token) => `${token}\n`,
    causes: ["surrounding-whitespace"],
    says: /line ending/,
  },
  {
    what: "with its scheme",
    change: (token) => `https://${token}`,
    causes: ["scheme-prefix"],
    says: /https:\/\//,
    uncertain: true,
  },
  { what: "in quotes", change: (token) => `"${token}"`, causes: ["quoted"], says: /quotes/ },
  { what: "cut at the first &", change: (token) => token.replace(/&.*/, ""), causes: ["truncated"], says: /&/ },
  {
    what: "cut inside of the signature",
    change: (token) => token.slice(0, -20),
    causes: ["truncated"],
    says: /signature/,
  },
  {
    what: "with an expiry over 900",
    change: (token) => token.replace("Expires=900", "Expires=3600"),
    causes: ["expires-too-long", "signature-mismatch"],
    says: /3600/,
  },
  {
    what: "with a scope of another day",
    change: (token) => token.replace("%2F20250615%2F", "%2F20250614%2F"),
    causes: ["scope-date-mismatch", "signature-mismatch"],
    says: /2025/,
  },
  {
    what: "of a session, without its session token",
    change: (token) => token.replace(/&X-Amz-Security-Token=[^&]*/, ""),
    signer: session,
    causes: ["session-token-missing"],
    says: /ASIA/,
  },
  {
    what: "of a session, encoded twice",
    change: (token) => token.replace(/(Security-Token=)([^&]*)/, (_, name, value) => name + encodeURIComponent(value)),
    signer: session,
    causes: ["double-encoded"],
    says: /twice/,
  },
  {
    what: "of another secret key",
    change: same,
    signer: { ...credentials, secretAccessKey: "another+Secret/Key+With/Both+Kinds/EXAMP" },
    causes: ["signature-mismatch"],
    says: /another secret key signed/,
  },
];

for (const {
  what,
  change,
  causes,
  says,
  signer = credentials,
  name,
  uncertain = false,
  serverless = false,
  ...options
} of rows) {
  test(`wrongpass: a token ${what}`, async () => {
    // The credentials at hand are the signer's; but one row is about exactly that.
    const atHand = signer.secretAccessKey === credentials.secretAccessKey ? signer : credentials;
    const told = await explained(change(await made(signer, name)), { credentials: atHand, ...options });
    const more = onlyAws.filter((rule) => uncertain && !(serverless && rule === "engine-too-old"));
    assert.deepEqual(rules(told), ["wrongpass", ...causes, ...more]);
    const [head, first] = told;
    assert.match(head?.message ?? "", uncertain ? /what is likely wrong/ : /The token shows why\.$/);
    assert.match(first?.message ?? "", says);
    assert.deepEqual([first?.severity, first?.likelihood], ["error", uncertain ? "likely" : "certain"]);
    assert.notEqual(first?.fix, "");
  });
}

test("wrongpass: what wrong signers made is told with the variant that reproduces it", async () => {
  for (const [variant, says] of [
    ["unsigned-payload", /UNSIGNED-PAYLOAD|payload/],
    ["host-is-endpoint", /endpoint/],
    ["region-other", /region/],
    ["service-other", /elasticache|memorydb/],
  ] as const) {
    const row = wrongSigners.rows.find((candidate) => candidate.variant === variant);
    assert.ok(row, variant);
    const { host = "", port } = row.endpoint ?? {};
    const endpoint = row.endpoint && { host, port: port ?? 6379 };
    const signer = {
      ...credentials,
      accessKeyId: row.accessKeyId,
      secretAccessKey: row.secretAccessKey,
      sessionToken: row.sessionToken ?? undefined,
    };
    const told = await explained(row.token, {
      credentials: signer,
      expected: { ...nothingExpected, endpoint },
    });
    assert.deepEqual(rules(told), ["wrongpass", "signature-mismatch"], variant);
    assert.match(told[1]?.message ?? "", says, variant);
  }
});

test("wrongpass: what is certain stands before what is likely", async () => {
  const token = `${await made()}\n`;
  const told = await explained(token, { expected: { kind: "serverless-cache", endpoint: null } });
  assert.deepEqual(
    told.map(({ rule, likelihood }) => `${rule} ${likelihood}`),
    ["wrongpass certain", "surrounding-whitespace certain", "resource-type-missing likely"],
  );
});

test("wrongpass: where nothing is wrong with the token, what only AWS tells, with how far it was looked", async () => {
  const token = await made();
  const matches = await explained(token);
  assert.deepEqual(rules(matches), ["wrongpass", ...onlyAws]);
  assert.match(matches[0]?.message ?? "", /Nothing is wrong with the token, as far as it and the credentials tell/);
  const without = await explained(token, { credentials: null });
  assert.deepEqual(rules(without), ["wrongpass", ...onlyAws]);
  assert.match(without[0]?.message ?? "", /not recomputed, for want of its signer's credentials/);
  const other = await explained(token, { credentials: { ...credentials, accessKeyId: "AKIAI44QH8DHBEXAMPLE" } });
  assert.deepEqual(rules(other), ["wrongpass", "access-key-mismatch", ...onlyAws]);
  assert.match(other[0]?.message ?? "", /not recomputed, for want of its signer's credentials/);
  const here = await explained(token, { madeHere: true, credentials: null });
  assert.match(here[0]?.message ?? "", /made just now for this endpoint, and nothing is wrong with it/);
});

test("wrongpass: at an address that does not tell which cache it leads to, the name that was given may be the cause", async () => {
  const token = await made();
  const atTunnel = { expected: { endpoint: null }, credentials: null };
  const here = await explained(token, { ...atTunnel, madeHere: true });
  assert.deepEqual(rules(here), ["wrongpass", ...onlyAws, "name-mismatch"]);
  assert.match(
    here[0]?.message ?? "",
    /for the cache that was named, and .* the clock, or in which cache was named\.$/,
  );
  const named = here.at(-1);
  assert.match(
    named?.message ?? "",
    /another cache than the ElastiCache replication group my-cache in us-east-1, which was named/,
  );
  assert.deepEqual([named?.likelihood, /Endpoint/.test(named?.fix ?? "")], ["possible", true]);
  const verified = await explained(token, { ...atTunnel, credentials });
  assert.match(verified[0]?.message ?? "", /in AWS's records, or in the clock, or in which cache was named\.$/);
});

test("wrongpass: warnings do not hide what only AWS tells", async () => {
  const told = await explained(await made(), { when: new Date(at.getTime() + 880_000) });
  assert.deepEqual(rules(told), ["wrongpass", "expiring-soon", ...onlyAws]);
});

test("wrongpass: a server that lets anyone in is plainly not the cache: AWS's records tell nothing of it", async () => {
  const token = await made();
  const fine = await explained(token, { openToAll: true, inClearText: true });
  assert.deepEqual(rules(fine), ["wrongpass", "default-user-open"]);
  assert.match(fine[0]?.message ?? "", /the cause is in what answers\.$/);
  const broken = await explained(`${token}\n`, { openToAll: true });
  assert.deepEqual(rules(broken), ["wrongpass", "surrounding-whitespace", "default-user-open"]);
});

test("wrongpass: nor is one that takes logins in clear text, unless the token is to blame", async () => {
  const token = await made();
  for (const how of [{ madeHere: true, credentials: null }, {}]) {
    const fine = await explained(token, { inClearText: true, ...how });
    assert.deepEqual(rules(fine), ["wrongpass", "tls-off"]);
    assert.match(fine[0]?.message ?? "", /the cause is in what answers\.$/);
    assert.deepEqual([fine[1]?.severity, fine[1]?.likelihood], ["error", "likely"]);
  }
  const broken = await explained(`${token}\n`, { inClearText: true });
  assert.deepEqual(rules(broken), ["wrongpass", "surrounding-whitespace"]);
});

test("wrongpass: the commands are for what was expected, or else for what the token says", async () => {
  const token = await made();
  const commandOf = (told: readonly Finding[]) => told.find(({ rule }) => rule === "group-not-attached")?.fix ?? "";
  assert.match(commandOf(await explained(token)), /--replication-group-id my-cache --region us-east-1/);
  const nothing = await explained(token, { expected: nothingExpected });
  assert.match(commandOf(nothing), /--replication-group-id my-cache --region us-east-1/);
  const serverless = token.replace("&X-Amz-Algorithm", "&ResourceType=ServerlessCache&X-Amz-Algorithm");
  const told = await explained(serverless, { expected: nothingExpected, credentials: null });
  assert.match(commandOf(told), /--serverless-cache-name my-cache/);
  const memory = await explained(token.replace("elasticache%2F", "memorydb%2F"), {
    expected: nothingExpected,
    credentials: null,
  });
  assert.match(commandOf(memory), /--cluster-name my-cache/);
});
