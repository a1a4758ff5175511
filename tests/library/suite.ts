import assert from "node:assert/strict";
import { test } from "node:test";
import type * as Library from "../../src/index.ts";
import { knownAnswers, parametersOf, vectors } from "../vectors/vectors.ts";

/** The library's suite, handed the library: the sources on every runtime, the built package on the oldest Node. */
export function librarySuite({ createToken, parseEndpoint, CacheauthError }: typeof Library): void {
  const credentials = {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  };
  const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
  const at = "2025-01-01T00:00:00Z";
  const signature = knownAnswers[0].signature;

  const sameTarget = [
    host,
    `rediss://${host}:6379`,
    parseEndpoint(host),
    { endpoint: host },
    { replicationGroupId: "my-cache" },
    { kind: "replication-group", name: "My-Cache" },
    { kind: "replication-group", name: "my-cache", endpoint: "localhost:6379" },
  ] as const;

  for (const [index, target] of sameTarget.entries()) {
    test(`library: way ${index + 1} of naming a target gives the same token`, async () => {
      const { token } = await createToken({ target, user: "testuser", region: "us-east-1", credentials, at });
      assert.equal(parametersOf(token ?? "")["X-Amz-Signature"], signature);
    });
  }

  test("library: a target goes in as it came out, with its region, and so do credentials out of JSON", async () => {
    const first = await createToken({ target: host, user: "testuser", credentials, at });
    const target = JSON.parse(JSON.stringify(first.target));
    const given = { ...credentials, sessionToken: null as never };
    const second = await createToken({ target, user: "testuser", credentials: given, at });
    assert.deepEqual(second.target, first.target);
    assert.equal(second.token, first.token);
    const elsewhere = await createToken({ target, region: "eu-west-1", user: "testuser", credentials, at });
    assert.equal(elsewhere.target.region, "eu-west-1");
  });

  test("library: the golden vectors, byte for byte", async () => {
    for (const { id, kind, name, user, region, at, expiresIn, credentials, token } of vectors) {
      const { sessionToken, ...keys } = credentials;
      const given = sessionToken === null ? keys : { ...keys, sessionToken };
      const made = await createToken({ target: { kind, name }, user, region, credentials: given, at, expiresIn });
      assert.equal(made.token, token, id);
    }
  });

  test("library: a provider function is asked, and named as the source", async () => {
    const made = await createToken({
      target: host,
      user: "testuser",
      credentials: async () => credentials,
      at: new Date(at),
    });
    assert.equal(made.credentials.source, "the provider");
    assert.equal(parametersOf(made.token ?? "")["X-Amz-Signature"], signature);
  });

  test("library: without `at` the clock counts", async () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const { issuedAt } = await createToken({ target: host, user: "testuser", credentials });
    assert.ok(Date.parse(issuedAt) >= before && Date.parse(issuedAt) <= Date.now());
  });

  test("library: a signal ends the wait for credentials", async () => {
    const abort = new AbortController();
    const waiting = createToken({
      target: host,
      user: "u",
      credentials: () => new Promise(() => {}),
      signal: abort.signal,
    });
    abort.abort(new Error("enough"));
    await assert.rejects(waiting, { message: "enough" });
    await assert.rejects(createToken({ target: host, user: "u", credentials, signal: abort.signal }), {
      message: "enough",
    });
  });

  test("library: what the provider throws comes through", async () => {
    const credentials = () => Promise.reject(new RangeError("no keys today"));
    await assert.rejects(createToken({ target: host, user: "u", credentials }), {
      name: "RangeError",
      message: "no keys today",
    });
  });

  const wrong: readonly (readonly [code: string, options: object])[] = [
    ["user-missing", { user: undefined }],
    ["user-invalid", { user: "not a user" }],
    ["target-missing", { target: undefined }],
    ["target-missing", { target: {} }],
    ["target-invalid", { target: { kind: "dax", name: "c" } }],
    ["target-conflict", { target: { replicationGroupId: "a", memorydbCluster: "b" } }],
    ["endpoint-is-a-name", { target: "my-cache" }],
    ["region-missing", { target: { replicationGroupId: "c" } }],
    ["region-invalid", { region: "use1" }],
    ["expires-in-invalid", { expiresIn: 901 }],
    ["expires-in-invalid", { expiresIn: "900" }],
    ["time-invalid", { at: "yesterday" }],
    ["time-invalid", { at: new Date(Number.NaN) }],
    ["credentials-missing", { credentials: undefined }],
    ["credentials-missing", { credentials: () => null }],
    ["credentials-malformed", { credentials: {} }],
    ["credentials-malformed", { credentials: { ...credentials, expiration: "2099-01-01T00:00:00Z" } }],
    ["credentials-malformed", { credentials: { ...credentials, expiration: 4_070_908_800_000 } }],
    ["credentials-malformed", { credentials: { ...credentials, expiration: null } }],
    ["credentials-malformed", { credentials: { ...credentials, sessionToken: 5 } }],
    ["time-invalid", { at: 0 }],
    ["time-invalid", { at: {} }],
    ["time-invalid", { at: null }],
    ["time-invalid", { at: new Date(8.64e15) }],
    ["time-invalid", { at: new Date(-1) }],
    ["region-invalid", { region: 5 }],
    ["region-invalid", { region: null }],
    ["name-invalid", { target: { kind: "replication-group", name: 5 } }],
    ["name-invalid", { target: { memorydbCluster: 5 } }],
    ["target-missing", { target: { kind: "replication-group" } }],
    ["endpoint-malformed", { target: { endpoint: 5 } }],
    ["endpoint-malformed", { target: { kind: "replication-group", name: "c", endpoint: 5 } }],
    ["target-missing", { target: null }],
    ["argument-invalid", { signal: {} }],
    ["argument-invalid", { signal: null }],
    ["expires-in-invalid", { expiresIn: null }],
  ];
  for (const none of [[], [undefined], [null], ["text"]]) {
    test(`library: argument-missing for createToken(${none.map(String)})`, async () => {
      const call = createToken as unknown as (...none: unknown[]) => Promise<unknown>;
      await assert.rejects(call(...none), { name: "CacheauthError", code: "argument-missing" });
    });
  }

  for (const [code, options] of wrong) {
    test(`library: ${code} for ${JSON.stringify(options)}`, async () => {
      const call = { target: host, user: "testuser", credentials, at, ...options };
      await assert.rejects(createToken(call as Parameters<typeof createToken>[0]), (error) => {
        assert.ok(error instanceof CacheauthError);
        assert.equal(error.code, code);
        assert.equal(error.name, "CacheauthError");
        return true;
      });
    });
  }
}
