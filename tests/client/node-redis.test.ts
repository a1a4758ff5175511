/** node-redis at an endpoint that enforces IAM, on real TLS. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "redis";
import { credentialsProvider, explainErrors } from "../../src/client/node-redis.ts";
import { CacheauthError, type Emulator, startEmulator, type TokenProvider, tokenProvider } from "../../src/index.ts";

function providerFor({ target, user, credentials }: Emulator): TokenProvider {
  return tokenProvider({ target, user, credentials });
}

function clientOf(emulator: Emulator, provider: TokenProvider, everySeconds?: number, again = () => {}) {
  const { host, port } = emulator.endpoint;
  const client = createClient({
    socket: { host, port, tls: true, ca: emulator.ca ?? "" },
    credentialsProvider: credentialsProvider(provider, { everySeconds, onReauthenticated: again }),
  });
  client.on("error", () => {});
  return client;
}

test("node-redis: logs in as the provider's user, and its duplicate does", async () => {
  await using emulator = await startEmulator();
  await using provider = providerFor(emulator);
  const client = await clientOf(emulator, provider).connect();
  const copy = await client.duplicate().connect();
  assert.equal(await client.sendCommand(["ACL", "WHOAMI"]), emulator.user);
  assert.equal(await copy.sendCommand(["ACL", "WHOAMI"]), emulator.user);
  assert.equal(provider.counters().refreshes, 1);
  await Promise.all([client.close(), copy.close()]);
});

test("node-redis: logs in again on the live connection, between transactions and never in one", async () => {
  await using emulator = await startEmulator();
  await using provider = providerFor(emulator);
  let again = 0;
  const client = await clientOf(emulator, provider, 0.02, () => {
    again += 1;
  }).connect();
  let count = 0;
  while (again < 20) {
    count += 1;
    const replies = await client.multi().set("key", "0").incr("key").incr("key").exec();
    assert.deepEqual(replies, ["OK", 1, 2]);
  }
  await client.close();
  await emulator.close();
  const connections = new Set<number>();
  let logins = 0;
  for await (const { accepted, connection } of emulator.decisions) {
    assert.ok(accepted);
    connections.add(connection);
    logins += 1;
  }
  assert.ok(count > 0 && connections.size === 1);
  // The login that is under way when it is closed may be counted on one side alone.
  assert.ok(Math.abs(logins - 1 - again) <= 1, `${logins} and ${again}`);
});

test("node-redis: a refused login says what lint would, below the server's words", async () => {
  await using emulator = await startEmulator({ credentials: otherKeys });
  const { target, user } = emulator;
  await using provider = tokenProvider({ target, user, credentials: { ...otherKeys, secretAccessKey: "wrong" } });
  const { host, port } = emulator.endpoint;
  const client = createClient({
    socket: { host, port, tls: true, ca: emulator.ca ?? "", reconnectStrategy: false },
    credentialsProvider: credentialsProvider(provider),
  });
  client.on("error", () => {});
  await assert.rejects(explainErrors(client, provider).connect(), (error: Error) => {
    assert.match(error.message, /^WRONGPASS [^\n]*\nThe server says so for a wrong token, an unknown user/);
    assert.ok(!/Action=connect|X-Amz/.test(error.message));
    return true;
  });
});

test("node-redis: what cannot be is told when it is made", async () => {
  await using emulator = await startEmulator({ plaintext: true });
  await using provider = providerFor(emulator);
  assert.throws(
    () => credentialsProvider(provider, { everySeconds: 43_200 }),
    (error) => error instanceof CacheauthError && error.code === "argument-invalid",
  );
});

const otherKeys = { accessKeyId: "AKIARTX3GSDSQBQENPOI", secretAccessKey: "throwaway/of-these-tests" };
