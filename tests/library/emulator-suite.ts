import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { connect } from "node:tls";
import type * as Library from "../../src/index.ts";

const bytesOf = (words: readonly string[]) =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;

/** The suite of startEmulator, handed the library: the sources on every runtime, the built package on the oldest Node. */
export function emulatorSuite({ startEmulator, createToken, CacheauthError }: typeof Library): void {
  type Running = Library.Emulator;

  async function dial({ endpoint, ca }: Running) {
    const socket = connect({ ...endpoint, servername: "localhost", ca: ca ?? "" });
    socket.on("error", () => {});
    await once(socket, "secureConnect");
    return async (...words: string[]): Promise<string> => {
      socket.write(bytesOf(words));
      return new Promise((resolve) => {
        socket.once("data", (chunk: Uint8Array) => resolve(String(chunk)));
        socket.once("close", () => resolve("closed"));
      });
    };
  }

  async function tokenFor({ target, user, credentials }: Running, at?: Date): Promise<string> {
    const { kind, name, region } = target;
    const { token } = await createToken({ target: { kind, name }, region, user, credentials, ...(at ? { at } : {}) });
    return token ?? "";
  }

  test("emulator: by itself it makes up a cache, a user and keys, and lets in what they sign", async () => {
    const emulator = await startEmulator();
    try {
      assert.equal(emulator.endpoint.host, "127.0.0.1");
      assert.deepEqual(emulator.nodes, [emulator.endpoint]);
      assert.equal(emulator.user, "my-user");
      assert.deepEqual(emulator.target, {
        service: "elasticache",
        kind: "replication-group",
        name: "my-cache",
        region: "us-east-1",
        partition: "aws",
        endpoint: null,
      });
      assert.match(emulator.credentials.secretAccessKey, /^throwaway\//);
      const ask = await dial(emulator);
      assert.equal(await ask("AUTH", "my-user", await tokenFor(emulator)), "+OK\r\n");
      assert.equal(await ask("SET", "a", "1"), "+OK\r\n");
      assert.equal(await ask("ACL", "WHOAMI"), "$7\r\nmy-user\r\n");
    } finally {
      await emulator.close();
    }
  });

  test("emulator: each decision is told, in order, and they end when it is closed", async () => {
    const emulator = await startEmulator({ user: "my-app", region: "eu-west-1" });
    const ask = await dial(emulator);
    const token = await tokenFor(emulator);
    assert.match(await ask("AUTH", "my-app", token.replace("eu-west-1", "us-east-1")), /^-WRONGPASS/);
    assert.equal(await ask("AUTH", "my-app", token), "+OK\r\n");
    const told: (readonly [boolean, string | null, string | undefined])[] = [];
    for await (const { accepted, user, findings } of emulator.decisions) {
      told.push([accepted, user, findings[0]?.rule]);
      if (accepted) break;
    }
    assert.deepEqual(told, [
      [false, "my-app", "region-mismatch"],
      [true, "my-app", undefined],
    ]);
    const waiting = emulator.decisions[Symbol.asyncIterator]().next();
    await emulator.close();
    assert.equal((await waiting).done, true);
  });

  test("emulator: its clock can be the test's", async () => {
    let now = new Date("2025-01-31T12:00:00Z");
    const emulator = await startEmulator({ now: () => now });
    const ask = await dial(emulator);
    const token = await tokenFor(emulator, now);
    assert.equal(await ask("AUTH", "my-user", token), "+OK\r\n");
    now = new Date("2025-01-31T12:15:01Z");
    assert.match(await ask("AUTH", "my-user", token), /^-WRONGPASS/);
    await emulator.close();
  });

  test("emulator: given credentials and a target, those alone are let in", async () => {
    const credentials = {
      accessKeyId: "ASIAIOSFODNN7EXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      sessionToken: "a/session/token==",
    };
    const target = { serverlessCacheName: "my-serverless" };
    const emulator = await startEmulator({ target, region: "eu-west-1", user: "app", credentials });
    assert.deepEqual(emulator.credentials, credentials);
    const ask = await dial(emulator);
    const other = { ...emulator, credentials: { ...credentials, secretAccessKey: "another" } };
    assert.match(await ask("AUTH", "app", await tokenFor(other)), /^-WRONGPASS/);
    assert.equal(await ask("AUTH", "app", await tokenFor(emulator)), "+OK\r\n");
    await emulator.close();
  });

  test("emulator: users, groups, keys and policies as the users file has them", async () => {
    const arn = "arn:aws:elasticache:us-east-1:123456789012";
    const allow = (...resources: string[]) => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "elasticache:Connect", Resource: resources }],
    });
    const key = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "made/up" };
    const users = {
      cache: { replicationGroupId: "my-cache", region: "us-east-1", accountId: "123456789012" },
      users: ["app", { id: "batch", enabled: false }, "alone"],
      groups: [{ id: "my-group", users: ["app", "batch"] }],
      keys: [{ ...key, policies: [allow(`${arn}:replicationgroup:my-cache`, `${arn}:user:app`, `${arn}:user:batch`)] }],
    };
    const emulator = await startEmulator({ users });
    const ask = await dial(emulator);
    const rules: string[][] = [];
    for (const user of ["app", "batch", "alone", "nobody"]) {
      await ask("AUTH", user, await tokenFor({ ...emulator, user }));
    }
    await emulator.close();
    for await (const { findings } of emulator.decisions) rules.push(findings.map(({ rule }) => rule));
    assert.deepEqual(rules[0], []);
    assert.ok(rules[1]?.includes("user-off"));
    assert.ok(rules[2]?.includes("user-not-in-group") && rules[2].includes("policy-user-denied"));
    assert.ok(rules[3]?.includes("user-not-found"));
  });

  test("emulator: closed twice is closed once; a client that is in is dropped", async () => {
    const emulator = await startEmulator();
    const ask = await dial(emulator);
    assert.match(await ask("PING"), /^-NOAUTH/);
    const dropped = ask("PING");
    await emulator.close();
    await emulator.close();
    assert.match(await dropped, /^(-NOAUTH|closed)/);
    assert.equal(typeof emulator[Symbol.asyncDispose], "function");
  });

  test("emulator: what cannot be has a stable code", async () => {
    const emulator = await startEmulator();
    const refused: readonly (readonly [options: Library.EmulatorOptions, code: string])[] = [
      [{ port: emulator.endpoint.port }, "listen-failed"],
      [{ fault: "fire" }, "flag-value-invalid"],
      [{ connectionLifetime: -1 }, "argument-invalid"],
      [{ user: "a b" }, "user-invalid"],
      [{ region: "use1" }, "region-invalid"],
      [{ names: ["no name"] }, "name-invalid"],
      [{ users: {} }, "users-file-malformed"],
      [{ users: { users: ["a"] }, user: "b" }, "argument-invalid"],
      [{ target: "my-cache" }, "endpoint-is-a-name"],
    ];
    for (const [options, code] of refused) {
      await assert.rejects(
        startEmulator(options),
        (error) => error instanceof CacheauthError && error.code === code,
        JSON.stringify(options),
      );
    }
    await emulator.close();
  });
}
