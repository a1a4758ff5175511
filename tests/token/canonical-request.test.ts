import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nodeHash } from "../../src/node-runtime.ts";
import { canonicalRequest, signatureOf, stringToSign } from "../../src/token/canonical-request.ts";
import { createTokenAt } from "../../src/token/create-token.ts";
import { encodeRfc3986 } from "../../src/token/encode.ts";
import { readFields } from "../../src/token/fields.ts";
import { toHex } from "../../src/token/hex.ts";
import { parseTokenText } from "../../src/token/parse.ts";
import { requestOf, type SignedRequest } from "../../src/token/signed-request.ts";
import { signingKey } from "../../src/token/signing-key.ts";
import { parseTime } from "../../src/token/time.ts";
import { runs } from "../runs.ts";
import { knownAnswers } from "../vectors/vectors.ts";
import { anyLogin, anySecret } from "./arbitrary-login.ts";

const hash = await nodeHash();
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const digits = "cd78a7de74c1bb1c8c685cac428f783b5433ce5fbf569af867570311d6a85797";
const good = `my-cache/?Action=connect&User=testuser&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20250101%2Fus-east-1%2Felasticache%2Faws4_request&X-Amz-Date=20250101T000000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=${digits}`;

function claimOf(text: string) {
  const token = parseTokenText(text);
  return requestOf(token, readFields(token), secret);
}

function signedBy(text: string): SignedRequest {
  const { request } = claimOf(text);
  assert.ok(request);
  return request;
}

test("the canonical request is the one of SigV4's description", () => {
  assert.equal(
    canonicalRequest(signedBy(good)),
    [
      "GET",
      "/",
      "Action=connect&User=testuser&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20250101%2Fus-east-1%2Felasticache%2Faws4_request&X-Amz-Date=20250101T000000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host",
      "host:my-cache",
      "",
      "host",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ].join("\n"),
  );
});

test("the string to sign has algorithm, time, scope and the request's hash", () => {
  const request = signedBy(good);
  assert.equal(
    stringToSign(request, "x", hash),
    "AWS4-HMAC-SHA256\n20250101T000000Z\n20250101/us-east-1/elasticache/aws4_request\n2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
  );
});

for (const [index, { source, name, user, region, credentials, kind, signature }] of knownAnswers.entries()) {
  test(`known answer ${index + 1}: ${source}`, () => {
    const { accessKeyId, secretAccessKey } = credentials;
    const sessionToken = "sessionToken" in credentials ? credentials.sessionToken : null;
    const scope = { date: "20250101", region, service: "elasticache", terminator: "aws4_request" };
    const query: [string, string][] = [
      ["X-Amz-Date", "20250101T000000Z"],
      ["User", user],
      ["X-Amz-SignedHeaders", "host"],
      ["Action", "connect"],
      ["X-Amz-Credential", `${accessKeyId}/20250101/${region}/elasticache/aws4_request`],
      ["X-Amz-Expires", "900"],
      ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ];
    if (sessionToken !== null) query.push(["X-Amz-Security-Token", sessionToken]);
    if (kind === "serverless-cache") query.push(["ResourceType", "ServerlessCache"]);
    const request = { ...signedBy(good), host: name, query, scope, keyScope: scope, secret: secretAccessKey };
    assert.equal(toHex(signatureOf(request, hash, new Map())), signature);
  });
}

/** AWS's own example of deriving a key: docs.aws.amazon.com/general/latest/gr/signature-v4-examples.html, as archived. */
test("the signing key is that of AWS's example", () => {
  const scope = { date: "20150830", region: "us-east-1", service: "iam", terminator: "aws4_request" };
  assert.equal(
    toHex(signingKey("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", scope, hash, new Map())),
    "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9",
  );
});

test("a key is derived once, and its steps are shared", () => {
  let derived = 0;
  const counting = {
    ...hash,
    hmacSha256: (key: Uint8Array | string, data: Uint8Array | string) => {
      derived += 1;
      return hash.hmacSha256(key, data);
    },
  };
  const keys = new Map();
  const scope = { date: "20250101", region: "us-east-1", service: "elasticache", terminator: "aws4_request" };
  const first = signingKey(secret, scope, counting, keys);
  assert.equal(derived, 4);
  assert.deepEqual(signingKey(secret, scope, counting, keys), first);
  assert.equal(derived, 4);
  assert.notDeepEqual(signingKey(secret, { ...scope, service: "memorydb" }, counting, keys), first);
  assert.equal(derived, 6);
  assert.notDeepEqual(signingKey(`${secret}x`, scope, counting, keys), first);
  assert.equal(derived, 10);
});

test("made-up scopes do not fill the memory, and keys stay right", () => {
  const keys = new Map();
  const scope = { date: "20250101", region: "us-east-1", service: "elasticache", terminator: "aws4_request" };
  const first = signingKey(secret, scope, hash, keys);
  for (let index = 0; index < 3_000; index++) signingKey(secret, { ...scope, region: `r${index}` }, hash, keys);
  assert.ok(keys.size <= 4_096);
  assert.deepEqual(signingKey(secret, scope, hash, keys), first);
});

test("scopes that only look alike when joined have keys of their own", () => {
  const keys = new Map();
  const scope = { date: "d", region: "a\nb", service: "c", terminator: "t" };
  const one = signingKey("s", scope, hash, keys);
  assert.notDeepEqual(one, signingKey("s", { ...scope, region: "a", service: "b\nc" }, hash, keys));
});

/** Parameters in any order, and how they are sorted: by name, then by value, both as escaped, by code unit. */
const orders: readonly (readonly [what: string, query: readonly (readonly [string, string])[], canonical: string])[] = [
  [
    "capitals before small letters",
    [
      ["b", "1"],
      ["B", "2"],
      ["a", "3"],
    ],
    "B=2&a=3&b=1",
  ],
  [
    "a name that begins another",
    [
      ["ab", "1"],
      ["a", "2"],
      ["a-b", "3"],
    ],
    "a=2&a-b=3&ab=1",
  ],
  [
    "a name twice, by value",
    [
      ["a", "2"],
      ["a", "10"],
      ["a", ""],
    ],
    "a=&a=10&a=2",
  ],
  [
    "as escaped, not as decoded",
    [
      ["é", "1"],
      ["z", "2"],
      ["~", "3"],
    ],
    "%C3%A9=1&z=2&~=3",
  ],
];

for (const [what, query, canonical] of orders) {
  test(`the canonical query: ${what}`, () => {
    const lines = canonicalRequest({ ...signedBy(good), query }).split("\n");
    assert.equal(lines[2], canonical);
  });
}

/** RFC 3986: what stays is A-Z a-z 0-9 - . _ ~. */
const escapes: readonly (readonly [text: string, escaped: string])[] = [
  ["AZaz09-._~", "AZaz09-._~"],
  ["!'()*", "%21%27%28%29%2A"],
  ["a+b c/d=e", "a%2Bb%20c%2Fd%3De"],
  ["%2F", "%252F"],
  ["é€😀", "%C3%A9%E2%82%AC%F0%9F%98%80"],
  ["\n\0", "%0A%00"],
  ["\ud800x", "%EF%BF%BDx"],
];

for (const [text, escaped] of escapes) {
  test(`escaped: ${JSON.stringify(text)}`, () => assert.equal(encodeRfc3986(text), escaped));
}

test("what a token claims: the parameters as they stand, without the signature", () => {
  const claim = claimOf("My-Cache:6379/x?b=1&User=a+b&b=%2f&X-Amz-Signature=1&b&".concat(good.slice(11)));
  assert.ok(claim.request === null);
  assert.match(claim.reason, /no signature of 64/);
  const request = signedBy(`My-Cache:6379/x?b=1&User=a+b&b=%2f&b&${good.slice(10)}&X-Amz-Signature=2`);
  assert.deepEqual(
    { host: request.host, path: request.path, query: request.query.slice(0, 5) },
    {
      host: "My-Cache:6379",
      path: "/x",
      query: [
        ["b", "1"],
        ["User", "a b"],
        ["b", "/"],
        ["b", ""],
        ["Action", "connect"],
      ],
    },
  );
  assert.ok(!request.query.some(([name]) => name === "X-Amz-Signature"));
  assert.equal(request.scope, request.keyScope);
});

/** What cannot be computed, and what is said of it. */
const incomputable: readonly (readonly [what: string, token: string, reason: RegExp])[] = [
  ["nothing", "", /no X-Amz-Credential/],
  ["no credential", good.replace(/&X-Amz-Credential=[^&]*/, ""), /no X-Amz-Credential of five parts/],
  ["a credential of four parts", good.replace("%2Faws4_request", ""), /no X-Amz-Credential of five parts/],
  ["no date", good.replace(/&X-Amz-Date=[^&]*/, ""), /no X-Amz-Date/],
  ["no signature", good.replace(/&X-Amz-Signature=.*/, ""), /no signature of 64/],
  ["a signature cut short", good.slice(0, -1), /no signature of 64/],
  ["a signature that is too long", `${good}0`, /no signature of 64/],
  ["a signature with a letter that is no digit", `${good.slice(0, -1)}g`, /no signature of 64/],
  ["another header signed", good.replace("SignedHeaders=host", "SignedHeaders=host%3Bx-amz-date"), /not host/],
  ["no signed headers", good.replace("&X-Amz-SignedHeaders=host", ""), /not host/],
];

for (const [what, token, reason] of incomputable) {
  test(`cannot be computed: ${what}`, () => {
    const claim = claimOf(token);
    assert.ok(claim.request === null);
    assert.match(claim.reason, reason);
  });
}

test("property: the same signature as createToken's, which signs through Smithy", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        ...anyLogin,
        region: fc.constantFrom("us-east-1", "ap-northeast-2", "us-gov-west-1"),
        seconds: fc.integer({ min: 946_684_800, max: 4_102_444_799 }),
        sessionToken: anySecret,
      }),
      async ({ kind, name, user, region, seconds, expiresIn, secretAccessKey, sessionToken }) => {
        const service = kind === "memorydb-cluster" ? "memorydb" : "elasticache";
        const { token } = await createTokenAt(
          {
            target: { kind, name, region, service, partition: "aws", endpoint: null },
            user,
            at: new Date(seconds * 1000),
            expiresIn,
            credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey, sessionToken, source: "a test" },
          },
          hash,
        );
        const parsed = parseTokenText(token ?? "");
        const claim = requestOf(parsed, readFields(parsed), secretAccessKey);
        assert.ok(claim.request);
        assert.deepEqual(toHex(signatureOf(claim.request, hash, new Map())), toHex(claim.signature));
        assert.equal(claim.request.date, readFields(parsed).parameters["X-Amz-Date"]?.value);
        assert.deepEqual(parseTime(claim.request.date), new Date(seconds * 1000));
      },
    ),
    runs(300),
  );
});
