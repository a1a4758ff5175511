/** valkey-glide at an endpoint that enforces IAM, on real TLS. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { GlideClient, GlideClusterClient, Logger } from "@valkey/valkey-glide";
import { keepAuthenticated } from "../../src/client/glide.ts";
import { type Emulator, startEmulator, type TokenProvider, tokenProvider } from "../../src/index.ts";

// It logs to stdout.
Logger.setLoggerConfig("off");

async function clientOf({ endpoint, ca }: Emulator, provider: TokenProvider) {
  return GlideClient.createClient({
    addresses: [{ ...endpoint }],
    useTLS: true,
    credentials: { username: provider.user, password: await provider() },
    advancedConfiguration: { connectionTimeout: 10_000, tlsAdvancedConfiguration: { rootCertificates: ca ?? "" } },
  });
}

test("valkey-glide: logs in to a serverless cache, again while connected, and no more after its close", async () => {
  await using emulator = await startEmulator({ target: { kind: "serverless-cache", name: "my-cache" } });
  const { target, user, credentials } = emulator;
  await using provider = tokenProvider({ target, user, credentials });
  const client = await clientOf(emulator, provider);
  const thrice = Promise.withResolvers<void>();
  const kept = keepAuthenticated(client, provider, {
    everySeconds: 0.02,
    onReauthenticated: () => void (kept.counters().reauthentications === 3 && thrice.resolve()),
  });
  await thrice.promise;
  assert.equal(String(await client.customCommand(["ACL", "WHOAMI"])), user);
  kept.stop();
  client.close();
  await emulator.close();
  let logins = 0;
  for await (const { accepted } of emulator.decisions) {
    assert.ok(accepted);
    logins += 1;
  }
  assert.ok(logins >= 4);
});

test("valkey-glide: a key that is withdrawn while a cluster is away: it is given a token of the next", async () => {
  const next = { accessKeyId: "AKIARTX3GSDSQBQENPOI", secretAccessKey: "throwaway/of-the-key-that-comes-after" };
  const before = await startEmulator({ cluster: 1, plaintext: true });
  const { target, user, endpoint } = before;
  let credentials = before.credentials;
  await using provider = tokenProvider({ target, user, clock: hasty, credentials: () => credentials });
  const client = await GlideClusterClient.createClient({
    addresses: [{ ...endpoint }],
    credentials: { username: user, password: await provider() },
    requestTimeout: 1_000,
  });
  const kept = keepAuthenticated(client, provider);
  try {
    const whoAmI = () => client.customCommand(["ACL", "WHOAMI"]).then(String, (error: Error) => error);
    assert.equal(await whoAmI(), user);
    credentials = next;
    await before.close();
    await using _ = await startEmulator({ cluster: 1, plaintext: true, port: endpoint.port, credentials: next });
    // The next that is made anyway would come after half a minute.
    const end = performance.now() + 15_000;
    for (let answer = await whoAmI(); answer !== user; answer = await whoAmI()) {
      assert.ok(performance.now() < end, `${answer}, after ${provider.counters().refreshes} tokens`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(provider.counters().refreshes > 1);
  } finally {
    kept.stop();
    client.close();
  }
});

/** Timers run twenty times as fast. The time of day is what it is, for the emulator judges by it. */
const hasty = {
  now: () => new Date(),
  elapsedMs: () => performance.now() * 20,
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms / 20);
    return () => clearTimeout(timer);
  },
};
