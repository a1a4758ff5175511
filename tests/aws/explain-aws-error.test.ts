import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { explainAwsError } from "../../src/aws/explain-aws-error.ts";
import { CacheauthError } from "../../src/errors.ts";

const asked = { source: "role arn:aws:iam::1:role/r", profile: null, env: {} };

function thrown(properties: object, message = "words of the SDK"): Error {
  return Object.assign(new Error(message), properties);
}

/** What each runtime throws for a failure of the network, and what must be said. */
for (const [properties, says] of [
  [{ code: "ECONNREFUSED" }, /connection failed \(ECONNREFUSED\)/],
  [{ code: "ECONNRESET" }, /connection failed/],
  [{ code: "ENOTFOUND" }, /name was not found/],
  [{ code: "EAI_AGAIN" }, /name was not found/],
  [{ code: "ETIMEDOUT" }, /in time/],
  [{ name: "TimeoutError" }, /in time/],
  [{ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, /certificate was not accepted/],
  [{ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, /certificate was not accepted/],
  [{ code: "CERT_HAS_EXPIRED" }, /certificate was not accepted/],
  [{ code: "ERR_TLS_CERT_ALTNAME_INVALID" }, /certificate was not accepted/],
  [{ code: "ERR_SSL_WRONG_VERSION_NUMBER" }, /TLS failed/],
] as const) {
  test(`network: ${JSON.stringify(properties)}`, () => {
    const error = explainAwsError(thrown(properties), asked);
    assert.equal(error.code, "aws-unreachable");
    assert.match(error.message, says);
    assert.deepEqual(explainAwsError(thrown({ cause: thrown(properties) }), asked).message, error.message);
  });
}

test("a CacheauthError passes as it is", () => {
  const error = new CacheauthError("mfa-code-missing", "a", "b");
  assert.equal(explainAwsError(error, asked), error);
});

test("a circle of source profiles is a fault of the file", () => {
  assert.equal(
    explainAwsError(
      thrown({}, "Detected a cycle attempting to resolve credentials for profile a. Profiles visited: b"),
      asked,
    ).code,
    "aws-file-malformed",
  );
});

test("property: any message is one line, cut, and without what follows a secret's name", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2_000 }), fc.stringMatching(/^[A-Za-z0-9+/]{20,40}$/), (words, secret) => {
      const { message } = explainAwsError(thrown({}, `${words} SecretAccessKey=${secret} ${words}`), asked);
      assert.ok(message.length < 500);
      assert.ok(!message.includes("\n"));
      assert.ok(!message.includes(secret) || words.includes(secret));
    }),
  );
});
