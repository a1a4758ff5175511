import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { nodeHash } from "../../src/node-runtime.ts";
import { kinds, type Target } from "../../src/target/kinds.ts";
import { partitionOf } from "../../src/target/regions.ts";
import { checkExpiresIn, createTokenAt, type TokenRequest } from "../../src/token/create-token.ts";
import { parseTime } from "../../src/token/time.ts";
import { runs } from "../runs.ts";
import { knownAnswers, parametersOf, vectors } from "../vectors/vectors.ts";
import { anyLogin, anySecret } from "./arbitrary-login.ts";

const hash = await nodeHash();
const example = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };

function targetOf(kind: Target["kind"], name: string, region: string): Target {
  return { service: kinds[kind].service, kind, name, region, partition: partitionOf(region), endpoint: null };
}

function request(changes: Partial<Omit<TokenRequest, "credentials">> & { credentials?: object } = {}): TokenRequest {
  return {
    target: targetOf("replication-group", "my-cache", "us-east-1"),
    user: "testuser",
    at: parseTime("2025-01-01T00:00:00Z"),
    expiresIn: 900,
    ...changes,
    credentials: { ...example, ...changes.credentials, source: "a test" },
  };
}

test("there are at least 120 vectors, of both witnesses, all kinds, six regions and three partitions", () => {
  assert.ok(vectors.length >= 120);
  const count = (of: (vector: (typeof vectors)[number]) => string) => new Set(vectors.map(of)).size;
  assert.equal(
    count(({ witness }) => witness),
    2,
  );
  assert.equal(
    count(({ kind }) => kind),
    3,
  );
  assert.ok(count(({ region }) => region) >= 6);
  assert.ok(count(({ region }) => partitionOf(region)) >= 3);
});

for (const { id, kind, name, region, user, at, expiresIn, credentials, token } of vectors) {
  test(`vector ${id}: the bytes of the witness`, async () => {
    const { sessionToken, ...keys } = credentials;
    const made = await createTokenAt(
      request({
        target: targetOf(kind, name, region),
        user,
        at: parseTime(at),
        expiresIn,
        credentials: sessionToken === null ? keys : { ...keys, sessionToken },
      }),
      hash,
    );
    assert.deepEqual(parametersOf(made.token ?? ""), parametersOf(token));
    assert.equal(made.token, token);
  });
}

for (const [index, { source, kind, name, user, region, credentials, signature }] of knownAnswers.entries()) {
  test(`known answer ${index + 1}: ${source}`, async () => {
    const made = await createTokenAt(request({ target: targetOf(kind, name, region), user, credentials }), hash);
    assert.equal(parametersOf(made.token ?? "")["X-Amz-Signature"], signature);
  });
}

test("the object says when the token ends", async () => {
  const { token, ...rest } = await createTokenAt(
    request({ at: parseTime("2025-01-01T00:00:00.900Z"), expiresIn: 60 }),
    hash,
  );
  assert.equal(typeof token, "string");
  assert.deepEqual(rest, {
    file: null,
    user: "testuser",
    target: targetOf("replication-group", "my-cache", "us-east-1"),
    issuedAt: "2025-01-01T00:00:00Z",
    expiresAt: "2025-01-01T00:01:00Z",
    tokenExpiresAt: "2025-01-01T00:01:00Z",
    credentialsExpireAt: null,
    credentials: { source: "a test", accessKeyId: example.accessKeyId },
    notices: [],
  });
});

test("credentials that end sooner end the token, with a notice", async () => {
  const expiration = parseTime("2025-01-01T00:05:00Z");
  const made = await createTokenAt(request({ credentials: { expiration } }), hash);
  assert.equal(made.expiresAt, "2025-01-01T00:05:00Z");
  assert.equal(made.tokenExpiresAt, "2025-01-01T00:15:00Z");
  assert.deepEqual(
    made.notices.map(({ code }) => code),
    ["credentials-end-early"],
  );
});

for (const seconds of [0, 901, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
  test(`${seconds} is no lifetime`, () => {
    assert.throws(() => checkExpiresIn(seconds), { code: "expires-in-invalid" });
  });
}

const secret = "SENTINEL+secret/that+must/never+be+shown1";

/** Credentials that cannot sign: what is wrong, the parts, the code, and what the message says. */
const badCredentials: readonly (readonly [what: string, parts: object, code: string, says: RegExp])[] = [
  [
    "a line ending in the secret",
    { secretAccessKey: `${secret}\n` },
    "credentials-malformed",
    /secret access key has a line ending/,
  ],
  [
    "white space in the secret",
    { secretAccessKey: ` ${secret}` },
    "credentials-malformed",
    /secret access key has white space/,
  ],
  [
    "a line ending in the key id",
    { accessKeyId: "AKIAIOSFODNN7EXAMPLE\r\n" },
    "credentials-malformed",
    /access key id has a line ending/,
  ],
  [
    "white space in the session token",
    { sessionToken: `${secret} x` },
    "credentials-malformed",
    /session token has white space/,
  ],
  ["a character beyond ASCII", { secretAccessKey: `${secret}é` }, "credentials-malformed", /not ASCII/],
  ["a NUL", { secretAccessKey: `${secret}\0` }, "credentials-malformed", /not ASCII/],
  ["an empty secret", { secretAccessKey: "" }, "credentials-malformed", /empty/],
  ["an empty key id", { accessKeyId: "" }, "credentials-malformed", /empty/],
  [
    "the secret in the place of the id",
    { accessKeyId: example.secretAccessKey },
    "credentials-malformed",
    /looks like a secret/,
  ],
  ["a slash in the key id", { accessKeyId: "AKIA/IOSFODNN7" }, "credentials-malformed", /character that no id has/],
  [
    "a temporary key without its token",
    { accessKeyId: "ASIAIOSFODNN7EXAMPLE" },
    "credentials-malformed",
    /session token is missing/,
  ],
  [
    "a temporary key with an empty token",
    { accessKeyId: "ASIAIOSFODNN7EXAMPLE", sessionToken: "" },
    "credentials-malformed",
    /session token is missing/,
  ],
  [
    "an expiry that has passed",
    { expiration: parseTime("2024-12-31T23:59:59Z") },
    "credentials-expired",
    /expired at 2024-12-31T23:59:59Z/,
  ],
  ["an expiry at this second", { expiration: parseTime("2025-01-01T00:00:00Z") }, "credentials-expired", /expired/],
  ["an expiry that is no time", { expiration: new Date(Number.NaN) }, "credentials-expired", /no time/],
  ["no secret", { secretAccessKey: undefined }, "credentials-malformed", /no secret access key/],
];

for (const [what, parts, code, says] of badCredentials) {
  test(`refused without showing a secret: ${what}`, async () => {
    await assert.rejects(
      createTokenAt(request({ credentials: parts }), hash),
      (error: Error & { code: string; hint: string }) => {
        assert.equal(error.code, code);
        assert.match(error.message, says);
        assert.ok(!`${error.message}${error.hint}`.includes("SENTINEL"));
        assert.ok(!`${error.message}${error.hint}`.includes(example.secretAccessKey));
        return true;
      },
    );
  });
}

test("a long-term key with a session token signs, with a notice", async () => {
  const made = await createTokenAt(request({ credentials: { sessionToken: "token" } }), hash);
  assert.deepEqual(
    made.notices.map(({ code }) => code),
    ["session-token-unexpected"],
  );
});

test("a token over 16,384 bytes is refused, and the longer part is named", async () => {
  await assert.rejects(
    createTokenAt(
      request({ credentials: { accessKeyId: "ASIAIOSFODNN7EXAMPLE", sessionToken: "t".repeat(16_384) } }),
      hash,
    ),
    {
      code: "session-token-too-long",
      message: /16384/,
    },
  );
  await assert.rejects(createTokenAt(request({ user: "u".repeat(16_384) }), hash), { code: "token-too-long" });
});

test("a token of exactly 16,384 bytes is made, one more is not", async () => {
  const plain = await createTokenAt(request({ user: "u" }), hash);
  const room = 16_384 - (plain.token?.length ?? 0);
  const full = await createTokenAt(request({ user: `u${"u".repeat(room)}` }), hash);
  assert.equal(full.token?.length, 16_384);
  await assert.rejects(createTokenAt(request({ user: `u${"u".repeat(room + 1)}` }), hash), { code: "token-too-long" });
});

/** SigV4 as its specification describes it, written for this test alone: the same signature must come out. */
function signatureByHand(token: string, secretAccessKey: string): string {
  const [host = "", query = ""] = token.split("/?");
  const pairs = query.split("&").filter((pair) => !pair.startsWith("X-Amz-Signature="));
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const canonical = ["GET", "/", pairs.sort().join("&"), `host:${host}`, "", "host", sha256("")].join("\n");
  const parameters = parametersOf(token);
  const [, date = "", region = "", service = ""] = (parameters["X-Amz-Credential"] ?? "").split("/");
  const toSign = [
    "AWS4-HMAC-SHA256",
    parameters["X-Amz-Date"],
    `${date}/${region}/${service}/aws4_request`,
    sha256(canonical),
  ].join("\n");
  let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of [date, region, service, "aws4_request"]) key = createHmac("sha256", key).update(part).digest();
  return createHmac("sha256", key).update(toSign).digest("hex");
}

test("property: any name, user, time, lifetime and credentials give the signature of the specification", async () => {
  const at = fc.date({
    min: new Date("2000-01-01T00:00:00Z"),
    max: new Date("2099-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        ...anyLogin,
        at,
        sessionToken: fc.option(anySecret, { nil: undefined }),
      }),
      async ({ kind, name, user, at, expiresIn, secretAccessKey, sessionToken }) => {
        const made = await createTokenAt(
          request({
            target: targetOf(kind, name, "eu-west-1"),
            user,
            at,
            expiresIn,
            credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey, sessionToken: sessionToken ?? "x" },
          }),
          hash,
        );
        assert.equal(
          parametersOf(made.token ?? "")["X-Amz-Signature"],
          signatureByHand(made.token ?? "", secretAccessKey),
        );
      },
    ),
    runs(300),
  );
});

test("the first and the last second that can be signed", async () => {
  const first = await createTokenAt(request({ at: new Date(0) }), hash);
  assert.deepEqual([first.issuedAt, first.expiresAt], ["1970-01-01T00:00:00Z", "1970-01-01T00:15:00Z"]);
  const last = await createTokenAt(request({ at: parseTime("9999-12-31T23:44:59Z") }), hash);
  assert.deepEqual([last.issuedAt, last.expiresAt], ["9999-12-31T23:44:59Z", "9999-12-31T23:59:59Z"]);
});

for (const at of [
  new Date(-1),
  parseTime("0001-01-01T00:00:00Z"),
  parseTime("9999-12-31T23:45:00Z"),
  new Date(8.64e15),
  new Date(Number.NaN),
]) {
  test(`no token is signed as of ${at.getTime()}`, () =>
    assert.rejects(createTokenAt(request({ at }), hash), { code: "time-invalid", hint: /1970.*9999/ }));
}

test("credentials that expire after every time that can be written expire at none", async () => {
  const made = await createTokenAt(request({ credentials: { expiration: new Date(8.64e15) } }), hash);
  assert.deepEqual([made.credentialsExpireAt, made.notices], [null, []]);
});

test("an access key id that is far too long is told as that", async () => {
  const long = request({ credentials: { accessKeyId: `AKIA${"A".repeat(130_000)}` } });
  await assert.rejects(createTokenAt(long, hash), {
    code: "credentials-malformed",
    message: /access key id has 130004 characters; an id has at most 128/,
  });
});
