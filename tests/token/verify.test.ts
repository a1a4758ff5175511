import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nodeHash } from "../../src/node-runtime.ts";
import type { Hash } from "../../src/runtime.ts";
import { readFields } from "../../src/token/fields.ts";
import { toHex } from "../../src/token/hex.ts";
import { parseTokenText } from "../../src/token/parse.ts";
import { equalBytes } from "../../src/token/search.ts";
import { pairs, variants } from "../../src/token/variants/registry.ts";
import { checkSignature, type Known, type SignatureCheck } from "../../src/token/verify.ts";
import { runs } from "../runs.ts";
import { vectors } from "../vectors/vectors.ts";
import wrongSigners from "../vectors/wrong-signers.json" with { type: "json" };

const hash = await nodeHash();
const group = vectors.find(({ id }) => id === "rg-known-botocore");
const session = vectors.find(({ id }) => id === "sc-credentials-session-1000-botocore");
const longest = vectors.find(({ id }) => id === "mdb-credentials-session-4000-botocore");
assert.ok(group && session && longest);

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

function knownOf({ sessionToken, ...keys }: Keys, more: Partial<Known> = {}): Known {
  return {
    endpoint: null,
    name: null,
    user: null,
    ...more,
    credentials: { ...keys, sessionToken: sessionToken ?? undefined },
  };
}

function check(text: string, known: Known, by: Hash = hash): SignatureCheck {
  const token = parseTokenText(text);
  return checkSignature(token, readFields(token), known, by);
}

/** The head of a token, up to and with its `?`, and its parameters. */
function split(token: string): { head: string; parameters: string[] } {
  const [head = "", query = ""] = token.split("?");
  return { head: `${head}?`, parameters: query.split("&") };
}

for (const { id, token, credentials } of vectors) {
  test(`vector ${id}: its signature matches, however the token is written`, () => {
    const known = knownOf(credentials);
    const { head, parameters } = split(token);
    const lowerEscapes = token.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());
    for (const written of [
      token,
      head + parameters.toReversed().join("&"),
      head + parameters.toSorted().join("&"),
      lowerEscapes,
      token.replace("/?", "?"),
      token.replace("connect", "%63onnect"),
      token.replace(/[0-9a-f]{64}$/, (digits) => digits.toUpperCase()),
    ]) {
      const { status, variant } = check(written, known);
      assert.deepEqual({ status, variant }, { status: "match", variant: null }, written);
    }
  });
}

test("property: parameters in any order match", () => {
  for (const { token, credentials } of [group, session]) {
    const { head, parameters } = split(token);
    fc.assert(
      fc.property(fc.shuffledSubarray(parameters, { minLength: parameters.length }), (order) => {
        assert.equal(check(head + order.join("&"), knownOf(credentials)).status, "match");
      }),
      runs(100),
    );
  }
});

/** Where a single change in a token can be: all that is signed but the key id and the signed headers. */
const changeable = [
  "Action",
  "User",
  "ResourceType",
  "X-Amz-Algorithm",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-Security-Token",
];

test("property: any change of the signed values is a mismatch", () => {
  const { head, parameters } = split(session.token);
  fc.assert(
    fc.property(fc.constantFrom(...changeable), fc.string({ minLength: 1, maxLength: 20 }), (name, text) => {
      const changed = parameters.map((pair) =>
        pair.startsWith(`${name}=`) ? `${pair}${encodeURIComponent(text)}` : pair,
      );
      assert.equal(check(head + changed.join("&"), knownOf(session.credentials)).status, "mismatch");
    }),
    runs(25),
  );
});

test("property: any other name, or a parameter more, is a mismatch", () => {
  const { parameters } = split(session.token);
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
  fc.assert(
    fc.property(name, fc.boolean(), (text, isName) => {
      fc.pre(text !== session.name);
      const changed = isName
        ? `${text}/?${parameters.join("&")}`
        : `${session.token.replace("?", `?${text}=${text.length}&`)}`;
      assert.equal(check(changed, knownOf(session.credentials)).status, "mismatch");
    }),
    runs(25),
  );
});

test("property: any other secret is a mismatch", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 60 }), (secretAccessKey) => {
      fc.pre(secretAccessKey !== group.credentials.secretAccessKey);
      const { status } = check(group.token, knownOf({ ...group.credentials, secretAccessKey }));
      assert.equal(status, "mismatch");
    }),
    runs(25),
  );
});

for (const name of ["Action", "User", "ResourceType", "X-Amz-Algorithm", "X-Amz-Expires", "X-Amz-Security-Token"]) {
  for (const twice of [false, true]) {
    test(`${name} ${twice ? "twice" : "dropped"} is a mismatch`, () => {
      const { head, parameters } = split(session.token);
      const changed = parameters.flatMap((pair) =>
        pair.startsWith(`${name}=`) ? (twice ? [pair, pair] : []) : [pair],
      );
      assert.equal(check(head + changed.join("&"), knownOf(session.credentials)).status, "mismatch");
    });
  }
}

for (const [what, from, to] of [
  ["the day of the scope", "%2F20", "%2F19"],
  ["the region", "us-east-1", "us-east-9"],
  ["the service", "elasticache", "elasticash"],
  ["the end of the scope", "aws4_request", "aws5_request"],
  ["the path", "/?", "/x?"],
  ["the first digit of the signature", /(?<=Signature=)./, "x"],
  ["the last digit of the signature", /.$/, "x"],
] as const) {
  test(`another value is a mismatch: ${what}`, () => {
    assert.ok(group.token.search(from) >= 0);
    const changed = group.token.replace(from, (digit) => (to === "x" ? (digit === "0" ? "1" : "0") : to));
    assert.equal(check(changed, knownOf(group.credentials)).status, "mismatch");
  });
}

for (const { note, variant, token, endpoint, name, user, ...keys } of wrongSigners.rows) {
  test(`${variant}: ${note || "both at once"}${endpoint ? ", with the endpoint" : ""} (${token.slice(0, 40)})`, () => {
    const { status, reason, variant: found } = check(token, knownOf(keys, { endpoint, name, user }));
    assert.deepEqual({ status, id: found?.id }, { status: "mismatch", id: variant });
    const { message = "", fix = "" } = found ?? {};
    assert.match(message, /^(The signature (is|was) |Two mistakes together: ).*\.$/);
    assert.match(fix, /^[A-Z].*\.$/);
    const secrets = [keys.secretAccessKey.trim(), keys.sessionToken, token.slice(-64)];
    for (const secret of secrets) if (secret) assert.ok(!`${reason}${message}${fix}`.includes(secret));
  });
}

test("every variant is shown by at least two tokens of the independent signer, and at least ten pairs are", () => {
  const counts = Map.groupBy(wrongSigners.rows, ({ variant }) => variant);
  for (const { id } of variants) assert.ok((counts.get(id)?.length ?? 0) >= 2, id);
  assert.ok([...counts.keys()].filter((id) => id.includes("+")).length >= 10);
});

test("the variants are those of rules.md, in its order; the pairs are pairs of them, each once", () => {
  assert.deepEqual(
    variants.map(({ id }) => id),
    [
      "unsigned-payload",
      "host-is-endpoint",
      "host-with-port",
      "name-case",
      "user-case",
      "region-other",
      "service-other",
      "date-other",
      "resource-type-added",
      "resource-type-dropped",
      "parameter-added",
      "parameter-dropped",
      "session-token-dropped",
      "session-token-added",
      "session-token-decoded",
      "secret-with-whitespace",
      "path-other",
      "encoding-plus",
      "encoding-unescaped",
      "encoding-double",
      "method-other",
      "expires-other",
    ],
  );
  assert.ok(pairs.length >= 25);
  assert.equal(new Set(pairs.map(([a, b]) => [a.id, b.id].sort().join())).size, pairs.length);
  for (const pair of pairs) for (const variant of pair) assert.ok(variants.includes(variant));
});

/** Counts the signatures: each hashes one canonical request. */
function counting(): Hash & { signatures: number } {
  const counter = {
    signatures: 0,
    hmacSha256: hash.hmacSha256,
    sha256: (data: Uint8Array | string) => {
      counter.signatures += 1;
      return hash.sha256(data);
    },
  };
  return counter;
}

const endpoint = { host: "master.my-cache.abc123.use1.cache.amazonaws.com", port: 6379 };

// Ten tests of ten: Bun gives each five seconds.
for (let seed = 0; seed < 10; seed++) {
  test(`no variant is named for random signatures, after a full search (${seed})`, () => {
    for (let index = 0; index < 10; index++) {
      const vector = [group, session, longest][index % 3];
      assert.ok(vector);
      const digits = toHex(hash.sha256(`random ${seed} ${index}`));
      const counter = counting();
      const known = knownOf(vector.credentials, { endpoint, name: "Other", user: "Another" });
      const { status, variant, reason } = check(vector.token.replace(/[0-9a-f]{64}$/, digits), known, counter);
      assert.deepEqual({ status, variant }, { status: "mismatch", variant: null });
      assert.match(reason, /no known mistake reproduces it/);
      assert.ok(counter.signatures > 700 && counter.signatures <= 2_000, `${counter.signatures}`);
    }
  });
}

test("no request is signed twice in a search", () => {
  const signed: string[] = [];
  const recording: Hash = {
    sha256: hash.sha256,
    hmacSha256: (key, data) => {
      if (String(data).startsWith("AWS4-HMAC-SHA256\n")) signed.push(`${toHex(key as Uint8Array)} ${data}`);
      return hash.hmacSha256(key, data);
    },
  };
  const known = knownOf(session.credentials, { endpoint, name: session.name, user: session.user });
  check(session.token.replace(/[0-9a-f]{64}$/, "0".repeat(64)), known, recording);
  assert.ok(signed.length > 700);
  assert.equal(new Set(signed).size, signed.length);
});

for (const [a, b] of [
  [
    [1, 2],
    [1, 2, 3],
  ],
  [
    [1, 2, 3],
    [1, 2],
  ],
  [[], [0]],
  [[1, 0], [1]],
] as const) {
  test(`of different lengths is not equal: ${a} and ${b}`, () => {
    assert.equal(equalBytes(Uint8Array.from(a), Uint8Array.from(b)), false);
  });
}

test("the most that a token can ask for is 2,000 signatures", () => {
  const more = Array.from({ length: 50 }, (_, index) => `p${index}=${index}`).join("&");
  const counter = counting();
  const known = knownOf(session.credentials, { endpoint, name: "Other", user: "Another" });
  assert.equal(check(session.token.replace("?", `?${more}&`), known, counter).status, "mismatch");
  assert.ok(counter.signatures <= 2_000);
});

test("a token with hundreds of parameters is checked, and not searched", () => {
  const counter = counting();
  const { status, variant } = check(`${group.token}${"&a".repeat(5_000)}`, knownOf(group.credentials), counter);
  assert.deepEqual(
    { status, variant, signatures: counter.signatures },
    { status: "mismatch", variant: null, signatures: 1 },
  );
});

test("a match needs one signature", () => {
  const counter = counting();
  assert.equal(check(group.token, knownOf(group.credentials), counter).status, "match");
  assert.equal(counter.signatures, 1);
});

test("another access key is said first, whatever else is wrong", () => {
  const known = knownOf({ ...group.credentials, accessKeyId: "AKIAI44QH8DHBEXAMPLE" });
  for (const token of [group.token, group.token.slice(0, -1), group.token.replace("host", "host%3Bx")]) {
    assert.deepEqual(check(token, known), {
      status: "not-checked",
      reason:
        "The token was signed with AKIAIOSFODNN7EXAMPLE, and the credentials at hand are those of AKIAI44QH8DHBEXAMPLE.",
      variant: null,
    });
  }
});

test("what stands in the place of a key id is not shown where it may be a secret", () => {
  const secret = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY";
  const token = group.token.replace("AKIAIOSFODNN7EXAMPLE", secret);
  const { status, reason } = check(token, knownOf(group.credentials));
  assert.equal(status, "not-checked");
  assert.ok(!reason.includes(secret));
});

for (const [what, token, says] of [
  ["no token", "", /no X-Amz-Credential/],
  ["half a token", group.token.slice(0, 120), /no X-Amz-Credential|no signature/],
  ["no signature", group.token.slice(0, -64), /no signature of 64/],
  ["more than a server reads", `${group.token}&a=${"x".repeat(16_384)}`, /16384 bytes/],
] as const) {
  test(`not checked: ${what}`, () => {
    const { status, reason, variant } = check(token, knownOf(group.credentials));
    assert.deepEqual({ status, variant }, { status: "not-checked", variant: null });
    assert.match(reason, says);
  });
}

test("property: never throws, whatever is read as a token", () => {
  const part = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom("\ud800", "%", "%ff", "&", "=", "+"),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.boolean(), (parts, isSigned) => {
      const text = parts.join("") + (isSigned ? group.token.slice(8) : "");
      assert.ok(["match", "mismatch", "not-checked"].includes(check(text, knownOf(group.credentials)).status));
    }),
    runs(40),
  );
});
