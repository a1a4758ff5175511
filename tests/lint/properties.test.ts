import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createToken, lintToken, verifyToken } from "../../src/index.ts";
import { judgementOf } from "../../src/lint/judgement.ts";
import { runs } from "../runs.ts";
import { knownAnswers, vectors } from "../vectors/vectors.ts";
import { idsOf, judge, sessionToken, signature, temporary, token } from "./sample.ts";

test("property: every token of a witness, in any order of parameters, has no error", () => {
  for (const { id, token: text, at, kind, service, name, user, region } of vectors) {
    const when = new Date(Date.parse(at));
    const expected = { kind, service, name, user, region };
    assert.deepEqual(idsOf(judge(text, expected, when), ["error"]), [], id);
    const [head = "", query = ""] = text.split("?");
    const sorted = `${head}?${query.split("&").sort().join("&")}`;
    assert.deepEqual(idsOf(judge(sorted, expected, when), ["error"]), [], id);
    const lowerEscapes = text.replace(/%[0-9A-F]{2}/g, (digits) => digits.toLowerCase());
    assert.deepEqual(idsOf(judge(lowerEscapes, expected, when), ["error"]), [], id);
  }
});

test("lint: a secret in the place of the user, the name or before it is not shown", () => {
  const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  for (const text of [
    token({ set: { User: secret } }),
    token({ set: { User: `arn:aws:iam::123456789012:user/${secret.replaceAll("/", "+")}` } }),
    token({ set: { User: sessionToken } }),
    token({ name: `web:${secret.replaceAll("/", "")}@my-cache` }),
  ]) {
    const shown = JSON.stringify(judgementOf(judge(text), false));
    for (const piece of ["wJalrXUt", "wjalrxut", "IQoJb3Jp", "iqojb3jp", "bPxRfiCY"])
      assert.ok(!shown.includes(piece), shown);
  }
});

/** Any eight characters of a secret in a row give it away. */
function leaks(shown: string): string | undefined {
  for (const secret of [signature.slice(0, 2) + signature, sessionToken, encodeURIComponent(sessionToken)]) {
    for (let at = 0; at + 8 <= secret.length; at += 1) {
      const piece = secret.slice(at, at + 8);
      if (shown.includes(piece)) return piece;
    }
  }
  return undefined;
}

const good = temporary();

// A tenth of what --long does with it (tests/long/fuzz.test.ts).
test("property: whatever the bytes, lint ends, and what it says can be shown", () => {
  const mutation = fc.record({
    at: fc.nat(good.length),
    remove: fc.nat(6),
    insert: fc.constantFrom("", "&", "=", "%", "?", "/", "#", " ", "\n", '"', "+", "\u202e", "A", "X-Amz-", "@"),
  });
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(mutation, { minLength: 1, maxLength: 3 }).map((mutations) => {
      let mutated = good;
      for (const { at, remove, insert } of mutations) {
        mutated = mutated.slice(0, at) + insert + mutated.slice(at + remove);
      }
      return mutated;
    }),
    fc.nat(good.length).map((end) => good.slice(0, end)),
    fc.nat(good.length).map((start) => good.slice(start)),
  );
  fc.assert(
    fc.property(text, (given) => {
      const judgement = judgementOf(judge(given), false);
      assert.equal(judgement.ok, judgement.counts.error === 0);
      assert.equal(leaks(JSON.stringify(judgement)), undefined);
    }),
    runs(10_000),
  );
});

test("property: a fault put into any good token is the first error, with at most one other", () => {
  const sample = fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,6}){0,2}$/),
    user: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
    temporary: fc.boolean(),
  });
  const faults: readonly (readonly [string, (text: string) => string])[] = [
    ["surrounding-whitespace", (text) => `${text}\n`],
    ["embedded-whitespace", (text) => text.replace(/.{60}(?=.)/g, "$&\n")],
    ["quoted", (text) => `'${text}'`],
    ["escaped", (text) => text.replaceAll("&", "&amp;")],
    ["scheme-prefix", (text) => `https://${text}`],
    ["truncated", (text) => text.slice(0, text.indexOf("&"))],
    ["truncated", (text) => text.slice(0, -7)],
    ["truncated", (text) => text.slice(0, text.indexOf("X-Amz-Date") + 12)],
    ["fragment", (text) => `${text}#x`],
    ["name-missing", (text) => text.slice(text.indexOf("/"))],
    ["name-has-port", (text) => text.replace("/?", ":6379/?")],
    ["name-is-endpoint", (text) => text.replace("/?", ".abc123.use1.cache.amazonaws.com/?")],
    ["action-missing", (text) => text.replace("Action=connect&", "")],
    ["action-wrong", (text) => text.replace("=connect", "=Connect")],
    ["user-missing", (text) => text.replace(/&User=[^&]*/, "")],
    ["user-invalid", (text) => text.replace("&User=", "&User=A")],
    ["algorithm-wrong", (text) => text.replace("AWS4-HMAC-SHA256", "AWS3")],
    ["credential-missing", (text) => text.replace(/&X-Amz-Credential=[^&]*/, "")],
    ["credential-malformed", (text) => text.replace("%2Faws4_request", "")],
    ["service-wrong", (text) => text.replace("%2Felasticache%2F", "%2Fcache%2F")],
    ["date-missing", (text) => text.replace(/&X-Amz-Date=[^&]*/, "")],
    ["date-malformed", (text) => text.replace("20250131T1", "2025-01-31T1")],
    ["scope-date-mismatch", (text) => text.replace("%2F20250131%2F", "%2F20250130%2F")],
    ["expires-missing", (text) => text.replace("&X-Amz-Expires=900", "")],
    ["expires-malformed", (text) => text.replace("=900", "=9e2")],
    ["expires-too-long", (text) => text.replace("=900", "=9000")],
    ["signed-headers-wrong", (text) => text.replace("=host", "=host%3Bx-amz-date")],
    ["signature-missing", (text) => text.replace(/&X-Amz-Signature=.*/, "")],
    ["signature-malformed", (text) => `${text}00`],
    ["double-encoded", (text) => text.replaceAll("%2F", "%252F")],
    ["parameter-duplicate", (text) => text.replace("Action=connect", "Action=connect&Action=connect")],
  ];
  fc.assert(
    fc.property(sample, fc.constantFrom(...faults), (given, [id, put]) => {
      const make = given.temporary ? temporary : token;
      const text = put(make({ name: given.name, set: { User: given.user } }));
      const errors = idsOf(judge(text), ["error"]);
      assert.equal(errors[0], id, `${errors.join(", ")}: ${text}`);
      assert.ok(errors.length <= 2, errors.join(", "));
    }),
    runs(5_000),
  );
});

test("lint: time is linear: 1 MiB of anything ends within a second", () => {
  for (const piece of [
    "a",
    "&",
    "=",
    "%",
    "%25",
    "a=b&",
    "?",
    "/",
    "#",
    " ",
    "\n",
    '"',
    "X-Amz-Date=1&",
    "+",
    "A=b\n",
    "\\u0026",
    "&amp;",
  ]) {
    for (const head of ["", "my-cache/?Action=connect&", '"', "AUTH u "]) {
      const text = head + piece.repeat(Math.floor(((1 << 20) - 64) / piece.length));
      const start = performance.now();
      judgementOf(judge(text), false);
      const took = performance.now() - start;
      assert.ok(took < 1_000, `${JSON.stringify(head + piece)}: ${took} ms`);
    }
  }
});

test("lint: each published known answer, as this signer prints it, has no error", async () => {
  for (const { source, kind, name, user, region, credentials, signature } of knownAnswers) {
    const { token: made } = await createToken({
      target: { kind, name },
      user,
      region,
      credentials,
      at: "2025-01-01T00:00:00Z",
    });
    assert.ok(made?.includes(signature), source);
    const expected = { kind, name, user, region };
    assert.deepEqual(idsOf(judge(made ?? "", expected, new Date("2025-01-01T00:00:30Z")), ["error"]), [], source);
  }
});

test("property: what createToken makes has no error, nor a warning", async () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,3}$/);
  const request = fc.record({
    kind: fc.constantFrom("replication-group" as const, "serverless-cache" as const, "memorydb-cluster" as const),
    name,
    user: name,
    region: fc.constantFrom("us-east-1", "eu-west-3", "ap-northeast-2", "cn-north-1", "us-gov-west-1"),
    at: fc.date({ min: new Date("2000-01-01"), max: new Date("2099-01-01"), noInvalidDate: true }),
    expiresIn: fc.integer({ min: 60, max: 900 }),
    session: fc.option(fc.stringMatching(/^[A-Za-z0-9+/]{16,600}={0,2}$/), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ kind, name, user, region, at, expiresIn, session }) => {
      const accessKeyId = session === undefined ? "AKIAIOSFODNN7EXAMPLE" : "ASIAIOSFODNN7EXAMPLE";
      const credentials = { accessKeyId, secretAccessKey: "dummy", sessionToken: session };
      const made = await createToken({ target: { kind, name }, user, region, at, expiresIn, credentials });
      const judged = lintToken(made.token ?? "", { target: { kind, name }, user, region, at, strict: true });
      assert.deepEqual(judged.findings, []);
      const verified = await verifyToken(made.token ?? "", { credentials, at });
      assert.equal(verified.signature.status, "match");
    }),
    runs(500),
  );
});

/** The orders in which other signers print, by what their code does; the signature is the same. */
const orders: Readonly<Record<string, string>> = {
  "Go, sorted by name":
    "Action ResourceType User X-Amz-Algorithm X-Amz-Credential X-Amz-Date X-Amz-Expires X-Amz-Security-Token X-Amz-SignedHeaders X-Amz-Signature",
  "Java v2 and Smithy, the session token behind the operation's own":
    "Action User ResourceType X-Amz-Security-Token X-Amz-Algorithm X-Amz-Credential X-Amz-Date X-Amz-SignedHeaders X-Amz-Expires X-Amz-Signature",
  "iamcacheauth, the signature before the signed headers":
    "Action ResourceType User X-Amz-Algorithm X-Amz-Credential X-Amz-Date X-Amz-Expires X-Amz-Security-Token X-Amz-Signature X-Amz-SignedHeaders",
  "aws4fetch, the date before the rest":
    "Action User ResourceType X-Amz-Expires X-Amz-Date X-Amz-Security-Token X-Amz-Algorithm X-Amz-Credential X-Amz-SignedHeaders X-Amz-Signature",
};
for (const [signer, order] of Object.entries(orders)) {
  test(`lint and verify: the order of ${signer}`, async () => {
    const credentials = { accessKeyId: "ASIAIOSFODNN7EXAMPLE", secretAccessKey: "dummy", sessionToken };
    const target = { serverlessCacheName: "my-cache" };
    const options = { target, user: "my-user", region: "us-east-1", credentials, at: "2025-01-31T12:00:00Z" };
    const made = (await createToken(options)).token ?? "";
    const [head = "", query = ""] = made.split("?");
    const names = order.split(" ");
    const place = (pair: string) => names.indexOf(pair.split("=", 1)[0] ?? "");
    const pairs = query.split("&").sort((a, b) => place(a) - place(b));
    for (const slash of [head, head.slice(0, -1)]) {
      const verified = await verifyToken(`${slash}?${pairs.join("&")}`, options);
      assert.deepEqual([verified.counts.error, verified.signature.status], [0, "match"]);
    }
  });
}
