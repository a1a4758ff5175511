import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentCredentials } from "../../src/aws/environment-credentials.ts";

const keys = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };

test("environment: no keys, and empty ones, are none", () => {
  assert.equal(environmentCredentials({}), null);
  assert.equal(environmentCredentials({ AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }), null);
  assert.equal(environmentCredentials({ AWS_SESSION_TOKEN: "t" }), null);
});

test("environment: keys, session token and expiry", () => {
  assert.deepEqual(
    environmentCredentials({ ...keys, AWS_SESSION_TOKEN: "t", AWS_CREDENTIAL_EXPIRATION: "2025-01-01T00:00:00Z" }),
    {
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "secret",
      sessionToken: "t",
      expiration: new Date("2025-01-01T00:00:00Z"),
      source: "the environment",
      notices: [],
    },
  );
});

test("environment: an empty session token is none", () => {
  assert.equal(environmentCredentials({ ...keys, AWS_SESSION_TOKEN: "" })?.sessionToken, undefined);
});

test("environment: an expiry that cannot be read is a notice, not an error", () => {
  const found = environmentCredentials({ ...keys, AWS_CREDENTIAL_EXPIRATION: "soon" });
  assert.equal(found?.expiration, undefined);
  assert.deepEqual(
    found?.notices.map(({ code }) => code),
    ["expiration-unreadable"],
  );
});

for (const missing of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const) {
  test(`environment: half a pair, without ${missing}, is an error that names it`, () => {
    assert.throws(() => environmentCredentials({ ...keys, [missing]: "" }), {
      code: "credentials-malformed",
      message: new RegExp(`${missing} is not`),
    });
  });
}
